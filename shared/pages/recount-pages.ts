/** The two pages on which a reader checks a released letter: in the browser, and by hand. */
import { byHandPage } from './by-hand-page.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import type { PageFile } from './page-file.ts';
import { recountPage } from './recount-page.ts';

const page = (path: string, text: string): PageFile => ({ path, mediaType: 'text/html; charset=utf-8', text });

export function recountPages(view: LetterPageView, frame: LetterFrame): PageFile[] {
	return [page('recount.html', recountPage(view, frame)), page('by-hand.html', byHandPage(view, frame))];
}
