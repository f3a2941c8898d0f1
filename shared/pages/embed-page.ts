/** A small frame for other sites: what the letter is called, how many signed, and the way to it. No script. */
import { html } from 'hono/html';
import type { LetterFrame } from './letter-frame.ts';
import { letterShell } from './letter-shell.ts';
import type { LetterPageView } from './letter-view.ts';
import { plural, spell } from './numbers.ts';
import { joinNames } from './people.ts';
import { brokenSeal } from './seal.ts';

/** Links open outside of the frame: it is too small to read in. */
export function embedPage(view: LetterPageView, frame: LetterFrame): string {
	const { document, totals } = view;
	const groups = view.groups.filter(({ named, anonymous }) => named + anonymous > 0).map(({ name }) => name);
	return letterShell(
		view,
		frame,
		{ title: document.title, path: 'embed.html', unlisted: true },
		html`<main class="embedded"><div>
<p class="kicker">An open letter${groups.length === 0 ? '' : html`, signed by people of <bdi>${joinNames(groups)}</bdi>`}</p>
<h1 lang="${document.language}" dir="auto"><a href="./" target="_blank" rel="noopener">${document.title}</a></h1>
<p class="tab"><b>${spell(totals.signatures)}</b> ${plural(totals.signatures, 'signature', 'signatures')}, <span class="quiet">${spell(totals.named)} by name, ${spell(totals.anonymous)} anonymously</span></p>
</div>${brokenSeal()}</main>
`,
	);
}
