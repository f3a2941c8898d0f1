/** The style sheet of one letter: the built one, and what of its paper is its own. The content security policy allows no style in a page itself. */
import { shownFingerprint } from '../charter.ts';
import { inLanguageOf, type Speaker } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import type { PageFile } from './page-file.ts';
import { msg } from './words.ts';

/**
 * At the foot of each printed page stands the fingerprint (CSS Paged Media, section 4: page-margin boxes). No sheet beside the built one: that
 * would be one more request for everybody, whether they print or not.
 * @param built its path in the letter's folder, such as `assets/letter-HASH.css`
 * @param speaker as that of the pages
 * @returns beside it, under a name that is another for other bytes
 */
export function letterStyle(view: LetterPageView, built: { path: string; text: string }, speaker?: Speaker): PageFile {
	const shown = shownFingerprint(view.root);
	const halves = shown.match(/.{1,40}/g)?.map((half) => half.trim()) ?? [];
	const title = inLanguageOf(view.document, { speaker }, () => msg('Fingerprint of this letter:'));
	const foot = `@page{@bottom-left{content:"${title.replaceAll(/["\\]/g, '\\$&')}\\a ${halves.join('\\a ')}";font:7pt/1.4 monospace;white-space:pre;text-align:left}}`;
	const name = shown.replaceAll(' ', '').slice(0, 12);
	return {
		path: built.path.replace(/\.css$/, `-${name}.css`),
		mediaType: 'text/css; charset=utf-8',
		text: `${built.text.trimEnd()}\n${foot}\n`,
	};
}
