/** The letter itself: to whom, what it says, its references, whom the press may call. */
import { renderMarkdown, renderReferences } from '../markdown.ts';
import { directionOf, languageName, toWord } from './languages.ts';
import { addressOf } from './letter-data.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView, LetterText } from './letter-view.ts';
import { spellMoment } from './numbers.ts';
import { joinNames } from './people.ts';
import { brokenSeal } from './seal.ts';
import type { Html } from './shell.ts';
import { html, msg, raw } from './words.ts';

/** Above the sheet: when, and in which languages. @param way back to the letter, from its other pages */
export function topOfPage(view: LetterPageView, frame: LetterFrame, side: Html | string): Html {
	return html`<header class="top"><span>${released(view.releasedAt, frame)}</span>${side}</header>
`;
}

function released(at: string, { kind }: LetterFrame): Html | string {
	if (at === '') return msg('Not released yet');
	const moment = html`<time datetime="${at}">${spellMoment(at)}</time>`;
	return kind === 'released' ? msg(html`Released ${moment}`) : msg(html`To be released ${moment}`);
}

/** By its name, not as the folder: that is a list of files to whoever opens a copy from a disk. */
export const wayBack = () =>
	html`<nav aria-label="${msg('The letter')}"><a href="index.html">${msg('Back to the letter')}</a></nav>`;

/** Each language by its own name; nothing for a letter in one. A rehearsal has no pages to go to. */
export function languageSwitch(view: LetterPageView, frame: LetterFrame, shown: LetterText): Html | string {
	if (view.texts.length === 1) return '';
	const one = (text: LetterText) => {
		const name = languageName(text.language);
		if (text === shown) return html`<a aria-current="page" lang="${text.language}">${name}</a>`;
		if (frame.kind === 'rehearsal') return html`<bdi lang="${text.language}">${name}</bdi>`;
		return html`<a href="${text.path}" lang="${text.language}" hreflang="${text.language}">${name}</a>`;
	};
	return html`<nav class="languages" aria-label="${msg('Languages')}">${view.texts.map((text) => html`${one(text)}\n`)}</nav>`;
}

/** For search engines, which want whole addresses here: the same letter in other languages. */
export function languageLinks(view: LetterPageView, frame: LetterFrame): Html | string {
	if (view.texts.length === 1 || frame.kind !== 'released') return '';
	return html`${view.texts.map(({ language, path }) => html`<link rel="alternate" hreflang="${language}" href="${addressOf(view, path)}">\n`)}`;
}

export function letterText(view: LetterPageView, shown: LetterText): Html {
	const written = html`lang="${shown.language}" dir="${directionOf(shown.language)}"`;
	return html`<header class="head"><div>
<p class="kicker">${kicker(view)}</p>
<h1 lang="${shown.language}" dir="auto">${shown.title}</h1>
${shown.addressees === '' ? '' : html`<p class="to" dir="${toDirection(shown.language)}">${toWord(shown.language)}<bdi lang="${shown.language}">${shown.addressees}</bdi></p>`}
</div>${brokenSeal()}</header>
${translated(view, shown)}<div class="body" ${written}>${raw(renderMarkdown(shown.text, shown.references))}</div>
${shown.references.length === 0 ? '' : html`<section ${written} aria-label="${msg('References')}">${raw(renderReferences(shown.references))}</section>`}
<p class="press">${msg(html`<b>For the press:</b> <bdi>${withAddresses(view.press)}</bdi>`)}</p>
`;
}

/** "An open letter, signed by people of Northwind and Contoso" */
export function kicker({ groups }: LetterPageView): Html | string {
	const names = groups.filter(({ named, anonymous }) => named + anonymous > 0).map(({ name }) => name);
	if (names.length === 0) return msg('An open letter');
	return msg(html`An open letter, signed by people of <bdi>${joinNames(names)}</bdi>`);
}

/** What stands in a bdi decides nothing around it (HTML, section 3.2.6.4): without a word before it, the language does. */
const toDirection = (language: string) => (toWord(language) === '' ? directionOf(language) : 'auto');

function translated(view: LetterPageView, shown: LetterText): Html | string {
	const [original] = view.texts;
	if (original === undefined || shown === original) return '';
	const { language } = original;
	const letter = html`<a href="index.html" lang="${language}" hreflang="${language}">${languageName(language)}</a>`;
	return html`<p class="small quiet">${msg(html`A translation, signed together with the letter in ${letter}.`)}</p>
`;
}

const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]|[^\s<>"@,;:()]+@[^\s<>"@,;:()]+\.[\p{L}\d-]+)/giu;

/** Plain text in which web and mail addresses are links. */
function withAddresses(text: string): Html {
	return html`${text.split(ADDRESS).map((part, i) => {
		if (i % 2 === 0) return part;
		return html`<a href="${part.includes('://') ? part : `mailto:${part}`}" rel="noopener noreferrer nofollow">${part}</a>`;
	})}`;
}
