/**
 * "Number 214 is mine" (docs/protocol.md, section 9): a signer shows one journalist that they hold the key of one signature in a released letter. It is
 * made for that journalist's name and challenge, so whoever gets it cannot show it to another as their own: test/shared/mine.test.ts.
 */

import * as v from 'valibot';
import { type Bytes, b64u, frame, fromB64u, fromUtf8, randomBytes, utf8 } from './bytes.ts';
import { authenticator, bytes32, readDocument, text, writeDocument } from './document.ts';
import { Fault } from './fault.ts';
import { signBytes, verifyBytes } from './keys.ts';
import { LIMITS } from './limits.ts';
import { msg, str } from './locales/say.ts';
import { spell } from './pages/numbers.ts';
import { type Display, holdsHidden } from './statement.ts';

/** What the text begins with; a later form of it would have another number. */
const PREFIX = 'undersigned-mine-1.';

const words = (least: number, most: number) =>
	v.pipe(
		text(least, most),
		v.check((typed) => !holdsHidden(typed), 'words that can be read'),
	);

const mineSchema = v.strictObject({
	root: bytes32,
	digest: bytes32,
	journalist: words(1, LIMITS.journalist),
	challenge: words(LIMITS.challengeLeast, LIMITS.challenge),
	authenticator,
});

/** A signature as a released letter prints it. `stands` is not "listed" where the file holds its stub; then nobody's name is known. */
export type PrintedSignature = {
	number: number;
	key: string;
	/** Name of the group. */
	group: string;
	shown: 'named' | 'anonymous';
	stands: 'listed' | 'withdrawn' | 'struck';
	display: Display | null;
	label: string | null;
};

/** A letter that was recounted and holds. `find` gives the signature of a digest, null where the letter has none of it. */
export type RecountedLetter = { root: string; find: (digest: string) => Promise<PrintedSignature | null> };

/** What a journalist and a signer agree on beforehand. */
export type MineFor = { journalist: string; challenge: string };

/**
 * @param root of the letter. @param digest of the signature as it stands in the release. Both b64u
 * @returns one line of text, for the signer to send
 * @throws Fault `mine-journalist`, `mine-challenge` where they cannot stand in it as typed
 */
export async function proveMine(
	privateKey: CryptoKey,
	root: string,
	digest: string,
	journalist: string,
	challenge: string,
): Promise<string> {
	const agreed = cleanMineFor({ journalist, challenge });
	const signed = await signBytes(privateKey, mineBytes({ root, digest, ...agreed }));
	const document = writeDocument(mineSchema, { root, digest, ...agreed, authenticator: signed }, 'proof');
	return `${PREFIX}${b64u(utf8(document))}`;
}

/**
 * @param pasted as it came; blanks, line ends and marks of quotation that a mail program put in are passed over
 * @returns the signature whose key made it, for this journalist and this challenge
 * @throws Fault `mine-*`, which says what is wrong
 */
export async function checkMine(pasted: string, mine: MineFor, letter: RecountedLetter): Promise<PrintedSignature> {
	const agreed = cleanMineFor(mine);
	const said = readMine(pasted);
	if (said.root !== letter.root)
		throw new Fault('mine-letter', 'proof', 'This proof is about another letter than the one that was recounted.');
	if (said.journalist !== agreed.journalist)
		throw new Fault(
			'mine-journalist',
			'proof',
			`This proof was made for “${said.journalist}”, not for “${agreed.journalist}”. If that is not you, it was meant for somebody else.`,
		);
	if (said.challenge !== agreed.challenge)
		throw new Fault(
			'mine-challenge',
			'proof',
			`This proof answers the challenge “${said.challenge}”, not “${agreed.challenge}”. It may be an old one.`,
		);
	const found = await letter.find(said.digest);
	if (found === null)
		throw new Fault(
			'mine-unknown',
			'proof',
			'The signature that this proof names is not in the letter that was recounted.',
		);
	if (!(await verifyBytes(found.key, said.authenticator, mineBytes(said))))
		throw new Fault(
			'mine-altered',
			'proof',
			`This proof was not made with the key of number ${found.number}, or it was altered since.`,
		);
	return found;
}

/** A challenge that nobody can have seen before: 80 random bits in Crockford's base 32, in fours. */
export function freshChallenge(): string {
	const digits = Array.from(randomBytes(16), (byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte & 31]).join('');
	return (digits.match(/.{4}/g) ?? []).join('-');
}

/**
 * As it is signed: NFC, one blank between words and none at the ends, so that two people who type the same agree.
 * @throws Fault `mine-journalist`, `mine-challenge`
 */
export function cleanMineFor({ journalist, challenge }: MineFor): MineFor {
	return {
		journalist: cleanWords(
			journalist,
			{ least: 1, most: LIMITS.journalist },
			new Fault(
				'mine-journalist',
				'journalist',
				msg(str`Type the journalist’s name, at most ${spell(LIMITS.journalist)} bytes, without hidden characters.`),
			),
		),
		challenge: cleanWords(
			challenge,
			{ least: LIMITS.challengeLeast, most: LIMITS.challenge },
			new Fault(
				'mine-challenge',
				'challenge',
				msg(
					str`Type the challenge, ${spell(LIMITS.challengeLeast)} to ${spell(LIMITS.challenge)} bytes, without hidden characters.`,
				),
			),
		),
	};
}

function cleanWords(typed: string, { least, most }: { least: number; most: number }, refusal: Fault): string {
	// Cut first, so that nothing huge is normalised.
	if (typed.length > most * 4 || !typed.isWellFormed()) throw refusal;
	// Unicode's White_Space, which is not quite what JavaScript calls a blank.
	const cleaned = typed
		.normalize('NFC')
		.replaceAll(/\p{White_Space}+/gu, ' ')
		.replaceAll(/^ | $/g, '');
	if (!v.is(words(least, most), cleaned)) throw refusal;
	return cleaned;
}

function readMine(pasted: string): v.InferOutput<typeof mineSchema> {
	try {
		if (pasted.length > LIMITS.mine) throw new Fault('mine-form', 'proof', 'too long');
		const line = pasted.replaceAll(/[\p{White_Space}>]/gu, '');
		if (!line.startsWith(PREFIX)) throw new Fault('mine-form', 'proof', 'another beginning');
		return readDocument(mineSchema, fromUtf8(fromB64u(line.slice(PREFIX.length))), 'proof', LIMITS.mine);
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		throw new Fault(
			'mine-form',
			'proof',
			`This is not a whole proof. It is one line that begins with ${PREFIX}; copy all of it, and nothing else.`,
		);
	}
}

function mineBytes({ root, digest, journalist, challenge }: { root: string; digest: string } & MineFor): Bytes {
	return frame('undersigned/mine/1', fromB64u(root, 32), fromB64u(digest, 32), utf8(journalist), utf8(challenge));
}
