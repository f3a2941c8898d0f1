/** What everybody agrees to: the text document and the charter (docs/protocol.md, section 2). */
import * as v from 'valibot';
import { type Bytes, b64u, fromB64u, hash, hex, utf8 } from './bytes.ts';
import { bytes32, ed25519Jwk, id, integer, readDocument, text, time, writeDocument } from './document.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';

const L = LIMITS;

const language = v.pipe(
	text(L.languageLeast, L.language),
	// The shape of a BCP 47 tag (RFC 5646); whether a subtag is registered is nobody's business here.
	v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/),
);

const translation = v.strictObject({
	language,
	title: text(1, L.title),
	addressees: text(0, L.addressees),
	text: text(1, L.text),
	references: v.pipe(v.array(text(1, L.reference)), v.maxLength(L.references)),
});

export const textDocumentSchema = v.strictObject({
	title: text(1, L.title),
	addressees: text(0, L.addressees),
	language,
	text: text(1, L.text),
	references: v.pipe(v.array(text(1, L.reference)), v.maxLength(L.references)),
	translations: v.pipe(v.array(translation), v.maxLength(L.translations)),
});
export type TextDocument = v.InferOutput<typeof textDocumentSchema>;

/** Two labels or more, lower case, no `xn--`: a host name that reads as it is written. */
export const domainSchema = v.pipe(
	text(3, L.domain),
	v.regex(/^(?!.*(^|\.)xn--)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
);

/** Only the shape; `checkIssuer` says whether it is a key of the one accepted kind. */
export const issuerJwk = v.strictObject({
	kty: v.literal('RSA'),
	n: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,1400}$/)),
	e: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,12}$/)),
});
export type IssuerJwk = v.InferOutput<typeof issuerJwk>;

const group = v.strictObject({
	id,
	name: text(1, L.groupName),
	proof: v.picklist(['mailbox', 'voucher']),
	domains: v.pipe(v.array(domainSchema), v.maxLength(L.domains)),
	limit: v.nullable(integer(1, L.vouchersOfGroup)),
	issuer: issuerJwk,
	attester: ed25519Jwk,
});
export type Group = v.InferOutput<typeof group>;

const headcount = v.strictObject({ group: id, count: integer(0, L.headcount), source: text(1, L.headcountSource) });
export type Headcount = v.InferOutput<typeof headcount>;

const organizer = v.strictObject({ id, name: text(1, L.organizerName), key: bytes32, sealing: bytes32 });
/** Public keys of one organizer, raw, b64u: `key` Ed25519, `sealing` X25519. */
export type OrganizerKeys = v.InferOutput<typeof organizer>;

export const charterSchema = v.strictObject({
	version: v.literal(1),
	letter: id,
	previous: v.nullable(bytes32),
	text: bytes32,
	groups: v.pipe(v.array(group), v.minLength(1), v.maxLength(L.groups)),
	headcounts: v.pipe(v.array(headcount), v.maxLength(L.groups)),
	labels: v.pipe(v.array(text(1, L.label)), v.maxLength(L.labels)),
	organizers: v.pipe(v.array(organizer), v.minLength(L.organizersLeast), v.maxLength(L.organizers)),
	advice: text(0, L.advice),
	threshold: integer(2, L.organizers),
	closesAt: time,
	lastCallHours: integer(1, L.lastCallHours),
	expiresOn: time,
	smallestCell: integer(L.smallestCellLeast, L.smallestCell),
	codeOnly: v.boolean(),
	origin: v.pipe(text(8, L.origin), v.regex(/^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?$/)),
	host: ed25519Jwk,
});
export type Charter = v.InferOutput<typeof charterSchema>;

/** @throws Fault of form only; `checkCharter` and `checkChain` say whether it holds. */
export function readCharter(source: string | Bytes): Charter {
	return readDocument(charterSchema, source, 'charter', L.document);
}

export function writeCharter(charter: Charter): string {
	return writeDocument(charterSchema, charter, 'charter');
}

/** @throws Fault of form */
export function readTextDocument(source: string | Bytes): TextDocument {
	return readDocument(textDocumentSchema, source, 'text document', L.document);
}

export function writeTextDocument(document: TextDocument): string {
	return writeDocument(textDocumentSchema, document, 'text document');
}

/** Bytes of the text document that these make; `LIMITS.document` bounds the original and all translations together. */
export function textLength({ title, addressees, language, text, references, translations }: TextDocument): number {
	return utf8(JSON.stringify({ title, addressees, language, text, references, translations })).length;
}

/** @returns b64u of 32 bytes, as it stands in a charter's `text` */
export async function textHash(document: string): Promise<string> {
	return b64u(await hash('undersigned/text/1', utf8(document)));
}

/** The text document that a charter names, among those of its chain. @throws Fault `chain-text` where it is not there */
export async function standingText(charter: Charter, texts: readonly string[]): Promise<TextDocument> {
	for (const text of texts) if ((await textHash(text)) === charter.text) return readTextDocument(text);
	throw new Fault('chain-text', 'texts', 'The text that the last charter names is not here.');
}

/** @returns b64u of 32 bytes; the first charter's is the root */
export async function fingerprint(charter: string): Promise<string> {
	return b64u(await hash('undersigned/charter/1', utf8(charter)));
}

/** As people compare it: 64 hexadecimal digits in groups of four. @throws Fault `encoding` */
export function shownFingerprint(fingerprint: string): string {
	return (hex(fromB64u(fingerprint, 32)).match(/.{4}/g) ?? []).join(' ');
}

/**
 * What a schema cannot say about one charter.
 * @throws Fault `issuer-key`, `charter-duplicate`, `charter-group`, `charter-headcount`, `charter-threshold`, `charter-dates`
 */
export function checkCharter(charter: Charter): void {
	const { groups, organizers, headcounts, threshold } = charter;
	groups.forEach((group, i) => {
		checkIssuer(group.issuer, `groups.${i}.issuer`);
		const mailbox = group.proof === 'mailbox';
		if (mailbox !== group.domains.length > 0 || mailbox !== (group.limit === null)) {
			throw new Fault('charter-group', `groups.${i}`, 'Mailbox groups have domains; voucher groups have a limit.');
		}
	});
	requireDistinct(
		'group ids',
		groups.map((group) => group.id),
	);
	requireDistinct(
		'domains',
		groups.flatMap((group) => group.domains),
	);
	requireDistinct(
		'organizer ids',
		organizers.map((organizer) => organizer.id),
	);
	requireDistinct('labels', charter.labels);
	requireDistinct('keys', [
		...groups.flatMap((group) => [group.issuer.n, group.attester.x]),
		...organizers.flatMap((organizer) => [organizer.key, organizer.sealing]),
		charter.host.x,
	]);
	requireDistinct(
		'headcounts',
		headcounts.map((headcount) => headcount.group),
	);
	const ids = new Set(groups.map((group) => group.id));
	const stray = headcounts.findIndex((headcount) => !ids.has(headcount.group));
	if (stray >= 0)
		throw new Fault('charter-headcount', `headcounts.${stray}`, 'This headcount names no group of the charter.');

	if (threshold > organizers.length || threshold * 2 <= organizers.length) {
		throw new Fault(
			'charter-threshold',
			'threshold',
			'The threshold is more than half of the organizers, and not more than all.',
		);
	}
	if (Date.parse(charter.expiresOn) < Date.parse(charter.closesAt) + charter.lastCallHours * 3_600_000) {
		throw new Fault('charter-dates', 'expiresOn', 'The letter expires before its last call can end.');
	}
}

function requireDistinct(place: string, values: string[]): void {
	if (new Set(values).size !== values.length) {
		throw new Fault('charter-duplicate', place, `Two ${place} of the charter are the same.`);
	}
}

/**
 * An RSA key of exactly 3072 bits with e = 65537. Another size or exponent could mark one signer's credential.
 * @throws Fault `issuer-key`
 */
export function checkIssuer(jwk: IssuerJwk, place = 'issuer'): void {
	if (jwk.kty !== 'RSA') throw new Fault('issuer-key', place, 'The issuer key is not an RSA key.');
	if (jwk.e !== 'AQAB') throw new Fault('issuer-key', place, 'The exponent of the issuer key is not 65537.');
	// The length of the string first: nothing of another size is even decoded.
	const modulus = jwk.n.length === (L.issuerBits / 8 / 3) * 4 ? fromB64u(jwk.n) : null;
	if (!modulus || (modulus[0] ?? 0) < 128 || (modulus.at(-1) ?? 0) % 2 === 0) {
		throw new Fault('issuer-key', place, 'The modulus of the issuer key does not have 3072 bits.');
	}
}
