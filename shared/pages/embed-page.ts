/** A small frame for other sites: what the letter is called, how many signed, and the way to it. No script. */
import { inLanguageOf, type LetterFrame } from './letter-frame.ts';
import { letterShell } from './letter-shell.ts';
import { kicker } from './letter-text.ts';
import type { LetterPageView } from './letter-view.ts';
import { spell } from './numbers.ts';
import { brokenSeal } from './seal.ts';
import type { Html } from './shell.ts';
import { html, msg } from './words.ts';

/** Links open outside of the frame: it is too small to read in. */
export function embedPage(view: LetterPageView, frame: LetterFrame): string {
	const { document } = view;
	return inLanguageOf(document, frame, () =>
		letterShell(
			view,
			frame,
			{ title: document.title, path: 'embed.html', unlisted: true },
			html`<main class="embedded"><div>
<p class="kicker">${kicker(view)}</p>
<h1 lang="${document.language}" dir="auto"><a href="./" target="_blank" rel="noopener">${document.title}</a></h1>
<p class="tab">${numbers(view)}</p>
</div>${brokenSeal()}</main>
`,
		),
	);
}

function numbers({ totals }: LetterPageView): Html {
	const [all, named, anonymous] = [totals.signatures, totals.named, totals.anonymous].map(spell);
	return totals.signatures === 1
		? msg(html`<b>1</b> signature, <span class="quiet">${named} by name, ${anonymous} anonymously</span>`)
		: msg(html`<b>${all}</b> signatures, <span class="quiet">${named} by name, ${anonymous} anonymously</span>`);
}
