import { beforeAll, describe, expect, test } from 'vitest';
import { b64u, fromB64u, fromUtf8, utf8 } from '../../shared/bytes.ts';
import { ed25519FromSeed, type KeyPair } from '../../shared/keys.ts';
import {
	checkMine,
	freshChallenge,
	type PrintedSignature,
	proveMine,
	type RecountedLetter,
} from '../../shared/mine.ts';
import { testBytes } from '../support/letter-charter.ts';

const root = b64u(testBytes('mine', 'root'));
const digest = b64u(testBytes('mine', 'digest'));
const mine = { journalist: 'Ida Tarbell, The Daily', challenge: '7K2M-Q9XR-0ABC-DEFG' };
let keys: KeyPair;
let other: KeyPair;

beforeAll(async () => {
	keys = await ed25519FromSeed(testBytes('mine', 'signer'));
	other = await ed25519FromSeed(testBytes('mine', 'another signer'));
});

const printed = (key: string, changes: Partial<PrintedSignature> = {}): PrintedSignature => ({
	...{ number: 214, key, group: 'Acme', shown: 'anonymous', stands: 'listed', display: null, label: 'Engineering' },
	...changes,
});
const letter = (found: PrintedSignature | null): RecountedLetter => ({
	root,
	find: async (asked) => (asked === digest ? found : null),
});
const prove = (as = keys) => proveMine(as.privateKey, root, digest, mine.journalist, mine.challenge);

describe('a proof', () => {
	test('is one line, and gives the signature as it is printed', async () => {
		const text = await prove();
		expect(text).toMatch(/^undersigned-mine-1\.[A-Za-z0-9_-]+$/);
		expect(await checkMine(text, mine, letter(printed(keys.publicKey)))).toEqual(printed(keys.publicKey));
	});

	test('holds as a mail program wraps and quotes it, for a name typed with other blanks', async () => {
		const text = await prove();
		const wrapped = (text.match(/.{1,72}/g) ?? []).map((line) => `> ${line}\r\n`).join('');
		const typed = { journalist: '  Ida  Tarbell,\tThe Daily ', challenge: `${mine.challenge} ` };
		expect((await checkMine(wrapped, typed, letter(printed(keys.publicKey)))).number).toBe(214);
		const decomposed = await proveMine(keys.privateKey, root, digest, 'Zo\u0065\u0301', mine.challenge);
		const composed = { ...mine, journalist: 'Zo\u00e9' };
		expect((await checkMine(decomposed, composed, letter(printed(keys.publicKey)))).number).toBe(214);
	});

	test('takes for a blank what Unicode calls White_Space, and nothing else', async () => {
		const text = await prove();
		const typed = { ...mine, journalist: mine.journalist.replaceAll(' ', '\u0085\u2029') };
		expect((await checkMine(text.replace('1.', '1.\u0085'), typed, letter(printed(keys.publicKey)))).number).toBe(214);
		const bom = '\ufeff';
		await expect(checkMine(bom + text, mine, letter(null))).rejects.toMatchObject({ code: 'mine-form' });
		await expect(checkMine(text, { ...mine, journalist: bom + mine.journalist }, letter(null))).rejects.toMatchObject({
			code: 'mine-journalist',
			place: 'journalist',
		});
	});

	test('of a signature that was withdrawn or struck says so', async () => {
		for (const stands of ['withdrawn', 'struck'] as const) {
			const gone = printed(keys.publicKey, { stands });
			expect(await checkMine(await prove(), mine, letter(gone))).toEqual(gone);
		}
	});
});

describe('what does not hold says what is wrong', () => {
	const refused = async (text: string, code: string, asked = mine, of = letter(printed(keys.publicKey))) =>
		expect(checkMine(text, asked, of)).rejects.toMatchObject({ code });

	test('another journalist, challenge, letter, signature, key', async () => {
		const text = await prove();
		await refused(text, 'mine-journalist', { ...mine, journalist: 'Ida Tarbell' });
		await refused(text, 'mine-challenge', { ...mine, challenge: 'another challenge' });
		await refused(text, 'mine-letter', mine, { ...letter(printed(keys.publicKey)), root: digest });
		await refused(text, 'mine-unknown', mine, letter(null));
		await refused(text, 'mine-altered', mine, letter(printed(other.publicKey)));
		await refused(await prove(other), 'mine-altered');
	});

	test('one for somebody else, relabelled', async () => {
		const text = await proveMine(keys.privateKey, root, digest, 'Somebody Else', mine.challenge);
		const body = text.slice(text.indexOf('.') + 1);
		const document = fromUtf8(fromB64u(body)).replace('Somebody Else', mine.journalist);
		await refused(`undersigned-mine-1.${b64u(utf8(document))}`, 'mine-altered');
	});

	test('a character changed anywhere', async () => {
		const text = await prove();
		for (let at = 0; at < text.length; at++) {
			const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
			await expect(checkMine(changed, mine, letter(printed(keys.publicKey))), `character ${at}`).rejects.toMatchObject({
				code: expect.stringMatching(/^mine-/),
			});
		}
	});

	test('cut off, doubled, huge, deep, nothing, something else', async () => {
		const text = await prove();
		const deep = `undersigned-mine-1.${b64u(utf8('['.repeat(2_000)))}`;
		for (const bad of [text.slice(0, -5), text + text, 'A'.repeat(10_000_000), deep, '', 'It is mine, really.'])
			await refused(bad, 'mine-form');
	});

	test('a name or a challenge that cannot be signed, at either end', async () => {
		const bad: [Partial<typeof mine>, string][] = [
			[{ journalist: ' ' }, 'mine-journalist'],
			[{ journalist: 'Ida\u202e' }, 'mine-journalist'],
			[{ journalist: '\ud800' }, 'mine-journalist'],
			[{ journalist: 'x'.repeat(201) }, 'mine-journalist'],
			[{ challenge: 'short' }, 'mine-challenge'],
			[{ challenge: 'x'.repeat(10_000_000) }, 'mine-challenge'],
		];
		for (const [change, code] of bad) {
			const { journalist, challenge } = { ...mine, ...change };
			await expect(proveMine(keys.privateKey, root, digest, journalist, challenge)).rejects.toMatchObject({ code });
			await refused(await prove(), code, { ...mine, ...change });
		}
	});
});

test('a fresh challenge is long enough, and another each time', () => {
	const made = Array.from({ length: 50 }, freshChallenge);
	expect(new Set(made).size).toBe(50);
	for (const one of made) expect(one).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
});
