/**
 * A whole letter in memory, through the functions of shared/ and nothing else: charter and amendments, organizers' keys, signatures that
 * hold, the composed and approved release, its file and the host's JWS. Runs in Node and in the browser. The same options give the same
 * letter, but for the salt in credentials (RSA-PSS) unless `issue` is replaced, and for sealed parts.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { type Approval, approve } from '../../shared/approval.ts';
import { attest, attestationPayload, mailboxCommitment } from '../../shared/attestation.ts';
import { type Bytes, b64u, concat, hash, hex, utf8 } from '../../shared/bytes.ts';
import type { Chain } from '../../shared/chain.ts';
import type { Charter } from '../../shared/charter.ts';
import {
	type ComposedRelease,
	composeRelease,
	type OpenedSignature,
	type ReleaseFacts,
} from '../../shared/compose-release.ts';
import { credentialMessage } from '../../shared/credential.ts';
import { ed25519FromSeed, type KeyPair, organizerKeys, signerKeys } from '../../shared/keys.ts';
import { deliveriesHash, type Release } from '../../shared/release.ts';
import { writeReleaseFile } from '../../shared/release-file.ts';
import { signReleaseJws } from '../../shared/release-jws.ts';
import { type SealedContents, seal } from '../../shared/sealed-name.ts';
import {
	type Condition,
	displayCommitment,
	labelCommitment,
	signStatement,
	writeStatement,
} from '../../shared/statement.ts';
import issuerKeys from '../vectors/test-issuer-keys.json' with { type: 'json' };
import {
	attester,
	makeChain,
	makeCharter,
	type TestCharterOptions,
	type TestOrganizer,
	testBytes,
	testId,
} from './letter-charter.ts';

/** Anonymous without a `name`. `group` counts from 0. */
export type TestSigner = {
	group?: number;
	name?: string;
	title?: string;
	label?: string;
	condition?: Condition;
	turn?: number;
};

export type TestLetterOptions = TestCharterOptions & {
	signers?: TestSigner[];
	/** Whether each signature gets a real sealed part (in `sealed`); else only a hash stands in the statement. */
	sealed?: boolean;
	/** Signs a prepared message with issuer key `group`, RSASSA-PSS: 384 bytes. */
	issue?: (group: number, prepared: Bytes) => Promise<Bytes>;
	/** The host that the charter names; one from the seed unless told. */
	host?: KeyPair;
};

export type MadeSigner = { seed: Bytes; keys: KeyPair; opened: OpenedSignature; sealed: string | null };

export type TestLetter = {
	root: string;
	/** Of the last charter, b64u. */
	fingerprint: string;
	chain: Chain;
	charter: Charter;
	organizers: TestOrganizer[];
	host: KeyPair;
	signers: MadeSigner[];
	/** For composeRelease; change what a test is about. */
	facts: ReleaseFacts;
};

/** `count` signers: two of three by name, the others anonymous with and without labels, spread over `groups` groups. */
export function someSigners(count: number, groups = 2): TestSigner[] {
	const names = ['Żaneta Łęcka', 'محمد الفارسي', 'अनुराधा शर्मा', '王小明', 'Ana "Q" O\u2019Neil', 'Jörg Müller'];
	return Array.from({ length: count }, (_, i) => {
		const group = i % groups;
		if (i % 3 === 2) return { group, ...(i % 2 === 0 ? { label: 'Engineering' } : {}) };
		return { group, name: `${names[i % names.length]} ${i + 1}`, title: i % 4 === 0 ? '' : 'Engineer' };
	});
}

/** What a letter is before anybody signs it. */
export type LetterHead = Pick<TestLetter, 'root' | 'fingerprint' | 'chain' | 'charter' | 'organizers' | 'host'>;

/** @returns a letter of 3 organizers, 2 of whom decide, with a mailbox and a voucher group, unless told otherwise */
export async function buildLetter(options: TestLetterOptions = {}): Promise<TestLetter> {
	const { signers = someSigners(12) } = options;
	const head = await buildHead(options);
	const made = await inChunks(signers, (signer, i) => makeSigner(options, head, signer, i));
	const facts = await factsOf(options, head, signers, made);
	return { ...head, signers: made, facts };
}

/** Charters with their approvals, and every key that stands behind them. */
export async function buildHead(options: TestLetterOptions): Promise<LetterHead> {
	const { seed = 'undersigned', organizers: n = 3 } = options;
	const organizers = await Promise.all(
		Array.from({ length: n }, async (_, i) => {
			const bytes = testBytes(seed, `organizer ${i}`);
			return {
				id: testId(seed, `organizer id ${i}`),
				name: `Organizer ${i + 1}`,
				seed: bytes,
				secrets: await organizerKeys(bytes),
			};
		}),
	);
	const host = options.host ?? (await ed25519FromSeed(testBytes(seed, 'host')));
	const draft = await makeCharter(options, organizers, host);
	const { chain, charter, root, last } = await makeChain(options, draft, organizers);
	return { root, fingerprint: last, chain, charter, organizers, host };
}

async function factsOf(
	{ seed = 'undersigned' }: TestLetterOptions,
	{ chain, charter }: LetterHead,
	signers: readonly TestSigner[],
	made: readonly MadeSigner[],
): Promise<ReleaseFacts> {
	const counts = charter.groups.map((group, g) => {
		const here = signers.filter((signer) => (signer.group ?? 0) === g).length;
		const mailbox = group.proof === 'mailbox';
		return { group: group.id, mailbox: mailbox ? here : 0, roster: 0, voucher: mailbox ? 0 : here };
	});
	return {
		chain,
		opened: made.map(({ opened }) => opened),
		strikes: [],
		unreadable: [],
		issuedCounts: counts,
		slug: 'a-letter',
		press: 'press@letters.example',
		attempt: testId(seed, 'attempt'),
		releaseAt: '2027-03-01T09:00:00Z',
		deliveries: await deliveriesHash(testDeliveries),
	};
}

/** The addresses that releases of test letters are sent to. */
export const testDeliveries = ['board@acme.example'];

/** The release with the approvals of the first `threshold` organizers. */
export async function approvedRelease(letter: TestLetter, composed: ComposedRelease): Promise<Release> {
	const approvals = await approvalsOf(letter, 'release', composed.releaseHash);
	return { ...composed.release, approvals };
}

/** Approvals of the first M organizers. */
export async function approvalsOf(
	{ root, charter, organizers }: LetterHead,
	kind: Parameters<typeof approve>[1],
	subject: string,
): Promise<Approval[]> {
	return await Promise.all(
		organizers.slice(0, charter.threshold).map(async ({ id, secrets }) => ({
			organizer: id,
			authenticator: await approve(secrets.approval, kind, root, subject),
		})),
	);
}

/** Composes, approves, writes and signs: the two files that a released letter has. */
export async function releaseFiles(
	letter: TestLetter,
): Promise<{ composed: ComposedRelease; release: Release; file: string; jws: string }> {
	const composed = await composeRelease(letter.facts);
	const release = await approvedRelease(letter, composed);
	const file = writeReleaseFile(release);
	return { composed, release, file, jws: await signReleaseJws(letter.host.privateKey, hex(sha256(utf8(file)))) };
}

/** The `i`-th of a letter's signers, from 0. */
export async function makeSigner(
	options: TestLetterOptions,
	{ root, charter }: Pick<LetterHead, 'root' | 'charter'>,
	signer: TestSigner,
	i: number,
): Promise<MadeSigner> {
	const { seed = 'undersigned', issue = issueWithSubtle } = options;
	const bytes = (use: string) => testBytes(seed, `signer ${i} ${use}`);
	const at = signer.group ?? 0;
	const group = charter.groups[at];
	if (group === undefined) throw new Error(`There is no group ${at}.`);
	const signerSeed = testBytes(seed, `signer ${i}`, 16);
	const keys = await signerKeys(signerSeed, root);
	const mailbox = signer.name !== undefined && group.proof === 'mailbox';
	const address = mailbox ? `signer${i}@group${at}.example` : null;
	const addressSalt = mailbox ? b64u(bytes('address')) : null;
	const named = signer.name !== undefined;
	const contents: SealedContents = {
		label: named ? '' : (signer.label ?? ''),
		labelSalt: b64u(bytes('label')),
		display: signer.name === undefined ? null : { name: signer.name, title: signer.title ?? '' },
		displaySalt: named ? b64u(bytes('display')) : null,
		address,
		addressSalt,
	};
	const sealed = options.sealed ? await seal(charter, root, keys.publicKey, contents) : null;
	const statement = writeStatement({
		root,
		text: charter.text,
		group: group.id,
		key: keys.publicKey,
		turn: signer.turn ?? 1,
		shown: named ? 'named' : 'anonymous',
		label: await labelCommitment(contents.label, contents.labelSalt),
		display:
			contents.display && contents.displaySalt ? await displayCommitment(contents.display, contents.displaySalt) : null,
		sealed: sealed?.hash ?? b64u(await hash('undersigned/sealed/1', bytes('sealed'))),
		condition: signer.condition ?? null,
	});
	const randomizer = bytes('randomizer');
	const prepared = concat(randomizer, credentialMessage(root, group.id, keys.publicKey));
	const payload = async (mailboxOf: string, salt: string) =>
		attestationPayload({
			root,
			group: group.id,
			key: keys.publicKey,
			mailbox: await mailboxCommitment(mailboxOf, salt),
		});
	const opened: OpenedSignature = {
		statement,
		authenticator: await signStatement(keys.privateKey, statement),
		credential: b64u(concat(randomizer, await issue(at, prepared))),
		attestation:
			address !== null && addressSalt !== null
				? await attest((await attester(seed, at)).privateKey, await payload(address, addressSalt))
				: null,
		contents,
	};
	return { seed: signerSeed, keys, opened, sealed: sealed?.document ?? null };
}

const issuers = new Map<number, Promise<CryptoKey>>();

/** Signs as an issuer does, without the blinding: the credential that comes out verifies the same. */
async function issueWithSubtle(group: number, prepared: Bytes): Promise<Bytes> {
	const jwk = issuerKeys.keys[group];
	if (jwk === undefined) throw new Error(`There is no test key for group ${group}.`);
	const known = issuers.get(group);
	const key = known ?? crypto.subtle.importKey('jwk', jwk, { name: 'RSA-PSS', hash: 'SHA-384' }, false, ['sign']);
	issuers.set(group, key);
	return new Uint8Array(await crypto.subtle.sign({ name: 'RSA-PSS', saltLength: 48 }, await key, prepared));
}

async function inChunks<T, R>(all: readonly T[], work: (one: T, at: number) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	for (let from = 0; from < all.length; from += 64) {
		results.push(...(await Promise.all(all.slice(from, from + 64).map((one, i) => work(one, from + i)))));
	}
	return results;
}
