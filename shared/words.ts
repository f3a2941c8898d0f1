/** Seeds as words that people write down (BIP-39, English list: 12 words for 16 bytes, 24 for 32). */

import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { type Bytes, concat } from './bytes.ts';
import { Fault } from './fault.ts';
import { msg, str } from './locales/say.ts';
import { spell } from './pages/numbers.ts';

const KNOWN = new Set(wordlist);

/** @param seed 16 or 32 bytes */
export function wordsFromSeed(seed: Bytes): string[] {
	return entropyToMnemonic(seed, wordlist).split(' ');
}

/**
 * Reads words without regard to case, blanks, line ends, commas and the numbers that people write before them.
 * @throws Fault `words-count`; `words-unknown`, its place `word 7`; `words-check` when each word exists but together they are no seed
 */
export function seedFromWords(typed: string | string[], count: 12 | 24): Bytes {
	const text = typeof typed === 'string' ? typed : typed.join(' ');
	const words = text
		.normalize('NFKD')
		.toLowerCase()
		.split(/[\s,;.\d]+/)
		.filter((word) => word !== '');
	if (words.length !== count) {
		throw new Fault(
			'words-count',
			'words',
			msg(str`There are ${spell(words.length)} words; ${spell(count)} are needed.`),
		);
	}
	const wrong = words.findIndex((word) => !KNOWN.has(word));
	if (wrong >= 0) {
		// Only the number: the words of a seed belong in no message.
		throw new Fault(
			'words-unknown',
			`word ${wrong + 1}`,
			msg(str`Word ${spell(wrong + 1)} is not in the list. Look at its spelling.`),
		);
	}
	try {
		return concat(mnemonicToEntropy(words.join(' '), wordlist));
	} catch {
		throw new Fault('words-check', 'words', msg('Each word exists, but one of them is not yours, or two are swapped.'));
	}
}
