import { expect, test } from 'vitest';
import type { Draft } from '../../../shared/api/desk.ts';
import { DraftTranslations } from '../../../web/desk/draft-translations.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, fitsItsWidth, show, smallTargets } from './desk-stage.ts';
import '../../../web/style/desk.css';

const put = (element: DraftTranslations, change: Partial<Draft>) => {
	element.draft = { ...element.draft, ...change };
	element.filled = element.draft;
};

function withDraft(): DraftTranslations {
	const element = new DraftTranslations();
	element.draft = element.filled = wholeDraft(new Date('2027-03-01T09:00:00Z'));
	element.setting = { organizers: ['R.', 'K.'], origin: 'https://letters.example', letterStyle: '' };
	return element;
}

async function writing(): Promise<DraftTranslations> {
	const element = withDraft();
	element.addEventListener('draft-change', (event) => {
		if (event instanceof CustomEvent) put(element, event.detail as Partial<Draft>);
	});
	return await show(element);
}

async function type(element: DraftTranslations, id: string, typed: string): Promise<void> {
	const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(`#${id}`);
	if (!field) throw new Error(`There is no ${id}.`);
	field.value = typed;
	field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
	await settled(element);
}

async function press(element: DraftTranslations, words: string): Promise<void> {
	const button = [...element.querySelectorAll('button')].find((one) => one.textContent?.trim() === words);
	if (!button) throw new Error(`There is no “${words}”.`);
	button.click();
	await settled(element);
}

test('a translation is written beside its own preview, starts from the references, and keeps the original as it is', async () => {
	const element = await writing();
	const original = element.draft;
	await press(element, 'Add a translation');
	await type(element, 'translation-0-language', 'pl');
	await type(element, 'translation-0-title', 'Nie będziemy współwinni');
	await type(element, 'translation-0-text', 'Wypowiedzcie **umowę**.[1]');
	expect(element.draft).toEqual({
		...original,
		translations: [
			{
				language: 'pl',
				title: 'Nie będziemy współwinni',
				addressees: '',
				text: 'Wypowiedzcie **umowę**.[1]',
				references: ['Public procurement record.'],
			},
		],
	});
	const shown = element.querySelector('#translation-0');
	expect(shown?.querySelector('summary')?.textContent).toBe('polski: Nie będziemy współwinni');
	const page = () => shown?.querySelector('iframe')?.contentDocument;
	await expect.poll(() => page()?.querySelector('.body strong')?.textContent).toBe('umowę');
	expect(page()?.querySelector('h1')?.textContent).toBe('Nie będziemy współwinni');
	expect(page()?.querySelector('.body sup a')?.getAttribute('href')).toBe('#reference-1');
	expect(element.querySelector<HTMLDetailsElement>('#translation-0')?.open).toBe(true);
	// Main and heading are the desk's, around this part of it.
	const faults = await accessibilityFaults();
	expect(faults.filter((one) => !/^(landmark-one-main|page-has-heading-one|region):/.test(one))).toEqual([]);
	expect(smallTargets()).toEqual([]);
	expect(fitsItsWidth()).toBe(true);
});

test('one that was added is unfolded, and its language has the focus, whenever the desk hands the draft back', async () => {
	const element = withDraft();
	element.addEventListener('draft-change', (event) => {
		if (event instanceof CustomEvent)
			setTimeout(() => {
				put(element, event.detail as Partial<Draft>);
			}, 5);
	});
	await show(element);
	await press(element, 'Add a translation');
	await expect.poll(() => document.activeElement?.id).toBe('translation-0-language');
	expect(element.querySelector<HTMLDetailsElement>('#translation-0')?.open).toBe(true);
});

test('one that was removed by mistake comes back where it stood', async () => {
	const element = await writing();
	const one = (language: string) => ({ language, title: language, addressees: '', text: language, references: [] });
	put(element, { translations: [one('pl'), one('es')] });
	await settled(element);
	await press(element, 'Remove this translation');
	expect(element.draft.translations.map(({ language }) => language)).toEqual(['es']);
	expect(element.querySelector('[role=status]')?.textContent).toContain('polski');
	await press(element, 'Undo');
	expect(element.draft.translations.map(({ language }) => language)).toEqual(['pl', 'es']);
});
