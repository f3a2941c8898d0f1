/** What every page of a released letter begins and ends with. Nothing inline that runs or styles: the content security policy allows none. */
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
	/** Not for search engines, even once it is released: a fragment for other sites. */
	unlisted?: boolean;
}

/** @returns a whole document */
export function letterShell(view: LetterPageView, frame: LetterFrame, head: LetterPageHead, body: Html): string {
	const { assets, kind } = frame;
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
${open && head.path === 'index.html' ? html`<script type="application/ld+json">${raw(letterData(view))}</script>\n` : ''}</body>
</html>
`);
}
