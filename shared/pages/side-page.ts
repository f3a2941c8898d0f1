/** A page beside the letter that says one thing about it: the numbers, the recount, how to check by hand. */
import { inLanguageOf, type LetterFrame } from './letter-frame.ts';
import { type LetterPageHead, letterShell } from './letter-shell.ts';
import { topOfPage, wayBack } from './letter-text.ts';
import type { LetterPageView } from './letter-view.ts';
import type { Html } from './shell.ts';
import { html } from './words.ts';

/** `title` stands before the letter's own; `body` begins with the page's heading. */
type SidePage = LetterPageHead & { body: Html };

/** @param make called in the letter's language */
export function sidePage(view: LetterPageView, frame: LetterFrame, make: () => SidePage): string {
	const { document } = view;
	return inLanguageOf(document, frame, () => {
		const { body, ...head } = make();
		return letterShell(
			view,
			frame,
			{ ...head, title: `${head.title}: ${document.title}` },
			html`${topOfPage(view, frame, wayBack())}<main class="letter"><article class="sheet prose">
<p class="kicker" lang="${document.language}" dir="auto">${document.title}</p>
${body}</article></main>
`,
		);
	});
}
