import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeText } from '../../../web/desk/merge-text.ts';

const letter = 'We build this.\n\nIt hurts people.\n\nCancel the contract.';

test('two who write in different paragraphs both keep what they wrote', () => {
	const mine = letter.replace('We build this.', 'We build what this company sells.');
	const theirs = letter.replace('Cancel the contract.', 'Cancel the contract by May.\n\nPublish it.');
	const both = mine.replace('Cancel the contract.', 'Cancel the contract by May.\n\nPublish it.');
	expect(mergeText(letter, mine, theirs)).toEqual({ mine: both, theirs: both, conflicts: [] });
});

test('neighbouring lines of a list are not the same line', () => {
	const list = '- one\n- two\n- three';
	const merged = mergeText(list, '- one, mine\n- two\n- three', '- one\n- two, theirs\n- three');
	expect([merged.mine, merged.conflicts]).toEqual(['- one, mine\n- two, theirs\n- three', []]);
});

test('both add at one place: both stay; where one has only gone on, it stands once', () => {
	expect(mergeText('a\n', 'a\nmine\n', 'a\ntheirs\n').mine).toBe('a\ntheirs\nmine\n');
	expect(mergeText('a\n', 'a\nHello wor\n', 'a\nHello\n').conflicts).toEqual([]);
});

test('one paragraph changed by both is a conflict of that paragraph alone: all else of both is in either way', () => {
	const merged = mergeText(
		letter,
		letter.replace('hurts people', 'hurts many').replace('We build this', 'We made this'),
		letter.replace('hurts people', 'kills people').replace('the contract.', 'it.'),
	);
	expect(merged.conflicts).toEqual([{ mine: 'It hurts many.', theirs: 'It kills people.' }]);
	expect(merged.mine).toBe('We made this.\n\nIt hurts many.\n\nCancel it.');
	expect(merged.theirs).toBe('We made this.\n\nIt kills people.\n\nCancel it.');
});

test('a paragraph that one takes out and the other changes is for a person to decide', () => {
	const without = 'We build this.\n\nCancel the contract.';
	const changed = letter.replace('hurts', 'harms');
	const { conflicts, mine, theirs } = mergeText(letter, without, changed);
	expect(conflicts).toHaveLength(1);
	expect(mine).not.toContain('people');
	expect(theirs).toContain('It harms people.');
});

const paragraphs = fc.uniqueArray(
	fc.string({ minLength: 1, unit: fc.constantFrom(...'abcdefghij ') }).map((text) => `p${text}`),
	{
		minLength: 1,
		maxLength: 8,
	},
);

test('whoever changes which paragraphs, as long as they are different ones, there is no conflict and nothing is lost', () => {
	fc.assert(
		fc.property(paragraphs, fc.array(fc.constantFrom('mine', 'theirs', 'nobody'), { maxLength: 8 }), (texts, who) => {
			const write = (...writers: string[]) =>
				texts.map((text, i) => (writers.includes(who[i] ?? '') ? `${text} (${who[i]}, ${i})` : text)).join('\n\n');
			const merged = mergeText(write(), write('mine'), write('theirs'));
			expect(merged).toEqual({ mine: write('mine', 'theirs'), theirs: write('mine', 'theirs'), conflicts: [] });
		}),
	);
});

test('who alone changes anything is followed to the letter', () => {
	const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n') });
	fc.assert(
		fc.property(text, text, (base, changed) => {
			const all = { mine: changed, theirs: changed, conflicts: [] };
			expect(mergeText(base, changed, base)).toEqual(all);
			expect(mergeText(base, base, changed)).toEqual(all);
			expect(mergeText(base, changed, changed)).toEqual(all);
		}),
	);
});

test('whatever both write, each line of each is in one of the two ways', () => {
	const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n'), maxLength: 20 });
	fc.assert(
		fc.property(text, text, text, (base, mine, theirs) => {
			const merged = mergeText(base, mine, theirs);
			const kept = new Set(base.split('\n'));
			const has = (whole: string, part: string) =>
				part
					.split('\n')
					.filter((line) => !kept.has(line))
					.every((line) => whole.split('\n').some((one) => one.includes(line)));
			expect(has(merged.mine, mine)).toBe(true);
			expect(has(merged.theirs, theirs)).toBe(true);
		}),
	);
});
