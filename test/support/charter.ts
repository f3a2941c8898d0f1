/**
 * A charter to test with, approved and with every key behind it: two groups (a mailbox and a voucher one), and signatures under it. For the
 * parts that come before the release; test/support/letter.ts has whole letters. Runs in Node and in Chromium.
 */
import { type Approval, type ApprovalKind, approve } from '../../shared/approval.ts';
import { attest, attestationPayload, mailboxCommitment } from '../../shared/attestation.ts';
import { b64u, concat, fromB64u, hex, newId, randomBytes, utf8 } from '../../shared/bytes.ts';
import type { Chain } from '../../shared/chain.ts';
import {
	type Charter,
	fingerprint,
	type IssuerJwk,
	textHash,
	writeCharter,
	writeTextDocument,
} from '../../shared/charter.ts';
import { credentialMessage } from '../../shared/credential.ts';
import { toEd25519Jwk } from '../../shared/document.ts';
import { ed25519FromSeed, type KeyPair, type OrganizerSecrets, organizerKeys, signerKeys } from '../../shared/keys.ts';
import { composeSignature, type SignatureParts, type SignatureRequest } from '../../shared/sign.ts';
import testKeys from '../vectors/test-keys.json' with { type: 'json' };

export type PrivateRsa = typeof testKeys.issuerA;
export const RSA = { a: testKeys.issuerA, b: testKeys.issuerB, short: testKeys.short };

export function publicRsa({ n, e }: PrivateRsa): IssuerJwk {
	return { kty: 'RSA', n, e };
}

export type TestOrganizer = { id: string; secrets: OrganizerSecrets };
export type TestGroup = { id: string; issuer: PrivateRsa; attester: KeyPair };
export type TestLetter = {
	charter: Charter;
	root: string;
	chain: Chain;
	organizers: TestOrganizer[];
	mailbox: TestGroup;
	voucher: TestGroup;
};

export const TEXT = writeTextDocument({
	title: 'For a safe night shift',
	addressees: 'The board of Ocean Parcel',
	language: 'en',
	text: 'We ask for two people on every night shift [1].',
	references: ['Night work report, page 4'],
	translations: [],
});

export async function makeLetter(count = 3, threshold = 2, change: Partial<Charter> = {}): Promise<TestLetter> {
	const organizers = await Promise.all(
		Array.from({ length: count }, async () => ({ id: newId(), secrets: await organizerKeys(randomBytes(32)) })),
	);
	const mailbox = { id: newId(), issuer: RSA.a, attester: await ed25519FromSeed(randomBytes(32)) };
	const voucher = { id: newId(), issuer: RSA.b, attester: await ed25519FromSeed(randomBytes(32)) };
	const host = await ed25519FromSeed(randomBytes(32));
	const keysOf = ({ id, issuer, attester }: TestGroup) => ({
		id,
		issuer: publicRsa(issuer),
		attester: toEd25519Jwk(attester.publicKey),
	});
	const domains = ['oceanparcel.example', 'op.example'];
	const charter: Charter = {
		version: 1,
		letter: newId(),
		previous: null,
		text: await textHash(TEXT),
		groups: [
			{ ...keysOf(mailbox), name: 'Ocean Parcel', proof: 'mailbox', domains, limit: null },
			{ ...keysOf(voucher), name: 'Drivers', proof: 'voucher', domains: [], limit: 50 },
		],
		headcounts: [{ group: mailbox.id, count: 900, source: 'Annual report' }],
		labels: ['Engineer', 'Driver', 'Nurse'],
		organizers: organizers.map(({ id, secrets }, i) => ({
			id,
			name: `Organizer ${i + 1}`,
			key: secrets.key,
			sealing: secrets.sealingPublic,
		})),
		advice: 'The works council.',
		threshold,
		closesAt: '2027-03-01T12:00:00Z',
		lastCallHours: 48,
		expiresOn: '2027-09-01T12:00:00Z',
		smallestCell: 5,
		codeOnly: false,
		origin: 'https://letters.example',
		host: toEd25519Jwk(host.publicKey),
		...change,
	};
	const source = writeCharter(charter);
	const root = await fingerprint(source);
	const approvals = await approveAll(organizers, 'charter', root, root);
	return {
		charter,
		root,
		chain: { charters: [source], approvals: [approvals], texts: [TEXT] },
		organizers,
		mailbox,
		voucher,
	};
}

export function approveAll(
	organizers: TestOrganizer[],
	kind: ApprovalKind,
	root: string,
	subject: string,
): Promise<Approval[]> {
	return Promise.all(
		organizers.map(async ({ id, secrets }) => ({
			organizer: id,
			authenticator: await approve(secrets.approval, kind, root, subject),
		})),
	);
}

/** Adds a charter that names the last one and changes what is told, approved by all or by those given. */
export async function amend(
	letter: TestLetter,
	change: Partial<Charter>,
	texts: string[] = [],
	by: TestOrganizer[] = letter.organizers,
): Promise<Chain> {
	const { chain, charter, root } = letter;
	const previous = await fingerprint(chain.charters.at(-1) ?? '');
	const source = writeCharter({ ...charter, previous, ...change });
	const approvals = await approveAll(by, 'amendment', root, await fingerprint(source));
	return {
		charters: [...chain.charters, source],
		approvals: [...chain.approvals, approvals],
		texts: [...chain.texts, ...texts],
	};
}

/** A credential without the blinding: of the same kind as a finalized one. */
export async function issue(issuer: PrivateRsa, root: string, group: string, key: string): Promise<string> {
	const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
	const privateKey = await crypto.subtle.importKey('jwk', issuer, algorithm, false, ['sign']);
	const randomizer = randomBytes(32);
	const prepared = concat(randomizer, credentialMessage(root, group, key));
	const signature = await crypto.subtle.sign({ name: 'RSA-PSS', saltLength: 48 }, privateKey, prepared);
	return b64u(concat(randomizer, new Uint8Array(signature)));
}

/** The host's half of blinding, by BigInt: no platform gives raw RSA to Node and Chromium alike. */
export function signBlinded(issuer: PrivateRsa, request: string): string {
	const integer = (text: string) => BigInt(`0x${hex(fromB64u(text))}`);
	const n = integer(issuer.n);
	let [base, power] = [integer(request) % n, 1n];
	for (let exponent = integer(issuer.d); exponent > 0n; exponent >>= 1n) {
		if (exponent & 1n) power = (power * base) % n;
		base = (base * base) % n;
	}
	return b64u(unhex(power.toString(16).padStart(fromB64u(issuer.n).length * 2, '0')));
}

export function unhex(text: string) {
	return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export type SignOptions = Partial<Pick<SignatureParts, 'turn' | 'condition' | 'textHash' | 'keys'>> & {
	in?: 'mailbox' | 'voucher';
	/** Named when given. */
	name?: string;
	title?: string;
	label?: string | null;
};

/** One whole signature. */
export async function sign(
	letter: TestLetter,
	options: SignOptions = {},
): Promise<{ keys: KeyPair; request: SignatureRequest }> {
	const { root, charter } = letter;
	const group = letter[options.in ?? 'mailbox'];
	const keys = options.keys ?? (await signerKeys(randomBytes(16), root));
	const key = keys.publicKey;
	const { name, title = '', label = null } = options;
	const mailbox =
		name !== undefined && group === letter.mailbox
			? { address: 'kim.doe@oceanparcel.example', addressSalt: b64u(randomBytes(32)) }
			: null;
	const committed = mailbox && (await mailboxCommitment(mailbox.address, mailbox.addressSalt));
	const payload = committed && attestationPayload({ root, group: group.id, key, mailbox: committed });
	const request = await composeSignature({
		charter,
		root,
		textHash: options.textHash ?? charter.text,
		group: group.id,
		keys,
		turn: options.turn ?? 1,
		appear: name === undefined ? { shown: 'anonymous', label } : { shown: 'named', name, title, ...mailbox },
		condition: options.condition ?? null,
		credential: await issue(group.issuer, root, group.id, key),
		attestation: payload && (await attest(group.attester.privateKey, payload)),
	});
	return { keys, request };
}

/** The text with one bit of its UTF-8 flipped, or null where that is no UTF-8. */
export function flipBit(text: string, at: number): string | null {
	const bytes = utf8(text);
	const index = Math.floor(at / 8) % bytes.length;
	bytes[index] = (bytes[index] ?? 0) ^ (1 << (at % 8));
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}
