import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextDocument } from '../../shared/charter.ts';
import { type Block, type Piece, textChanges } from '../../shared/text-changes.ts';

const letter: TextDocument = {
	title: 'We will not build this',
	addressees: 'Ada Example, chief executive',
	language: 'en',
	text: 'We refuse to be complicit.\n\nOur work was for patients.\n\nStop the contract [1].',
	references: ['The contract, page 4'],
	translations: [],
};

const said = (pieces: Piece[], ...kinds: Piece['kind'][]) =>
	pieces
		.filter(({ kind }) => kinds.includes(kind))
		.map(({ text }) => text)
		.join('');
const changedIn = (blocks: Block[]) => blocks.flatMap((block) => (block.kind === 'changed' ? [block.pieces] : []));

test('a text that is the same has not changed', () => {
	expect(textChanges(letter, { ...letter, translations: [] })).toEqual([]);
});

test('a word that was changed stands between those that were not', () => {
	const [language] = textChanges(letter, { ...letter, text: letter.text.replace('refuse', 'decline') });
	expect(language).toMatchObject({ language: 'en', kind: 'changed', parts: [{ part: 'text' }] });
	const [first, ...others] = language?.parts[0]?.blocks ?? [];
	if (first?.kind !== 'changed') throw new Error('the first paragraph has not changed');
	expect(said(first.pieces, 'gone')).toBe('refuse');
	expect(said(first.pieces, 'new')).toBe('decline');
	expect(others.map(({ kind }) => kind)).toEqual(['same', 'same']);
});

test('a paragraph that came, one that went, a reference, a title', () => {
	const changed = textChanges(letter, {
		...letter,
		title: 'We will not build that',
		text: 'We refuse to be complicit.\n\nStop the contract [1].\n\nAnswer us by Friday [2].',
		references: [...letter.references, 'Its annex'],
	});
	expect(changed[0]?.parts.map(({ part }) => part)).toEqual(['title', 'text', 'references']);
	const [went, came] = changedIn(changed[0]?.parts[1]?.blocks ?? []);
	expect(went).toEqual([{ kind: 'gone', text: 'Our work was for patients.' }]);
	expect(came).toEqual([{ kind: 'new', text: 'Answer us by Friday [2].' }]);
});

test('a translation that was added, and one that was taken out', () => {
	const german = {
		language: 'de',
		title: 'Wir bauen das nicht',
		addressees: '',
		text: 'Wir weigern uns.',
		references: [],
	};
	const both = { ...letter, translations: [german] };
	expect(textChanges(letter, both)).toMatchObject([{ language: 'de', kind: 'new' }]);
	expect(textChanges(both, letter)).toMatchObject([{ language: 'de', kind: 'gone' }]);
});

test('whatever was written, what is left of either text is all of it', () => {
	const paragraph = fc.array(fc.constantFrom('we', 'will', 'not', 'build', '**this**', 'für', '信', '[1]'), {
		minLength: 1,
		maxLength: 12,
	});
	const text = fc
		.array(paragraph, { minLength: 1, maxLength: 8 })
		.map((all) => all.map((words) => words.join(' ')).join('\n\n'));
	fc.assert(
		fc.property(text, text, (before, after) => {
			const [language] = textChanges({ ...letter, text: before }, { ...letter, text: after });
			const blocks = language?.parts[0]?.blocks ?? [{ kind: 'same', text: before }];
			const side = (kind: 'gone' | 'new') =>
				blocks
					.map((block) => (block.kind === 'same' ? block.text : said(block.pieces, 'same', kind)))
					.filter((one) => one !== '')
					.join('\n\n')
					.replace(/\s+/g, ' ')
					.trim();
			expect([side('gone'), side('new')]).toEqual([before, after].map((one) => one.replace(/\s+/g, ' ').trim()));
		}),
	);
});
