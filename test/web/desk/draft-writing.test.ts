import { beforeEach, expect, test } from 'vitest';
import { page as screen, userEvent } from 'vitest/browser';
import type { Draft } from '../../../shared/api/desk.ts';
import { withDefaults } from '../../../shared/draft-defaults.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { movedCaret } from '../../../web/desk/caret.ts';
import { deliveryLines } from '../../../web/desk/draft-deliveries.ts';
import { DraftFirstDomain } from '../../../web/desk/draft-first-domain.ts';
import { inWords } from '../../../web/desk/draft-in-words.ts';
import { DraftLetter } from '../../../web/desk/draft-letter.ts';
import { roomIn, tooLong } from '../../../web/desk/draft-room.ts';
import { lawyerHints } from '../../../web/desk/lawyer-hints.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { settled } from '../settled.ts';
import { fitsItsWidth, show, smallTargets } from './desk-stage.ts';
import { word } from './paste/clipboards.ts';

const now = new Date('2027-03-01T09:00:00Z');
let element: DraftLetter;

beforeEach(async () => {
	element = new DraftLetter();
	const put = (draft: Draft) => {
		element.draft = draft;
		element.filled = withDefaults(draft, 2, now);
	};
	let latest = wholeDraft(now);
	put(latest);
	element.setting = { organizers: ['R.', 'K.'], origin: 'https://letters.example', letterStyle: '' };
	element.addEventListener('draft-change', (event) => {
		if (!(event instanceof CustomEvent)) return;
		latest = { ...latest, ...(event.detail as Partial<Draft>) };
		// The desk hands back what was typed last, in its own time.
		setTimeout(() => put(latest));
	});
	await show(element);
});

const area = (): HTMLTextAreaElement => {
	const found = element.querySelector('textarea');
	if (!found) throw new Error('There is nothing to write in.');
	return found;
};
const page = () => element.querySelector('iframe')?.contentDocument ?? null;

async function type(text: string): Promise<void> {
	area().value = text;
	area().dispatchEvent(new Event('input', { bubbles: true }));
	await settled(element);
}

test('beside the text stands the page as it will be published; it follows what is typed and stays where it is read', async () => {
	await screen.viewport(1440, 900);
	await expect.poll(() => page()?.querySelector('h1')?.textContent).toBe('We refuse to be complicit');
	expect(page()?.querySelector('.to')?.textContent).toContain('the board of Northwind');
	expect(page()?.querySelector('.press')?.textContent).toContain('press@letter.example');
	expect(page()?.querySelector('.count')?.textContent).toContain('0');
	expect(page()?.querySelector('script')).toBeNull();
	expect(element.querySelector('iframe')?.getAttribute('sandbox')).toBe('allow-same-origin');
	const long = Array.from({ length: 200 }, (_, i) => `Paragraph ${i}.`).join('\n\n');
	await type(long);
	await expect.poll(() => page()?.body.textContent).toContain('Paragraph 199.');
	const shown = page();
	shown?.scrollingElement?.scrollTo({ top: 900 });
	await type(`${long}\n\nAnd [a link](https://elsewhere.example/).`);
	await expect.poll(() => page()?.body.textContent).toContain('And a link.');
	expect(page()).toBe(shown);
	expect(shown?.scrollingElement?.scrollTop).toBe(900);
	const left = new MouseEvent('click', { bubbles: true, cancelable: true });
	shown?.querySelector('a[href^="https://elsewhere"]')?.dispatchEvent(left);
	expect(left.defaultPrevented).toBe(true);
});

test('what is pasted from a word processor is Markdown, and one undo takes all of it back', async () => {
	await userEvent.click(area());
	await userEvent.keyboard('{Control>}{End}{/Control} Typed.');
	await expect.poll(() => area().value).toMatch(/ Typed\.$/);
	await settled(element);
	const before = area().value;
	const clipboardData = new DataTransfer();
	clipboardData.setData('text/html', word);
	clipboardData.setData('text/plain', 'What we ask');
	area().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	await expect.poll(() => area().value).toContain('# What we ask\n\nWe build what this company **sells abroad**.[1]');
	await expect.poll(() => element.textContent).toContain('Pictures were left out');
	await settled(element);
	expect(element.draft.text).toBe(area().value);
	await userEvent.keyboard('{Control>}z{/Control}');
	await expect.poll(() => [area().value, element.draft.text]).toEqual([before, before]);
});

test('what is wrong stands beside the text while it is typed, with its line, and what is said leads there', async () => {
	await type('First.\n\n![a chart](https://elsewhere.example/chart.png)\n\nRead <b>this</b>.[7]');
	const said = element.querySelector('#text-faults')?.textContent ?? '';
	expect(said).toMatch(/Line 3\s+A letter holds no images/);
	expect(said).toMatch(/Line 5\s+This is HTML/);
	expect(area().getAttribute('aria-invalid')).toBe('true');
	[...element.querySelectorAll<HTMLElement>('#text-faults button')]
		.find((one) => one.textContent === 'Line 3')
		?.click();
	expect(document.activeElement).toBe(area());
	expect(area().value.slice(area().selectionStart, area().selectionEnd)).toContain('![a chart]');
	expect(smallTargets()).toEqual([]);
	expect(fitsItsWidth()).toBe(true);
});

test('a limit is said before it is met, and what is over it is not sent', async () => {
	expect(roomIn('a'.repeat(LIMITS.title * 0.5), LIMITS.title)).toBeNull();
	expect(roomIn('a'.repeat(LIMITS.title - 10), LIMITS.title)).toEqual({
		over: false,
		said: 'Room for about 10 characters more.',
	});
	expect(roomIn('я'.repeat(LIMITS.title / 2 + 5), LIMITS.title)).toMatchObject({ over: true });
	expect(tooLong(wholeDraft(now))).toBeNull();
	expect(tooLong(wholeDraft(now, { title: 'a'.repeat(LIMITS.title + 1) }))).toBe('The title is too long');
	expect(tooLong(wholeDraft(now, { references: ['', 'a'.repeat(LIMITS.reference + 1)] }))).toBe(
		'The reference 2 is too long',
	);
	const many = (count: number) => Array.from({ length: count }, (_, n) => `n${n}@company.example`);
	expect(deliveryLines(many(LIMITS.deliveries + 1).join('\n'))).toEqual(many(LIMITS.deliveries + 1));
	expect(tooLong(wholeDraft(now, { deliveries: many(LIMITS.deliveries + 1) }))).toContain('more than 20');
	expect(tooLong(wholeDraft(now, { labels: many(LIMITS.labels + 1) }))).toContain('more than 50 labels');
	await type('a'.repeat(LIMITS.text + 1));
	expect(element.querySelector('#text-room')?.textContent).toContain('too long');
});

test('others’ words come in around the caret, which stays beside the same characters', () => {
	expect(movedCaret('one two', 'zero one two', 3)).toBe(8);
	expect(movedCaret('one two', 'one two three', 3)).toBe(3);
	expect(movedCaret('one old two', 'one new two', 11)).toBe(11);
});

test('what a lawyer would ask is asked of every text, and pieces that it may be about are shown', () => {
	const hints = lawyerHints('We will not build it. Mr Brandt lied. “We never asked what they do with it”, said one.');
	expect(hints).toHaveLength(5);
	expect(hints.map(({ found }) => found)).toEqual([
		['will not build'],
		[],
		['Mr Brandt', 'lied'],
		['“We never asked what they do with it”'],
		[],
	]);
	expect(lawyerHints('')).toHaveLength(5);
});

test('one domain makes the first group, and taking it out again leaves none', async () => {
	const first = new DraftFirstDomain();
	first.draft = wholeDraft(now, { groups: [] });
	first.addEventListener('draft-change', (event) => {
		if (event instanceof CustomEvent) first.draft = { ...first.draft, ...(event.detail as Partial<Draft>) };
	});
	await show(first);
	const enter = async (typed: string) => {
		const input = first.querySelector('input');
		if (!input) throw new Error('There is no field.');
		input.value = typed;
		input.dispatchEvent(new Event('change', { bubbles: true }));
		await settled(first);
	};
	await enter('kim@Northwind.example');
	expect(first.draft.groups).toMatchObject([{ proof: 'mailbox', name: '', domains: ['northwind.example'] }]);
	await enter('gmail.com');
	expect(first.querySelector('.wrong')?.textContent).toContain('Anybody can have a mailbox');
	await enter('');
	expect(first.draft.groups).toEqual([]);
});

test('what can wait is said in words, and what nobody chose is said to be a default', () => {
	const bare = wholeDraft(now, {
		...{ addressees: '', references: [], groups: [], labels: [], advice: '', press: '', smallestCell: 5 },
		...{ threshold: null, closesAt: null, expiresOn: null },
	});
	const words = inWords(bare, withDefaults(bare, 3, now), 3);
	expect(Object.values(words).map(({ chosen }) => chosen)).toEqual(Array(8).fill(false));
	expect(words.threshold.words).toBe('2 of 3 organizers, the fewest that can be');
	expect(words.dates.words).toMatch(/^Closes .*15 March 2027/);
	const whole = wholeDraft(now);
	expect(Object.values(inWords(whole, whole, 2)).filter(({ chosen }) => chosen)).toHaveLength(7);
});
