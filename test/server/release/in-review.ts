/**
 * A letter whose last call is over, as the server holds it then: real charters, approvals, keys, credentials and sealed names
 * (test/support/letter.ts), placed in the tables. Its organizers are logged in; what they do goes over HTTP.
 */

import { hostKey } from '../../../server/credential/keyring.ts';
import type { Deps } from '../../../server/deps.ts';
import { openSession } from '../../../server/organizer/session.ts';
import { type Approval, type ApprovalKind, approve } from '../../../shared/approval.ts';
import { type Bytes, b64u, newId, randomBytes } from '../../../shared/bytes.ts';
import { fingerprint } from '../../../shared/charter.ts';
import { type ComposedRelease, composeRelease, type ReleaseFacts } from '../../../shared/compose-release.ts';
import { writeReleaseFile } from '../../../shared/release-file.ts';
import { readStatement, signWithdrawal } from '../../../shared/statement.ts';
import {
	buildLetter,
	type LetterHead,
	type TestLetter,
	type TestLetterOptions,
	testDeliveries,
} from '../../support/letter.ts';

/** After last call, before anything is proposed. */
export const REVIEW = new Date('2027-02-10T10:00:00Z');
/** When the releases of these tests go out. */
export const MINUTE = new Date('2027-03-01T09:00:00Z');

export interface Answer {
	status: number;
	/** The JSON of the answer, {} for an empty one. */
	body: Record<string, unknown>;
}

type Asked = { method: string; path: string; body?: unknown; json?: string | Bytes | null };

/** What placing and asking need of a server, in this process or another. */
export interface At {
	origin: string;
	deps: Deps;
}

export interface Review {
	letter: TestLetter;
	id: string;
	/** What organizer `by` (from 0) asks. */
	ask(by: number, method: string, path: string, body?: unknown): Promise<Answer>;
	compose(facts?: Partial<ReleaseFacts>): Promise<ComposedRelease>;
	propose(by: number, composed: ComposedRelease): Promise<Answer>;
	/** Brings the release along if told to, with these addresses or its own. */
	approve(by: number, composed: ComposedRelease, bring?: boolean | string[]): Promise<Answer>;
	stop(by: number, composed: ComposedRelease): Promise<Answer>;
	/** The first two approve, the second brings the release. */
	schedule(composed: ComposedRelease): Promise<void>;
	/** Signer `at` withdraws. */
	withdraw(at: number): Promise<{ key: string; turn: number; authenticator: string }>;
	/** Logs all organizers in again, at the time of the clock. */
	logIn(): Promise<void>;
}

/** Builds a letter for this host and places it in review. */
export async function placeInReview(at: At, options: TestLetterOptions = {}): Promise<Review> {
	const { deps } = at;
	const { privateKey, jwk } = await hostKey(deps);
	const der = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
	const host = {
		privateKey: await crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']),
		publicKey: jwk.x,
	};
	const letter = await buildLetter({ ...options, sealed: true, host });
	await insertLetter(deps, letter);
	const review = new PlacedReview(at, letter);
	await review.logIn();
	return review;
}

class PlacedReview implements Review {
	readonly letter: TestLetter;
	readonly #at: At;
	readonly #cookies: string[] = [];

	constructor(at: At, letter: TestLetter) {
		this.#at = at;
		this.letter = letter;
	}

	get id(): string {
		return this.letter.charter.letter;
	}

	async logIn(): Promise<void> {
		const { db, clock } = this.#at.deps;
		const sessions = this.letter.organizers.map(({ id }) => openSession(db, id, clock.now()));
		this.#cookies.splice(0, this.#cookies.length, ...(await Promise.all(sessions)));
	}

	ask(by: number, method: string, path: string, body?: unknown): Promise<Answer> {
		return askAs(this.#at.origin, this.#cookies[by] ?? '', { method, path, body });
	}

	compose(facts: Partial<ReleaseFacts> = {}): Promise<ComposedRelease> {
		return composeRelease({ ...this.letter.facts, attempt: b64u(randomBytes(16)), ...facts });
	}

	propose(by: number, { release, releaseHash }: ComposedRelease): Promise<Answer> {
		const { attempt, slug, releaseAt } = release.terms;
		const keys = this.letter.organizers.map(({ id }) => ({ organizer: id, sealed: b64u(randomBytes(80)) }));
		const box = b64u(randomBytes(500));
		return this.ask(by, 'PUT', '/api/desk/release', { attempt, slug, releaseHash, releaseAt, box, keys });
	}

	async approve(
		by: number,
		{ release, releaseHash }: ComposedRelease,
		bring: boolean | string[] = false,
	): Promise<Answer> {
		const { authenticator } = await this.#approval(by, 'release', releaseHash);
		return this.ask(by, 'POST', '/api/desk/release/approve', {
			attempt: release.terms.attempt,
			releaseHash,
			authenticator,
			release: bring ? writeReleaseFile(release) : null,
			deliveries: bring === true ? testDeliveries : bring || [],
		});
	}

	async stop(by: number, { releaseHash }: ComposedRelease): Promise<Answer> {
		const { authenticator } = await this.#approval(by, 'stop', releaseHash);
		return this.ask(by, 'POST', '/api/desk/stop', { authenticator });
	}

	async schedule(composed: ComposedRelease): Promise<void> {
		const answers = [
			await this.propose(0, composed),
			await this.approve(0, composed),
			await this.approve(1, composed, true),
		];
		const failed = answers.find(({ status }) => status >= 400);
		if (failed) throw new Error(`not scheduled: ${JSON.stringify(failed.body)}`);
	}

	async withdraw(at: number): Promise<{ key: string; turn: number; authenticator: string }> {
		const signer = this.letter.signers[at];
		if (signer === undefined) throw new Error(`There is no signer ${at}.`);
		const { key, turn } = readStatement(signer.opened.statement);
		const withdrawal = await signWithdrawal(signer.keys.privateKey, this.letter.root, key, turn + 1);
		const { origin } = this.#at;
		const answer = await fetch(new URL('/api/withdrawals', origin), {
			method: 'POST',
			headers: { origin, 'content-type': 'application/json' },
			body: JSON.stringify({ root: this.letter.root, key, ...withdrawal }),
		});
		if (!answer.ok) throw new Error(`not withdrawn: ${await answer.text()}`);
		return { key, ...withdrawal };
	}

	async #approval(by: number, kind: ApprovalKind, subject: string): Promise<Approval> {
		const organizer = this.letter.organizers[by];
		if (organizer === undefined) throw new Error(`There is no organizer ${by}.`);
		const authenticator = await approve(organizer.secrets.approval, kind, this.letter.root, subject);
		return { organizer: organizer.id, authenticator };
	}
}

/** What an organizer's browser asks, with the session in its cookie. @param json the body as it is sent, where making it takes long */
export async function askAs(
	origin: string,
	session: string,
	{ method, path, body, json = body === undefined ? null : JSON.stringify(body) }: Asked,
): Promise<Answer> {
	const headers = {
		origin,
		// As the server calls it behind TLS (server/organizer/session-api.ts).
		cookie: `${origin.startsWith('https:') ? '__Host-' : ''}organizer=${session}`,
		...(json === null ? {} : { 'content-type': 'application/json' }),
	};
	const answer = await fetch(new URL(path, origin), { method, headers, body: json });
	const text = await answer.text();
	return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

/** A letter in review, before its signatures: its charters, organizers, link, and how many credentials were issued. */
export async function insertHead(
	{ db }: Pick<Deps, 'db'>,
	{ chain, charter, root, organizers }: LetterHead,
	issuedCounts: ReleaseFacts['issuedCounts'],
): Promise<void> {
	const letter = charter.letter;
	const closesAt = new Date(charter.closesAt);
	await db
		.insertInto('letters')
		.values({
			...{ id: letter, state: 'review', root, slug: null, draft: null, release_at: null },
			...{ closes_at: closesAt, expires_on: new Date(charter.expiresOn) },
			last_call_until: new Date(closesAt.getTime() + charter.lastCallHours * 3_600_000),
		})
		.execute();
	for (const [i, source] of chain.charters.entries()) {
		const subject = await fingerprint(source);
		const text_document = chain.texts[Math.min(i, chain.texts.length - 1)] ?? '';
		const row = { letter, number: i + 1, fingerprint: subject, charter: source, text_document, standing: true };
		await db.insertInto('charters').values(row).execute();
		const kind = i === 0 ? 'charter' : 'amendment';
		const approvals = (chain.approvals[i] ?? []).map((approval) => ({ letter, kind, subject, ...approval }));
		await db.insertInto('approvals').values(approvals).execute();
	}
	const keys = organizers.map(({ id, name, secrets }) => ({
		...{ id, letter, name, key: secrets.key, sealing: secrets.sealingPublic },
	}));
	await db.insertInto('organizers').values(keys).execute();
	const issued = issuedCounts.map(({ group, mailbox, roster, voucher }) => ({
		...{ letter, group_id: group, mailbox, roster, voucher },
	}));
	await db.insertInto('issued').values(issued).execute();
	await db.insertInto('links').values({ link: newId(), letter, note: 'for the canteen' }).execute();
}

/** A letter of which every signature has its sealed part. */
export async function insertLetter(deps: Pick<Deps, 'db'>, made: TestLetter): Promise<void> {
	const letter = made.charter.letter;
	await insertHead(deps, made, made.facts.issuedCounts);
	for (const { opened, sealed } of made.signers) {
		const { key, turn, group, shown, text } = readStatement(opened.statement);
		await deps.db
			.insertInto('signatures')
			.values({
				...{ letter, key, turn, group_id: group, shown, text_hash: text, status: 'live', sealed },
				...{ statement: opened.statement, authenticator: opened.authenticator, credential: opened.credential },
				...{ attestation: opened.attestation, withdrawal_turn: null, withdrawal: null },
			})
			.execute();
	}
}
