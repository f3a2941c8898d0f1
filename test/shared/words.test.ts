import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hex } from '../../shared/bytes.ts';
import { seedFromWords, wordsFromSeed } from '../../shared/words.ts';
import { faultOf, placeOf } from '../support/fault-of.ts';

const seed = (length: number) =>
	fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Uint8Array.from(bytes));

test('the words are those of BIP-39 (vectors of trezor/python-mnemonic)', () => {
	expect(wordsFromSeed(new Uint8Array(16).fill(0x7f)).join(' ')).toBe(
		'legal winner thank year wave sausage worth useful legal winner thank yellow',
	);
	expect(wordsFromSeed(new Uint8Array(32).fill(0x80)).join(' ')).toBe(
		'letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid ' +
			'letter advice cage absurd amount doctor acoustic bless',
	);
});

test.each([
	[16, 12],
	[32, 24],
] as const)('%i bytes go round in %i words', (bytes, count) => {
	fc.assert(
		fc.property(seed(bytes), (original) => {
			const words = wordsFromSeed(original);
			return words.length === count && hex(seedFromWords(words, count)) === hex(original);
		}),
	);
});

test('words are read as people write them', () => {
	const words = wordsFromSeed(new Uint8Array(16).fill(0x7f));
	const asWritten = words.map((word, i) => `${i + 1}. ${word.toUpperCase()},`).join('\r\n');
	expect(hex(seedFromWords(asWritten, 12))).toBe('7f'.repeat(16));
	expect(hex(seedFromWords(`\u00a0${words.join('  ')} `, 12))).toBe('7f'.repeat(16));
});

describe('a wrong word', () => {
	test('is named by its number and never repeated', async () => {
		await fc.assert(
			fc.asyncProperty(seed(16), fc.nat({ max: 11 }), async (original, at) => {
				const words = wordsFromSeed(original).with(at, 'undersigned');
				let message = '';
				try {
					seedFromWords(words, 12);
				} catch (fault) {
					message = String(fault);
				}
				return (await placeOf(() => seedFromWords(words, 12))) === `word ${at + 1}` && !message.includes('undersigned');
			}),
		);
	});

	test('that exists breaks the check', async () => {
		const words = wordsFromSeed(new Uint8Array(16).fill(0x7f));
		expect(await faultOf(() => seedFromWords(words.with(11, 'zoo'), 12))).toBe('words-check');
	});

	test('that is missing is counted', async () => {
		expect(await faultOf(() => seedFromWords('legal winner', 12))).toBe('words-count');
		expect(await faultOf(() => seedFromWords(wordsFromSeed(new Uint8Array(16)), 24))).toBe('words-count');
	});
});
