/** Whether the page shows the text that was checked: the server rendered it, and might have rendered another. */
import { html, render } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { TextDocument } from '../../shared/charter.ts';
import { arrived } from '../../shared/client/later.ts';
import { Fault } from '../../shared/fault.ts';
import { toWord } from '../../shared/pages/languages.ts';

const rendering = () => arrived(() => import('../../shared/markdown.ts'));

/** Ahead of the check, while the letter itself is asked for: one way to the server instead of two. What fails is asked for again by the check. */
export const fetchForCheck = (): void => void rendering().catch(() => {});

/** @param article the letter as served. @throws Fault `chain-text`; Unanswered where what it takes did not come */
export async function checkShownText(article: Element, text: TextDocument): Promise<void> {
	// Markdown is the larger half of this page's code, and nothing needs it before the letter is on the screen.
	const { renderMarkdown, renderReferences } = await rendering();
	const expected = document.createElement('div');
	const parts = [text, ...text.translations].flatMap((one, i) => {
		const mark = i === 0 ? 'reference' : `reference-${i}`;
		const body = html`<div class="body">${unsafeHTML(renderMarkdown(one.text, one.references, mark))}</div>`;
		return one.references.length === 0 ? [body] : [body, html`${unsafeHTML(renderReferences(one.references, mark))}`];
	});
	render(html`${parts}`, expected);
	const title = article.querySelector('h1')?.textContent;
	const same = JSON.stringify(spelled(article)) === JSON.stringify(spelled(expected));
	const addressed = [text, ...text.translations].flatMap(({ addressees, language }, i) =>
		addressees === '' ? [] : [i === 0 ? `${toWord(language)}${addressees}` : addressees],
	);
	const shown = [...article.querySelectorAll('.to')].map((to) => to.textContent);
	const titled = text.translations.map((one) => one.title);
	const agreed = JSON.stringify([text.title, addressed, titled]);
	if (!same || JSON.stringify([title, shown, [...article.querySelectorAll('summary')].map(titleOf)]) !== agreed) {
		throw new Fault('chain-text', 'page', 'The page shows another text than the one that was agreed on.');
	}
}

/** Of a translation: behind it stands the name of its language, which browsers and servers spell in more than one way. Null where anything else stands there. */
function titleOf(summary: Element): string | null {
	const [title, language, ...more] = summary.childNodes;
	const named = language instanceof Element && language.matches('span.quiet');
	return title instanceof Text && named && more.length === 0 ? title.data.replace(/ $/, '') : null;
}

/** Without the comments by which Lit finds its places. */
const spelled = (element: Element) =>
	[...element.querySelectorAll('.body, .references')].map((part) => part.innerHTML.replace(/<!--.*?-->/gs, '').trim());
