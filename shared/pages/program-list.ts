import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import type { Html } from './shell.ts';
import { html, msg } from './words.ts';

/** For whoever doubts a page: what runs in it, to be compared with what somebody else built. Addresses are relative; only the host itself lists what it serves. */
export function programList({ origin }: LetterPageView, { programs, kind }: LetterFrame): Html | string {
	if (programs === undefined || programs.length === 0 || kind !== 'released') return '';
	return html`<h2>${msg('The programs of this page')}</h2>
<p>${msg('Whoever has this software’s source builds the same files from it. These are the ones beside this page, each with its SHA-256:')}</p>
<ul dir="ltr">${programs.map(({ path, sha256 }) => html`<li><code>${path}</code><br><code class="fingerprint">${sha256}</code></li>\n`)}</ul>
<p>${msg(html`The host lists all that it serves at <a href="${origin}/build.json">build.json</a>. To be told when it changes, or differs from what you built:`)}</p>
<pre role="group" tabindex="0" aria-label="${msg('Command')}"><code>npm run watch-build -- ${origin} --clone .</code></pre>
`;
}
