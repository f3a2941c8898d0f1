/** What every page of a released letter begins and ends with. Nothing inline that runs or styles: the content security policy allows none. */
import type { PageProgram } from '../locales/spoken.ts';
import { directionOf } from './languages.ts';
import { addressOf, describe, letterData, previewOf } from './letter-data.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import type { Html } from './shell.ts';
import { html, raw, spoken } from './words.ts';

/** Where the banner of an invited journalist's copy is put by whoever serves it. */
export const PREPARED_FOR = '<!--prepared-for-->';

export interface LetterPageHead {
	title: string;
	/** Of this page in the letter's folder; `index.html` is the folder itself. */
	path: string;
	/** More for the head: other languages, a style for paper. */
	links?: Html | string;
	/** With the search of signatories. */
	search?: boolean;
	/** With the program that counts. */
	recount?: boolean;
	/** Not for search engines, even once it is released: a fragment for other sites. */
	unlisted?: boolean;
}

/** @returns a whole document */
export function letterShell(view: LetterPageView, frame: LetterFrame, head: LetterPageHead, body: Html): string {
	const { assets, kind } = frame;
	const program = head.recount ? 'recount' : head.search && assets.read !== null ? 'search' : null;
	const open = kind === 'released' && !head.unlisted;
	return String(html`<!doctype html>
<html lang="${spoken().language}"${directionOf(spoken().language) === 'rtl' ? html` dir="rtl"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${head.title}</title>
<meta name="description" content="${describe(view)}">
<link rel="stylesheet" href="${assets.style}">
${head.search && assets.read !== null ? html`<script type="module" src="${assets.read}"></script>\n` : ''}<link rel="icon" href="data:,">
<meta name="format-detection" content="telephone=no">
${open ? html`<link rel="canonical" href="${addressOf(view, head.path)}">\n${previewOf(view, head.title, head.path)}` : html`<meta name="robots" content="noindex, nofollow, noarchive">\n`}${head.links ?? ''}</head>
<body>
${kind === 'embargo' ? raw(`${PREPARED_FOR}\n`) : ''}${body}
${open && head.path === 'index.html' ? html`<script type="application/ld+json">${raw(letterData(view))}</script>\n` : ''}${program === null ? '' : wordsOf(program)}</body>
</html>
`);
}

/** What a program beside the page says, where it is not in English: as data in the page, so that nothing more is fetched. */
function wordsOf(program: PageProgram): Html | string {
	const words = spoken().programs?.[program];
	if (words === undefined) return '';
	return html`<script type="application/json" id="words">${raw(JSON.stringify(words).replaceAll('<', '\\u003c'))}</script>\n`;
}
