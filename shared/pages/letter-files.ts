/**
 * The pages of a released letter's folder. Every link in them is relative, so that the folder reads the same from any web server, onion
 * service, archive or disk.
 */
import { utf8 } from '../bytes.ts';
import { embedPage } from './embed-page.ts';
import { indexPage } from './first-page.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import { NAMES_PATH, nameIndex } from './name-index.ts';
import { allPage, namesPage } from './names-pages.ts';
import { numbersPage } from './numbers-page.ts';
import type { PageFile } from './page-file.ts';
import { onePage, pathOfSection } from './signatories.ts';

const page = (path: string, text: string): PageFile => ({ path, mediaType: 'text/html; charset=utf-8', text });

/** All of them, lazily, one at a time: those of a large letter need not be in memory together. */
export function* letterPages(view: LetterPageView, frame: LetterFrame): Generator<PageFile> {
	const sizes = new Map(frame.sizes);
	for (const file of namesPages(view, frame)) {
		if (file.path === NAMES_PATH) sizes.set(file.path, utf8(file.text).length);
		yield file;
	}
	yield* wholePages(view, { ...frame, sizes });
}

/** What the search of signatories reads, then the pages of nothing but names: where there are so many that the first page does not list them. */
export function* namesPages(view: LetterPageView, before: LetterFrame): Generator<PageFile> {
	const whole = onePage(view, before);
	const index = nameIndex(view, ({ key }) => (whole ? 'index.html' : pathOfSection(key)));
	yield index;
	if (whole) return;
	const frame = { ...before, sizes: new Map([...(before.sizes ?? []), [NAMES_PATH, utf8(index.text).length]]) };
	for (const [at, section] of view.sections.entries()) {
		yield page(pathOfSection(section.key), namesPage(view, frame, at));
	}
}

/** The others. They say how large the letter's files are: `sizes` of the frame has all of them, names.txt as well. */
export function* wholePages(view: LetterPageView, frame: LetterFrame): Generator<PageFile> {
	for (const text of view.texts) yield page(text.path, indexPage(view, frame, text));
	yield page('numbers.html', numbersPage(view, frame));
	yield page('embed.html', embedPage(view, frame));
	yield page('all.html', allPage(view, frame));
}
