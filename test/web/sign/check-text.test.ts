import { describe, expect, test } from 'vitest';
import type { TextDocument } from '../../../shared/charter.ts';
import { renderMarkdown, renderReferences } from '../../../shared/markdown.ts';
import { toWord } from '../../../shared/pages/languages.ts';
import { signPage } from '../../../shared/pages/sign-page.ts';
import { checkShownText } from '../../../web/sign/check-text.ts';
import { makeLetter } from '../../support/charter.ts';

const text: TextDocument = {
	...{ title: 'We refuse & ask', addressees: 'The board of Northwind', language: 'en' },
	...{ text: 'We ask for **three** things.[1]\n\n- “One” & <two>', references: ['https://a.example/?a=1&b=2'] },
	translations: [
		{ title: 'Pedimos', addressees: '', language: 'es', text: 'Pedimos *tres* cosas.[1]', references: ['Fuente'] },
	],
};

const inItsLanguage = ({ title }: { title: string }) => `${title} <span class="quiet">(<bdi>Spanish</bdi>)</span>`;

/** As shared/pages/sign-page.ts serves it. */
function served(shown: TextDocument, titleOf = inItsLanguage): Element {
	const parts = [shown, ...shown.translations].map((one, i) => {
		const mark = i === 0 ? 'reference' : `reference-${i}`;
		const to = one.addressees === '' ? '' : `<p class="to">${i === 0 ? toWord(one.language) : ''}${one.addressees}</p>`;
		const [summary, end] = i === 0 ? ['', ''] : [`<details><summary>${titleOf(one)}</summary>`, '</details>'];
		return `${summary}${to}<div class="body">${renderMarkdown(one.text, one.references, mark)}</div>\n${renderReferences(one.references, mark)}${end}`;
	});
	const document = new DOMParser().parseFromString(`<article><h1></h1>${parts.join('')}</article>`, 'text/html');
	const article = document.querySelector('article');
	const title = article?.querySelector('h1');
	if (!article || !title) throw new Error('No article.');
	title.textContent = shown.title;
	return article;
}

describe('the letter on the page', () => {
	test('is the one that was checked', async () => {
		await checkShownText(served(text), text);
	});

	test('is so in another language, where no English word stands before the addressees', async () => {
		const german = { ...text, language: 'de', addressees: 'An den Vorstand von Northwind' };
		const article = served(german);
		expect(article.querySelector('.to')?.textContent).toBe('An den Vorstand von Northwind');
		await checkShownText(article, german);
	});

	test('is the page that the server makes, with a translation that runs to the left', async () => {
		const arabic = { title: 'نرفض', addressees: 'إلى المجلس', language: 'ar', text: 'نحن **نرفض**.', references: [] };
		const shown = { ...text, language: 'de', addressees: 'An den Vorstand', translations: [arabic] };
		const { charter } = await makeLetter();
		const atLeast = { signatures: 0, named: 0 };
		const view = {
			state: 'open' as const,
			link: 'link',
			charter,
			text: shown,
			atLeast,
			lastCallUntil: null,
			releaseAt: null,
			restored: null,
		};
		const page = await signPage(view, { styles: [], scripts: [] });
		const article = new DOMParser().parseFromString(String(page), 'text/html').querySelector('article')!;
		await checkShownText(article, shown);
		expect(article.querySelector('details summary')?.textContent).toBe('نرفض (العربية)');
		expect(article.querySelector('details .body')?.closest('[dir]')?.getAttribute('dir')).toBe('rtl');
	});

	const [spanish] = text.translations;
	test.each([
		['title', { ...text, title: 'We accept' }],
		['text', { ...text, text: text.text.replace('three', 'two') }],
		['addressee', { ...text, addressees: 'The board of Eastwind' }],
		['link of a reference', { ...text, references: ['https://b.example/'] }],
		['translation', { ...text, translations: [{ ...spanish!, text: 'Pedimos *dos* cosas.[1]' }] }],
		['title of a translation', { ...text, translations: [{ ...spanish!, title: 'Aceptamos' }] }],
		['missing translation', { ...text, translations: [] }],
	])('is not, with another %s', async (_part, other) => {
		await expect(checkShownText(served(other), text)).rejects.toMatchObject({ code: 'chain-text' });
	});

	test('is not, with anything else beside the title of a translation', async () => {
		const more = served(text, (one) => inItsLanguage(one).replace('</span>', '</span>: withdrawn'));
		await expect(checkShownText(more, text)).rejects.toMatchObject({ code: 'chain-text' });
	});
});
