/**
 * From opened names to an approved release (docs/protocol.md, sections 7 and 8). While organizers agree, the draft travels between them
 * sealed to their keys; each rebuilds it from what it has opened itself, and approves only its own hash.
 */
import * as v from 'valibot';
import { deliveriesShape } from '../api/delivery.ts';
import { approveReleaseAnswer, type DeskView, releaseDraftAnswer } from '../api/desk.ts';
import type { LetterState } from '../api/signing.ts';
import { approve } from '../approval.ts';
import { type Bytes, b64u, concat, frame, fromB64u, fromUtf8, randomBytes, utf8 } from '../bytes.ts';
import { type Charter, fingerprint, type OrganizerKeys, readCharter } from '../charter.ts';
import { type ComposedRelease, composeRelease } from '../compose-release.ts';
import type { StrikeReason } from '../entry.ts';
import { Fault } from '../fault.ts';
import { hpkeOpen, hpkeSeal } from '../hpke.ts';
import { deliveriesHash, type Release, releaseHash, type Terms } from '../release.ts';
import { readReleaseFile, writeReleaseFile } from '../release-file.ts';
import { verifyWithdrawal, type Withdrawal } from '../statement.ts';
import type { Tally } from '../tally.ts';
import { type Call, Refused } from './call.ts';
import type { Standing } from './deciding.ts';
import type { OpenedName, Opening } from './opening.ts';
import type { Organizer } from './organizer.ts';

/** What the proposer of a release chooses. `attempt`: 16 random bytes, b64u; ended by a stop. `deliveries`: addresses that it is sent to, checked. */
export type ReleaseChoice = Pick<Terms, 'slug' | 'press' | 'releaseAt' | 'attempt'> & Delivered;
type Delivered = { deliveries: readonly string[] };
/** As one organizer's browser builds it. */
export type BuiltRelease = ComposedRelease & Delivered;
/** As it is proposed. */
export type DraftRelease = { release: Release } & Delivered;
const TAG = 'undersigned/draft-release/2';
const IV = 12;

/** Proposes to leave a signature out, or with null puts it back. Agreed by approving the release. */
export async function strike(call: Call, key: string, reason: StrikeReason | null): Promise<void> {
	await call('PUT', '/api/desk/strikes', { key, reason });
}

export function newAttempt(): string {
	return b64u(randomBytes(16));
}

/**
 * The release as this organizer's own opening gives it.
 * @param drafted keys in a draft that is being compared: one of them that withdrew since stands as a stub; others that withdrew are left out
 */
export async function buildRelease(
	view: DeskView,
	opening: Opening,
	choice: ReleaseChoice,
	drafted: ReadonlySet<string> = new Set(),
): Promise<BuiltRelease> {
	if (view.chain === null) throw new Fault('chain-root', 'charter', 'The letter has no charter.');
	const withdrawn = new Map(view.withdrawn.map(({ key, turn, authenticator }) => [key, { turn, authenticator }]));
	await requireWithdrawals(view.chain.charters[0] ?? '', withdrawn, opening);
	const { slug, press, attempt, releaseAt, deliveries } = choice;
	const composed = await composeRelease({
		chain: view.chain,
		opened: opening.names.flatMap(({ key, opened }) => {
			const withdrawal = withdrawn.get(key);
			if (withdrawal === undefined) return [opened];
			return drafted.has(key) ? [{ ...opened, withdrawal }] : [];
		}),
		strikes: view.strikes.filter(({ key }) => !withdrawn.has(key)),
		unreadable: [...opening.unreadable, ...opening.waiting].filter(({ key }) => !withdrawn.has(key)),
		issuedCounts: view.issued,
		slug,
		press,
		attempt,
		releaseAt,
		deliveries: await deliveriesHash(deliveries),
	});
	requireLimits(readCharter(view.chain.charters.at(-1) ?? ''), composed.release.terms.tallies);
	return { ...composed, deliveries };
}

/** Whoever recounts would refuse the list, the server at the last approval first. Vouchers can have been used twice after a restore. @throws Fault `tally-mismatch` */
function requireLimits({ groups }: Charter, tallies: readonly Tally[]): void {
	for (const { id, name, limit } of groups) {
		const tally = tallies.find(({ group }) => group === id);
		const signatures = (tally?.named ?? 0) + (tally?.anonymous ?? 0);
		if (limit === null || signatures <= limit) continue;
		throw new Fault(
			'tally-mismatch',
			`group ${id}`,
			`${signatures} signatures of “${name}” would stand, and the charter allows no more than ${limit}. Strike those that stand twice, or others, until no more are left.`,
		);
	}
}

/** Without this the server could take names out of a release, one by one, by saying that they withdrew. @throws Fault `withdrawal-invalid` */
async function requireWithdrawals(
	first: string,
	withdrawn: ReadonlyMap<string, Withdrawal>,
	opening: Opening,
): Promise<void> {
	const root = await fingerprint(first);
	const turns = new Map(opening.names.map(({ key, statement }) => [key, statement.turn]));
	for (const [key, withdrawal] of withdrawn) {
		// One from before the signature, which somebody gave after withdrawing once, is no withdrawal of it.
		const newer = withdrawal.turn > (turns.get(key) ?? 0);
		if (newer && (await verifyWithdrawal(root, key, withdrawal))) continue;
		throw new Fault(
			'withdrawal-invalid',
			`withdrawal of ${key}`,
			'The server says that somebody withdrew who did not.',
		);
	}
}

/** A draft as the server holds it: readable by the organizers only. @param draft the addresses, and on the next line the release file */
async function sealDraftRelease(root: string, organizers: OrganizerKeys[], attempt: string, draft: string) {
	const dataKey = randomBytes(32);
	const iv = randomBytes(IV);
	const aes = await importDataKey(dataKey, 'encrypt');
	const box = concat(iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, aes, utf8(draft))));
	const keys = await Promise.all(
		organizers.map(async ({ id, sealing }) => ({
			organizer: id,
			sealed: await hpkeSeal(sealing, dataKey, TAG, draftFrame(root, id, attempt)),
		})),
	);
	return { box: b64u(box), keys };
}

/** Proposes a release: the others compare it with theirs. Ends earlier approvals. */
export async function proposeRelease(call: Call, standing: Standing, composed: BuiltRelease): Promise<void> {
	const { attempt, releaseAt, slug } = composed.release.terms;
	const draft = `${JSON.stringify(composed.deliveries)}\n${writeReleaseFile(composed.release)}`;
	const sealed = await sealDraftRelease(standing.root, standing.charter.organizers, attempt, draft);
	await call('PUT', '/api/desk/release', { attempt, releaseHash: composed.releaseHash, releaseAt, slug, ...sealed });
}

/** Fetches the draft and opens it. @throws Fault `release-form` where it is not the one that is being approved */
export async function openDraftRelease(call: Call, organizer: Organizer, root: string): Promise<DraftRelease> {
	const draft = v.parse(releaseDraftAnswer, await call('GET', '/api/desk/release'));
	const aad = draftFrame(root, organizer.id, draft.attempt);
	const opened = await hpkeOpen(organizer.secrets.sealing, draft.key, TAG, aad).catch(() => null);
	const box = fromB64u(draft.box);
	const plain = opened && (await decrypt(opened, box).catch(() => null));
	if (!plain)
		throw new Fault('release-form', 'draft release', 'The draft does not open: it was sealed to somebody else.');
	const text = fromUtf8(plain);
	const end = text.indexOf('\n');
	const deliveries = readAddresses(text.slice(0, end));
	const release = await readReleaseFile(text.slice(end + 1));
	const digests = release.signatures.map((signature) => signature.digest);
	if ((await releaseHash(release.chain, release.terms, digests)) !== draft.releaseHash) {
		throw new Fault('release-form', 'draft release', 'The draft is not the release that is being approved.');
	}
	if ((await deliveriesHash(deliveries)) !== release.terms.deliveries) {
		throw new Fault(
			'release-form',
			'draft release',
			'The addresses beside the draft are not the ones that are being approved.',
		);
	}
	return { release, deliveries };
}

function readAddresses(line: string): string[] {
	try {
		return v.parse(deliveriesShape, JSON.parse(line));
	} catch {
		throw new Fault('release-form', 'draft release', 'The draft does not begin with the addresses that it is sent to.');
	}
}

/** What an approver's own rebuilt release and the draft do not have in common. `name` is null for the anonymous and for what is no signature. */
export type Difference = {
	kind: 'only-draft' | 'only-mine' | 'changed' | 'tallies' | 'charters' | 'terms';
	key: string | null;
	name: string | null;
};

export function keysOf(release: Release): Set<string> {
	return new Set(release.signatures.map((one) => ('entry' in one ? one.entry.statement.key : one.stub.key)));
}

/** @returns [] only where both have one hash */
export function differences(mine: ComposedRelease, draft: Release, names: readonly OpenedName[]): Difference[] {
	const known = new Map(names.map(({ key, opened }) => [key, opened.contents.display?.name ?? null]));
	const own = byKey(mine.release);
	const theirs = byKey(draft);
	const found: Difference[] = [];
	for (const [key, { digest, name }] of theirs) {
		const same = own.get(key)?.digest;
		if (same !== digest)
			found.push({ kind: same ? 'changed' : 'only-draft', key, name: name ?? known.get(key) ?? null });
	}
	for (const key of own.keys()) {
		if (!theirs.has(key)) found.push({ kind: 'only-mine', key, name: known.get(key) ?? null });
	}
	const other = (kind: Difference['kind'], a: unknown, b: unknown) => {
		if (JSON.stringify(a) !== JSON.stringify(b)) found.push({ kind, key: null, name: null });
	};
	const { tallies, ...terms } = mine.release.terms;
	const { tallies: draftTallies, ...draftTerms } = draft.terms;
	other('tallies', tallies, draftTallies);
	other('charters', mine.release.chain, draft.chain);
	other('terms', terms, draftTerms);
	return found;
}

function byKey(release: Release): Map<string, { digest: string; name: string | null }> {
	return new Map(
		release.signatures.map((one) => {
			if ('stub' in one) return [one.stub.key, { digest: one.digest, name: null }];
			return [one.entry.statement.key, { digest: one.digest, name: one.entry.display?.name ?? null }];
		}),
	);
}

/**
 * Approves one's own hash, which must be the draft's. The M-th brings the release file along.
 * @returns the letter's state then: `scheduled` with the M-th. @throws Fault `release-form` where the two differ
 */
export async function approveRelease(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	view: DeskView,
	mine: BuiltRelease,
): Promise<LetterState> {
	if (view.release === null || view.release.releaseHash !== mine.releaseHash) {
		throw new Fault(
			'release-form',
			'draft release',
			'Your own list and the draft differ. Look at the differences first.',
		);
	}
	const { attempt } = view.release;
	const { releaseHash } = mine;
	const authenticator = await approve(organizer.secrets.approval, 'release', standing.root, releaseHash);
	const others = view.release.approvedBy.filter((one) => one !== organizer.id).length;
	const send = async (release: string | null) => {
		const deliveries = release === null ? [] : mine.deliveries;
		const body = { attempt, releaseHash, authenticator, release, deliveries };
		return v.parse(approveReleaseAnswer, await call('POST', '/api/desk/release/approve', body)).state;
	};
	const file = writeReleaseFile(mine.release);
	if (others + 1 >= standing.charter.threshold) return send(file);
	try {
		return await send(null);
	} catch (refused) {
		// Somebody approved in the meantime, so this one is the M-th after all.
		if (refused instanceof Refused && refused.code === 'release-needed') return send(file);
		throw refused;
	}
}

/** Possible until the M-th approval. */
export async function takeApprovalBack(call: Call): Promise<void> {
	await call('DELETE', '/api/desk/release/approve');
}

function importDataKey(key: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);
}

async function decrypt(dataKey: Bytes, box: Bytes): Promise<Bytes> {
	const aes = await importDataKey(dataKey, 'decrypt');
	const algorithm = { name: 'AES-GCM', iv: box.slice(0, IV) };
	return new Uint8Array(await crypto.subtle.decrypt(algorithm, aes, box.slice(IV)));
}

function draftFrame(root: string, organizer: string, attempt: string): Bytes {
	return frame(TAG, fromB64u(root, 32), utf8(organizer), fromB64u(attempt, 16));
}
