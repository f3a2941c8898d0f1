/** Asking the server for one's own signature, and reading the answer. */
import * as v from 'valibot';
import { ownAnswer } from '../api/signing.ts';
import { frame, fromB64u, u32 } from '../bytes.ts';
import { readTextDocument, type TextDocument, textHash } from '../charter.ts';
import { type KeyPair, signBytes } from '../keys.ts';
import { type Condition, readStatement } from '../statement.ts';
import type { Call } from './call.ts';
import type { OpenedLetter } from './held-letter.ts';
import { blinding } from './later.ts';
import type { SignerRecord } from './signer-record.ts';

/**
 * `none`: the server knows no signature of this key. `signed`: it counts, if `current`; else it stands under an earlier text and is not listed.
 * `lapsed`: a condition was not met, or its group was too small. `published`: it is in the release.
 * `coming`: how the signature is shown that this device sent last, where no answer came and the server has not got it: it may still arrive, and then it counts.
 */
export type OwnSignature = { coming?: 'named' | 'anonymous' } & (
	| { state: 'none' }
	| {
			state: 'signed' | 'withdrawn' | 'lapsed' | 'published';
			/** Null where nothing but the withdrawal is left. */
			shown: 'named' | 'anonymous' | null;
			/** Whether it is under the letter's present text. */
			current: boolean;
			/** Only where it has one. */
			condition?: NonNullable<Condition>;
	  }
);

/** @returns what it learned for the record, too: with words on a new device, the credential comes back this way */
export async function askOwn(
	deps: { call: Call; now: () => Date },
	keys: KeyPair,
	letter: OpenedLetter,
	record: SignerRecord,
): Promise<{ own: OwnSignature; learned: Partial<SignerRecord> }> {
	const { root, standing } = letter;
	const key = keys.publicKey;
	const minute = Math.floor((deps.now().getTime() + letter.ahead) / 60_000);
	const bytes = frame('undersigned/own/1', fromB64u(root, 32), fromB64u(key, 32), u32(minute));
	const body = { root, key, minute, authenticator: await signBytes(keys.privateKey, bytes) };
	const answer = v.parse(ownAnswer, await deps.call('POST', '/api/signatures/own', body));
	const coming = stillComing(letter, record, answer.state === 'none' ? 0 : answer.turn);
	if (answer.state === 'none') return { own: { ...answer, ...coming }, learned: {} };

	const statement = answer.statement === null ? null : readStatement(answer.statement);
	const turn = Math.max(record.turn, answer.turn);
	const learned: Partial<SignerRecord> = { turn };
	const group = record.proved ? null : (statement?.group ?? (await groupOf(letter, key, answer.credential)));
	if (group !== null) {
		const { credential, attestation } = answer;
		learned.proved = { group, credential, attestation };
	}
	const stands = answer.state === 'signed' || answer.state === 'published';
	learned.signed = stands && statement ? { shown: statement.shown, text: statement.text } : null;
	const current = statement !== null && statement.text === standing?.charter.text;
	const condition = statement?.condition ? { condition: statement.condition } : {};
	return { own: { state: answer.state, shown: statement?.shown ?? null, current, ...condition, ...coming }, learned };
}

/** A signature is taken only while the letter is open, under its present text, with a higher turn than any that the server has got: a withdrawal's, too. */
function stillComing(
	{ view, standing }: OpenedLetter,
	{ pending }: SignerRecord,
	got: number,
): Pick<OwnSignature, 'coming'> {
	if (pending === null || view.state !== 'open') return {};
	return pending.text === standing?.charter.text && pending.turn > got ? { coming: pending.shown } : {};
}

/** Of a withdrawn signature no statement is left; the credential says by whose key it was made. */
async function groupOf({ root, standing }: OpenedLetter, key: string, credential: string): Promise<string | null> {
	const { importIssuer, verifyCredential } = await blinding();
	for (const group of standing?.charter.groups ?? []) {
		if (await verifyCredential(await importIssuer(group.issuer), root, group.id, key, credential)) return group.id;
	}
	return null;
}

/** The earlier text, where the signature stands under one that was changed since; else null. Texts were checked with the chain that names them. */
export async function earlierText(
	{ standing, view }: OpenedLetter,
	record: SignerRecord,
): Promise<TextDocument | null> {
	const signed = record.signed?.text;
	if (signed === undefined || signed === standing?.charter.text) return null;
	for (const text of view.chain?.texts ?? []) if ((await textHash(text)) === signed) return readTextDocument(text);
	return null;
}
