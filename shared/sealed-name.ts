/**
 * The sealed part of a signature: the name, readable only once M organizers act (docs/protocol.md, section 6). The signer's browser
 * is the dealer of its own key, so there is no key of the letter that anybody could hold.
 */
import * as v from 'valibot';
import type { AttestationPayload } from './attestation.ts';
import { mailboxCommitment } from './attestation.ts';
import {
	type Bytes,
	b64u,
	concat,
	equal,
	frame,
	fromB64u,
	fromUtf8,
	hash,
	hashNow,
	randomBytes,
	u32,
	utf8,
} from './bytes.ts';
import type { Charter } from './charter.ts';
import { bytes32, encoded, id, readDocument, text, writeDocument } from './document.ts';
import { Fault } from './fault.ts';
import { HPKE_OVERHEAD, hpkeOpen, hpkeSeal } from './hpke.ts';
import { LIMITS } from './limits.ts';
import { interpolate, splitSecret } from './shamir.ts';
import { displayCommitment, displaySchema, labelCommitment, type Statement } from './statement.ts';

const INFO = 'undersigned/share/1';
const IV = 12;
const TAG = 16;

const contentsSchema = v.strictObject({
	/** The empty string when there is none, and for every named signature. */
	label: text(0, LIMITS.label),
	labelSalt: bytes32,
	display: v.nullable(displaySchema),
	displaySalt: v.nullable(bytes32),
	/** Normal form; null for the anonymous and in voucher groups. */
	address: v.nullable(text(3, LIMITS.localPart + 1 + LIMITS.domain)),
	addressSalt: v.nullable(bytes32),
});
export type SealedContents = v.InferOutput<typeof contentsSchema>;

const sealedSchema = v.strictObject({
	box: encoded(IV + LIMITS.sealedContents + TAG),
	shares: v.pipe(
		v.array(v.strictObject({ organizer: id, commitment: bytes32, sealed: encoded(LIMITS.share + HPKE_OVERHEAD) })),
		v.minLength(LIMITS.organizersLeast),
		v.maxLength(LIMITS.organizers),
	),
});
export type SealedPart = v.InferOutput<typeof sealedSchema>;

/** An organizer's share, opened: 32 y-bytes, then x. */
export type OpenedShare = { organizer: string; share: Bytes };

/** @param root b64u. @param key the signer's, b64u */
export async function seal(
	charter: Charter,
	root: string,
	key: string,
	contents: SealedContents,
): Promise<{ document: string; hash: string }> {
	const dataKey = randomBytes(32);
	const iv = randomBytes(IV);
	const aes = await importDataKey(dataKey);
	const algorithm = { name: 'AES-GCM', iv, additionalData: boxFrame(root, key) };
	const box = new Uint8Array(await crypto.subtle.encrypt(algorithm, aes, pad(writeDocument(contentsSchema, contents))));
	const split = splitSecret(dataKey, charter.organizers.length, charter.threshold);
	dataKey.fill(0);
	const shares = await Promise.all(
		charter.organizers.map(async (organizer, i) => {
			const share = split[i] ?? new Uint8Array(0);
			const sealed = await hpkeSeal(organizer.sealing, share, INFO, shareFrame(root, key, organizer.id));
			return { organizer: organizer.id, commitment: b64u(commitment(share)), sealed };
		}),
	);
	const document = writeDocument(sealedSchema, { box: b64u(concat(iv, box)), shares });
	return { document, hash: await sealedHash(document) };
}

/** As it stands in the statement. @returns b64u of 32 bytes */
export async function sealedHash(document: string): Promise<string> {
	return b64u(await hash('undersigned/sealed/1', utf8(document)));
}

/** What the server checks without being able to open it. @throws Fault of form; `sealed-form` unless it has one share for each organizer, in order */
export function readSealed(document: string, charter: Charter): SealedPart {
	const part = parse(document);
	const fits = part.shares.map((share) => share.organizer).join() === charter.organizers.map((one) => one.id).join();
	if (!fits)
		throw new Fault(
			'sealed-form',
			'sealed',
			'The sealed part has one share for each organizer, in the order of the charter.',
		);
	return part;
}

/** What a part is sealed for. Both b64u. */
type SealedFor = { root: string; key: string };

/**
 * Opens one organizer's share.
 * @param sealing its private X25519 key
 * @throws Fault `share-mismatch`, its place the organizer's id, where the share does not open or is not the one committed to
 */
export async function openShare(
	document: string,
	root: string,
	key: string,
	organizer: string,
	sealing: CryptoKey,
): Promise<Bytes> {
	return openShareOf(parse(document), { root, key }, organizer, sealing);
}

/** As `openShare`, of what was read before. */
export async function openShareOf(
	part: SealedPart,
	{ root, key }: SealedFor,
	organizer: string,
	sealing: CryptoKey,
): Promise<Bytes> {
	const own = part.shares.find((share) => share.organizer === organizer);
	if (own) {
		const share = await hpkeOpen(sealing, own.sealed, INFO, shareFrame(root, key, organizer)).catch(() => null);
		if (share && matches(part, organizer, share)) return share;
	}
	throw new Fault('share-mismatch', organizer, 'This share is not the one that the signature commits to.');
}

/** Parts those that the signature commits to from the others, in the order given. */
export async function siftShares(document: string, shares: readonly OpenedShare[]): Promise<SiftedShares> {
	return siftSharesOf(parse(document), shares);
}

export type SiftedShares = { good: OpenedShare[]; wrong: OpenedShare[] };

/** As `siftShares`, of what was read before. */
export function siftSharesOf(part: SealedPart, shares: readonly OpenedShare[]): SiftedShares {
	const good: OpenedShare[] = [];
	const wrong: OpenedShare[] = [];
	for (const one of shares) (matches(part, one.organizer, one.share) ? good : wrong).push(one);
	return { good, wrong };
}

/** Whether this is the share that the signature commits to for this organizer: its bytes, and x for the organizer's place. */
function matches({ shares }: SealedPart, organizer: string, share: Bytes): boolean {
	const place = shares.findIndex((one) => one.organizer === organizer);
	const own = shares[place];
	return !!own && share.length === LIMITS.share && share.at(-1) === place + 1 && isCommitted(own, share);
}

/**
 * Opens the name. Shares that do not match their commitment are left aside. From M that match, every organizer's share is
 * computed and compared with all the commitments, so each set of M comes to the same verdict and all organizers to the same release.
 * @throws Fault `shares-missing` with fewer than M that match (others may still come); `sealed-unreadable` where no set will ever open it
 */
export async function openSealed(
	document: string,
	root: string,
	key: string,
	shares: OpenedShare[],
	threshold: number,
): Promise<SealedContents> {
	const part = parse(document);
	return openSealedOf(part, { root, key }, siftSharesOf(part, shares).good, threshold);
}

/** As `openSealed`, of what was read before. @param sifted the good ones of `siftSharesOf` */
export async function openSealedOf(
	part: SealedPart,
	{ root, key }: SealedFor,
	sifted: readonly OpenedShare[],
	threshold: number,
): Promise<SealedContents> {
	const good = new Map(sifted.map(({ organizer, share }) => [organizer, share]));
	if (good.size < threshold) {
		throw new Fault('shares-missing', 'sealed', `There are ${good.size} good shares where ${threshold} are needed.`);
	}
	const used = [...good.keys()].slice(0, threshold);
	const chosen = [...good.values()].slice(0, threshold);
	for (const [i, share] of part.shares.entries()) {
		if (used.includes(share.organizer)) continue;
		const due = concat(interpolate(chosen, i + 1), new Uint8Array([i + 1]));
		if (!isCommitted(share, due)) throw unreadable('Its shares do not belong together.');
	}
	const aes = await importDataKey(interpolate(chosen, 0));
	const box = fromB64u(part.box);
	const algorithm = { name: 'AES-GCM', iv: box.subarray(0, IV), additionalData: boxFrame(root, key) };
	const padded = await crypto.subtle.decrypt(algorithm, aes, box.subarray(IV)).catch(() => null);
	if (!padded) throw unreadable('Its box does not open with its key.');
	try {
		return readDocument(contentsSchema, unpad(new Uint8Array(padded)), 'contents', LIMITS.sealedContents);
	} catch {
		throw unreadable('Its contents do not have the form that they must have.');
	}
}

/**
 * Whether what was opened is what the signer committed to, and the mailbox is the one that was attested.
 * @param attested the payload of the signature's attestation; null where it has none
 * @throws Fault `sealed-form`, `label-mismatch`, `display-mismatch`, `mailbox-mismatch`
 */
export async function checkContents(
	statement: Statement,
	contents: SealedContents,
	attested: Pick<AttestationPayload, 'mailbox'> | null,
): Promise<void> {
	const named = statement.shown === 'named';
	const { label, display, displaySalt, address, addressSalt } = contents;
	const whole = (display === null) !== named && (displaySalt === null) !== named && (label === '' || !named);
	const mailbox = attested !== null;
	if (!whole || (address === null) === mailbox || (addressSalt === null) === mailbox) {
		throw new Fault('sealed-form', 'contents', 'The contents are not those of such a signature.');
	}
	if ((await labelCommitment(label, contents.labelSalt)) !== statement.label) {
		throw new Fault('label-mismatch', 'label', 'The label is not the one that the signer committed to.');
	}
	if (display && displaySalt && (await displayCommitment(display, displaySalt)) !== statement.display) {
		throw new Fault('display-mismatch', 'display', 'The name is not the one that the signer committed to.');
	}
	if (address && addressSalt && (await mailboxCommitment(address, addressSalt)) !== attested?.mailbox) {
		throw new Fault('mailbox-mismatch', 'address', 'The address is not the mailbox that was attested.');
	}
}

function parse(document: string): SealedPart {
	return readDocument(sealedSchema, document, 'sealed', LIMITS.sealed);
}

function unreadable(why: string): Fault {
	return new Fault('sealed-unreadable', 'sealed', `This sealed part cannot be read by anybody. ${why}`);
}

function boxFrame(root: string, key: string): Bytes {
	return frame('undersigned/sealed/1', fromB64u(root, 32), fromB64u(key, 32));
}

function shareFrame(root: string, key: string, organizer: string): Bytes {
	return frame('undersigned/share/1', fromB64u(root, 32), fromB64u(key, 32), utf8(organizer));
}

const commitment = (share: Bytes): Bytes => hashNow('undersigned/share/1', share);

const isCommitted = (of: SealedPart['shares'][number], share: Bytes): boolean =>
	equal(fromB64u(of.commitment, 32), commitment(share));

function importDataKey(key: Bytes): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** One size for all, so that a long name cannot be told from a short one. */
function pad(document: string): Bytes {
	const bytes = utf8(document);
	if (bytes.length > LIMITS.sealedContents - 4)
		throw new Fault('document-too-long', 'contents', 'The name is too long.');
	return concat(u32(bytes.length), bytes, new Uint8Array(LIMITS.sealedContents - 4 - bytes.length));
}

/** @throws Fault `encoding` unless what follows the document is zeros, up to the one size */
function unpad(padded: Bytes): string {
	const end = 4 + new DataView(padded.buffer).getUint32(0);
	let whole = padded.length === LIMITS.sealedContents && end <= padded.length;
	// A loop: `some` would take longer than opening the box does.
	for (let at = end; at < padded.length; at++) whole &&= padded[at] === 0;
	if (!whole) throw new Fault('encoding', 'contents', 'This is not padded as it must be.');
	return fromUtf8(padded.subarray(4, end));
}
