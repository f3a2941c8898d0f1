/** The letter's first page, in the language that it was written in or in a translation: all of it that most people read. */
import { account } from './account.ts';
import { letterFoot } from './letter-foot.ts';
import { inLanguageOf, type LetterFrame } from './letter-frame.ts';
import { letterPosts, sinceLink } from './letter-posts.ts';
import { letterShell } from './letter-shell.ts';
import { languageLinks, languageSwitch, letterText, topOfPage } from './letter-text.ts';
import type { LetterPageView, LetterText } from './letter-view.ts';
import { signatories } from './signatories.ts';
import { html, msg } from './words.ts';

/** The letter itself, with the first of its signatories. @param text one of the view's; the document itself unless told */
export function indexPage(
	view: LetterPageView,
	frame: LetterFrame,
	text: LetterText | undefined = view.texts[0],
): string {
	if (text === undefined) throw new Error('There is no text.');
	return inLanguageOf(text, frame, () =>
		letterShell(
			view,
			frame,
			{ title: text.title, path: text.path, links: languageLinks(view, frame), search: view.named.length > 0 },
			html`<a class="skip" href="#signatories">${msg('Go to the signatories')}</a>
${topOfPage(view, frame, html`${sinceLink(view)}${languageSwitch(view, frame, text)}`)}<main class="letter"><article class="sheet">
${letterText(view, text)}${account(view, frame)}${signatories(view, frame)}${letterPosts(view)}${letterFoot(view, frame)}</article></main>
`,
		),
	);
}
