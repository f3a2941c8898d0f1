/**
 * What a signer's browser remembers of one letter. Written before every request that cannot be taken back, so that a dropped connection
 * or a closed tab loses nothing: the same request can be sent again.
 */
import * as v from 'valibot';
import { proofRequest, signatureRequest, voucherRequest } from '../api/signing.ts';
import { conditionSchema } from '../statement.ts';
import { erased, type Keep } from './keep.ts';

export const appearance = v.variant('shown', [
	v.strictObject({ shown: v.literal('named'), name: v.string(), title: v.string(), condition: conditionSchema }),
	v.strictObject({ shown: v.literal('anonymous'), label: v.nullable(v.string()), condition: conditionSchema }),
]);
/** How a signer wants to be printed. `label` is one of the charter's. */
export type Appearance = v.InferOutput<typeof appearance>;

const askedMail = v.strictObject({ confirmation: v.string(), group: v.string() });

const record = v.strictObject({
	root: v.string(),
	letter: v.string(),
	/** The last invite link through which the letter was opened. */
	link: v.nullable(v.string()),
	/** That came with a link, as it stood there; dropped once anything was proven. */
	voucher: v.optional(v.nullable(v.string()), null),
	/** 16 bytes, b64u; the twelve words. Made with the first request for a credential. */
	seed: v.nullable(v.string()),
	/** Made here, and its words were not shown to the end yet. */
	unseen: v.optional(v.boolean(), false),
	appear: v.nullable(appearance),
	/** `normalForm` of the work address, and the salt of the commitment to it. Dropped once an anonymous signature is in. */
	address: v.nullable(v.strictObject({ normalForm: v.string(), salt: v.string() })),
	/** The mail asked for last. */
	asked: v.nullable(askedMail),
	/** Earlier ones to the same address, the newest first: mail comes late, and in any order. */
	askedBefore: v.optional(v.array(askedMail), []),
	/** A credential asked for and not yet received: kept as long as it may still come. */
	blinded: v.nullable(
		v.strictObject({ group: v.string(), prepared: v.string(), inverse: v.string(), request: v.string() }),
	),
	/** The request for it, to be repeated as it is. */
	proving: v.nullable(
		v.variant('by', [
			v.strictObject({ by: v.literal('mailbox'), group: v.string(), body: proofRequest }),
			v.strictObject({ by: v.literal('voucher'), group: v.string(), body: voucherRequest }),
		]),
	),
	proved: v.nullable(
		v.strictObject({ group: v.string(), credential: v.string(), attestation: v.nullable(v.string()) }),
	),
	/** A signature sent, or about to be, that the server has not yet confirmed; `appear` as it was chosen for it. */
	pending: v.nullable(
		v.strictObject({
			turn: v.number(),
			appear: v.optional(v.nullable(appearance), null),
			shown: v.picklist(['named', 'anonymous']),
			text: v.string(),
			request: signatureRequest,
		}),
	),
	signed: v.nullable(v.strictObject({ shown: v.picklist(['named', 'anonymous']), text: v.string() })),
	/** The highest turn that was used, or may have been, 0 before the first. */
	turn: v.number(),
});
export type SignerRecord = v.InferOutput<typeof record>;

export function emptyRecord(root: string, letter: string): SignerRecord {
	const nothing = { link: null, voucher: null, seed: null, appear: null, address: null, asked: null, blinded: null };
	return {
		root,
		letter,
		...nothing,
		askedBefore: [],
		unseen: false,
		proving: null,
		proved: null,
		pending: null,
		signed: null,
		turn: 0,
	};
}

export const sameAppearance = (one: Appearance | null, other: Appearance | null): boolean =>
	one !== null &&
	other !== null &&
	JSON.stringify(v.parse(appearance, one)) === JSON.stringify(v.parse(appearance, other));

const recordName = (root: string) => `signer/${root}`;
const linkName = (link: string) => `link/${link}`;
const letterName = (letter: string) => `letter/${letter}`;

/** Null when there is none, or one that this version cannot read. */
export async function readRecord(keep: Keep, root: string): Promise<SignerRecord | null> {
	return parse(await keep.read(recordName(root)));
}

function parse(kept: string | null): SignerRecord | null {
	if (kept === null) return null;
	const result = v.safeParse(record, JSON.parse(kept));
	return result.success ? result.output : null;
}

/**
 * Changes what is kept, in one go: two tabs of one letter never undo each other's steps. Without a record it begins from `blank`.
 * One that this version cannot read stays as it is, since it may hold a key. Proven by test/web/sign/device-keep.test.ts.
 * @param begun whether there has to be one. @throws NotKept where it was erased meanwhile
 */
export async function changeRecord(
	keep: Keep,
	blank: SignerRecord,
	change: Partial<SignerRecord>,
	begun = false,
): Promise<void> {
	await keep.change(recordName(blank.root), (kept) => {
		if (begun && kept === null) throw erased();
		const present = parse(kept);
		if (kept !== null && present === null) throw new Error('Another version of this page wrote what is kept here.');
		return JSON.stringify({ ...(present ?? blank), ...change });
	});
	await keep.write(letterName(blank.letter), blank.root);
	if (change.link) await keep.write(linkName(change.link), blank.root);
}

export async function writeRecord(keep: Keep, record: SignerRecord): Promise<void> {
	await keep.write(recordName(record.root), JSON.stringify(record));
	await keep.write(letterName(record.letter), record.root);
	if (record.link !== null) await keep.write(linkName(record.link), record.root);
}

/** Everything of this letter, the fingerprint too. */
export async function eraseRecord(keep: Keep, record: SignerRecord): Promise<void> {
	await keep.erase(recordName(record.root));
	await keep.erase(letterName(record.letter));
	for (const name of await keep.names()) {
		if (name.startsWith('link/') && (await keep.read(name)) === record.root) await keep.erase(name);
	}
}

/** The root that came with this link when it was first opened here. */
export const rootOfLink = (keep: Keep, link: string) => keep.read(linkName(link));
/** The root of a letter that was opened here. */
export const rootOfLetter = (keep: Keep, letter: string) => keep.read(letterName(letter));

/** All letters that were opened here. */
export async function allRecords(keep: Keep): Promise<SignerRecord[]> {
	const roots = (await keep.names()).filter((name) => name.startsWith('signer/')).map((name) => name.slice(7));
	const records = await Promise.all(roots.map((root) => readRecord(keep, root)));
	return records.filter((one) => one !== null);
}
