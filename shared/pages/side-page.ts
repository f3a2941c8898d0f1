/** A page beside the letter that says one thing about it: the numbers, the recount, how to check by hand. */
import { html } from 'hono/html';
import type { LetterFrame } from './letter-frame.ts';
import { type LetterPageHead, letterShell } from './letter-shell.ts';
import { topOfPage, wayBack } from './letter-text.ts';
import type { LetterPageView } from './letter-view.ts';
import type { Html } from './shell.ts';

/** @param head `title` stands before the letter's own. @param body begins with the page's heading */
export function sidePage(view: LetterPageView, frame: LetterFrame, head: LetterPageHead, body: Html): string {
	const { document } = view;
	return letterShell(
		view,
		frame,
		{ ...head, title: `${head.title}: ${document.title}` },
		html`${topOfPage(view, frame, wayBack)}<main class="letter"><article class="sheet prose">
<p class="kicker" lang="${document.language}" dir="auto">${document.title}</p>
${body}</article></main>
`,
	);
}
