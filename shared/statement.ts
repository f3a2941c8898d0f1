/** What a signer's key signs: the statement, the display that it commits to, the withdrawal (docs/protocol.md, section 6). */

import * as v from 'valibot';
import { type Bytes, b64u, frame, fromB64u, sha256, u32, utf8 } from './bytes.ts';
import { authenticator, bytes32, id, integer, readDocument, text, writeDocument } from './document.ts';
import { Fault } from './fault.ts';
import { signBytes, verifyBytes } from './keys.ts';
import { LIMITS } from './limits.ts';
import { msg, str } from './locales/say.ts';
import { spell } from './pages/numbers.ts';

const number = integer(1, LIMITS.condition);
export const conditionSchema = v.nullable(
	v.union([v.strictObject({ signatures: number }), v.strictObject({ named: number })]),
);
/** Counted including the signature itself. */
export type Condition = v.InferOutput<typeof conditionSchema>;

export const turnSchema = integer(1, LIMITS.turn);

export const statementSchema = v.pipe(
	v.strictObject({
		root: bytes32,
		text: bytes32,
		group: id,
		key: bytes32,
		// One is left above it, with which it can be withdrawn.
		turn: integer(1, LIMITS.turn - 1),
		shown: v.picklist(['named', 'anonymous']),
		label: bytes32,
		display: v.nullable(bytes32),
		sealed: bytes32,
		condition: conditionSchema,
	}),
	v.check((s) => (s.display === null) === (s.shown === 'anonymous'), 'a display for the named, none for the anonymous'),
);
export type Statement = v.InferOutput<typeof statementSchema>;

/** @throws Fault of form */
export function readStatement(source: string | Bytes): Statement {
	return readDocument(statementSchema, source, 'statement', LIMITS.statement);
}

export function writeStatement(statement: Statement): string {
	return writeDocument(statementSchema, statement, 'statement');
}

/**
 * What a printed name may not hold: control characters, bidi controls, and what takes no room except the two joiners, which
 * Persian, Hindi and others need. First and last code points, spelled out, since Unicode's categories move between versions.
 */
export const REFUSED_IN_NAMES: readonly (readonly [number, number])[] = [
	[0x0000, 0x001f],
	[0x007f, 0x009f],
	[0x00ad, 0x00ad],
	[0x034f, 0x034f],
	[0x061c, 0x061c],
	[0x115f, 0x1160],
	[0x180e, 0x180e],
	[0x200b, 0x200b],
	[0x200e, 0x200f],
	[0x2028, 0x202e],
	[0x2060, 0x206f],
	[0x3164, 0x3164],
	[0xfeff, 0xfeff],
	[0xffa0, 0xffa0],
	[0xfff9, 0xfffb],
	[0xe0000, 0xe007f],
];

function isHidden(character: string): boolean {
	const point = character.codePointAt(0) ?? 0;
	return REFUSED_IN_NAMES.some(([first, last]) => point >= first && point <= last);
}

/** Whether it holds one of them: something that changes what people read, or who reads it, without being seen. */
export function holdsHidden(name: string): boolean {
	return Array.from(name).some(isHidden);
}

/** At least one character besides blanks and joiners. */
const VISIBLE = /[^\s\u200c\u200d]/u;

/**
 * Not whether it is in NFC: that depends on the version of Unicode, so two organizers' browsers could judge one sealed name differently.
 * `seenName` sees to it where the name is typed.
 */
function printable(name: string): boolean {
	return name.isWellFormed() && !holdsHidden(name) && name === name.trim();
}

/** One line in which something can be seen, and nothing is hidden. */
export function isPrintedLine(line: string): boolean {
	return printable(line) && VISIBLE.test(line);
}

/** Code points, which every version of Unicode counts alike. */
export const charactersIn = (name: string): number => Array.from(name).length;

const shortEnough = v.check((name: string) => charactersIn(name) <= LIMITS.nameCharacters, 'at most 80 characters');

export const displaySchema = v.strictObject({
	name: v.pipe(text(1, LIMITS.name), v.check(isPrintedLine, 'a printable name'), shortEnough),
	title: v.pipe(text(0, LIMITS.nameTitle), v.check(printable, 'a printable title'), shortEnough),
});
export type Display = v.InferOutput<typeof displaySchema>;

/** What parts a line, or moves on within it. */
const PARTING = /[\t\n\v\f\r\u0085\u2028\u2029]/gu;

/** Joiners and variation selectors where nothing comes of them but two names that look the same: Persian, Hindi and others need the first, Han and emoji the second. */
const IDLE = [
	/(?<=^|[\p{scx=Latn}\p{scx=Grek}\p{scx=Cyrl}\p{scx=Armn}\p{Zs}])(?:\u200c|\u200d|\p{Variation_Selector})+/gu,
	/(?<=[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{Nd}\p{P}])(?:\u200c|\u200d)+/gu,
];

/**
 * A name or title as typed or pasted, as it is printed: NFC, no blanks at its ends, and without what REFUSED_IN_NAMES lists, which keyboards and
 * copied text put there unseen, and joiners that join nothing; what parts lines becomes a blank. The empty string where nothing could be seen. Of any length.
 */
export function seenName(typed: string): string {
	const kept = Array.from(typed.toWellFormed().normalize('NFC').replace(PARTING, ' ')).filter((one) => !isHidden(one));
	const joined = IDLE.reduce((left, idle) => left.replace(idle, ''), kept.join(''));
	const name = joined.normalize('NFC').trim();
	return VISIBLE.test(name) ? name : '';
}

/**
 * As `seenName`, and fit for a statement. An empty one is for the caller to judge.
 * @throws Fault `name-characters` of half a character, `name-length`
 */
export function cleanName(typed: string): string {
	if (!typed.isWellFormed())
		throw new Fault('name-characters', 'name', msg('This holds half a character. Type it again by hand.'));
	const name = seenName(typed);
	if (charactersIn(name) > LIMITS.nameCharacters) {
		throw new Fault('name-length', 'name', msg(str`This is longer than ${spell(LIMITS.nameCharacters)} characters.`));
	}
	return name;
}

export function writeDisplay(display: Display): string {
	return writeDocument(displaySchema, display, 'display');
}

/** @param salt b64u of 32 bytes. @returns b64u of 32 bytes */
export async function displayCommitment(display: Display, salt: string): Promise<string> {
	return b64u(await sha256(displayBytes(writeDisplay(display), salt)));
}

/** What is hashed. @param display the document */
export function displayBytes(display: string, salt: string): Bytes {
	return frame('undersigned/display/1', fromB64u(salt, 32), utf8(display));
}

/** @param label the empty string when there is none. @param salt b64u of 32 bytes. @returns b64u of 32 bytes */
export async function labelCommitment(label: string, salt: string): Promise<string> {
	return b64u(await sha256(labelBytes(label, salt)));
}

/** What is hashed. */
export function labelBytes(label: string, salt: string): Bytes {
	return frame('undersigned/label/1', fromB64u(salt, 32), utf8(label));
}

/** What a signer's key signs. @param statement the document */
export function statementBytes(statement: string): Bytes {
	return frame('undersigned/statement/1', utf8(statement));
}

/** @param statement the document. @returns the authenticator */
export function signStatement(privateKey: CryptoKey, statement: string): Promise<string> {
	return signBytes(privateKey, statementBytes(statement));
}

/** @param document the bytes that travelled, of which `statement` was read */
export function verifyStatement(document: string, statement: Statement, authenticator: string): Promise<boolean> {
	return verifyBytes(statement.key, authenticator, statementBytes(document));
}

export const withdrawalSchema = v.strictObject({ turn: turnSchema, authenticator });
export type Withdrawal = v.InferOutput<typeof withdrawalSchema>;

/** What a signer's key signs to withdraw. */
export function withdrawalBytes(root: string, key: string, turn: number): Bytes {
	return frame('undersigned/withdrawal/1', fromB64u(root, 32), fromB64u(key, 32), u32(turn));
}

/** @param turn higher than the statement's */
export async function signWithdrawal(
	privateKey: CryptoKey,
	root: string,
	key: string,
	turn: number,
): Promise<Withdrawal> {
	return { turn, authenticator: await signBytes(privateKey, withdrawalBytes(root, key, turn)) };
}

/** Whether the key withdrew. That the turn is higher than the statement's is for the caller, who holds the statement. */
export function verifyWithdrawal(root: string, key: string, withdrawal: Withdrawal): Promise<boolean> {
	return verifyBytes(key, withdrawal.authenticator, withdrawalBytes(root, key, withdrawal.turn));
}
