/** What of a letter's paper is its own: the foot of each printed page. The content security policy allows no style in the page itself. */
import { shownFingerprint } from '../charter.ts';
import type { LetterPageView } from './letter-view.ts';
import type { PageFile } from './page-file.ts';

export const PRINT_PATH = 'print.css';

/** @page margin boxes (CSS Paged Media, section 4): the fingerprint at the foot of each page, beside the page's number. */
export function printStyle(view: LetterPageView): PageFile {
	const halves = shownFingerprint(view.fingerprint).match(/.{1,40}/g) ?? [];
	const shown = halves.map((half) => half.trim()).join('\\a ');
	const text = `@page {
	@bottom-left {
		content: "Fingerprint of this letter:\\a ${shown}";
		font: 7pt/1.4 monospace;
		white-space: pre;
		text-align: start;
	}
}
`;
	return { path: PRINT_PATH, mediaType: 'text/css; charset=utf-8', text };
}
