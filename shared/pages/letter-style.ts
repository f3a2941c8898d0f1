/** The style sheet of one letter: the built one, and what of its paper is its own. The content security policy allows no style in a page itself. */
import { shownFingerprint } from '../charter.ts';
import { ENGLISH } from '../locales/spoken.ts';
import { inLanguageOf, type Speaker } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import type { PageFile } from './page-file.ts';
import { msg, spoken, str } from './words.ts';

/**
 * At the foot of each printed page stands the fingerprint (CSS Paged Media, section 4: page-margin boxes). No sheet beside the built one: that
 * would be one more request for everybody, whether they print or not.
 * @param built its path in the letter's folder, such as `assets/letter-HASH.css`
 * @param speaker as that of the pages
 * @returns beside it, under a name that is another for other bytes
 */
export function letterStyle(view: LetterPageView, built: { path: string; text: string }, speaker?: Speaker): PageFile {
	const shown = shownFingerprint(view.root);
	const own = inLanguageOf(view.document, { speaker }, () => `${number()}${foot(shown)}`);
	const name = shown.replaceAll(' ', '').slice(0, 12);
	return {
		path: built.path.replace(/\.css$/, `-${name}.css`),
		mediaType: 'text/css; charset=utf-8',
		text: `${built.text.trimEnd()}\n${own}\n`,
	};
}

function foot(shown: string): string {
	const halves = shown.match(/.{1,40}/g)?.map((half) => half.trim()) ?? [];
	const title = escaped(msg('Fingerprint of this letter:'));
	return `@page{@bottom-left{content:"${title}\\a ${halves.join('\\a ')}";font:7pt/1.4 monospace;white-space:pre;text-align:left}}`;
}

/** What a name says that a link led to, in another language than the built style does (web/style/signatories.css). */
function number(): string {
	if (spoken().language === ENGLISH.language) return '';
	const [before = '', after = ''] = msg(str`Number ${PLACE}`).split(PLACE).map(escaped);
	return `.names li:target::before{content:"${before}" attr(data-n) "${after}"}\n`;
}

const PLACE = '\0';

/** Within a string of CSS (CSS Syntax, section 4.3.5). */
const escaped = (text: string): string => text.replaceAll(/["\\]/g, '\\$&');
