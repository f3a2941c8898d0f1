/**
 * The pages of a released letter's folder. Every link in them is relative, so that the folder reads the same from any web server, onion
 * service, archive or disk.
 */
import type { LetterFrame } from './letter-frame.ts';
import { letterPage } from './letter-page.ts';
import type { LetterPageView } from './letter-view.ts';
import type { PageFile } from './page-file.ts';

const page = (path: string, text: string): PageFile => ({ path, mediaType: 'text/html; charset=utf-8', text });

/** Lazily, one at a time: those of a large letter need not be in memory together. */
export function* letterPages(view: LetterPageView, frame: LetterFrame): Generator<PageFile> {
	yield page('index.html', indexPage(view, frame));
}

/** The letter itself, with the first of its signatories. */
export function indexPage(view: LetterPageView, frame: LetterFrame): string {
	const links =
		frame.kind === 'rehearsal' ? null : { release: 'release.json', jws: 'release.json.jws', recount: 'recount.html' };
	return letterPage(view, { styles: [frame.assets.style], links });
}
