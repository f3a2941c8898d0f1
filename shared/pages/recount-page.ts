/** The page that recounts a released letter in the reader's own browser. Every address in it is relative: it works in any copy of the folder. */
import { shownFingerprint } from '../charter.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import { spell } from './numbers.ts';
import { programList } from './program-list.ts';
import type { Html } from './shell.ts';
import { sidePage } from './side-page.ts';
import { html, msg, str } from './words.ts';

export function recountPage(view: LetterPageView, frame: LetterFrame): string {
	const { recount } = frame.assets;
	return sidePage(view, frame, () => ({
		title: msg('Recount'),
		path: 'recount.html',
		recount: recount !== null,
		links: recount === null ? '' : html`<script type="module" src="${recount}"></script>\n`,
		body: body(view, frame),
	}));
}

function body(view: LetterPageView, frame: LetterFrame): Html {
	const { totals, root } = view;
	const approved = totals.signatures + totals.withdrawn + totals.struckAfter;
	return html`<h1>${msg('Recount every signature')}</h1>
<p>${approved === 1 ? msg('Your browser reads the release file and checks the one signature that the organizers approved, here on your device. Nothing is sent.') : msg(str`Your browser reads the release file and checks each of the ${spell(approved)} signatures that the organizers approved, here on your device. Nothing is sent.`)} ${approved > 20_000 ? msg('With so many it takes a minute or two.') : ''}</p>
<recount-letter release="release.json" jws="release.json.jws" updates="updates.json">
<div class="note"><p>${msg(html`The program that counts has not started. It needs JavaScript, and a page that comes from a web server: opened from a disk, most browsers do not start it. Without it, take the <a href="release.json" download>release file</a> and <a href="release.json.jws" download>the host’s seal on it</a>, and recount them with the program below, or <a href="by-hand.html">check single signatures by hand</a>.`)}</p></div>
</recount-letter>
<h2>${msg('If you doubt this page')}</h2>
<p>${msg('The program that counts here comes from the same place as the letter. Whoever could alter the letter there could alter the program. So take the file elsewhere:')}</p>
<ul><li>${msg('Open this page in another copy of the letter and choose the file that you took here: “a file of your own”.')}</li>
<li>${msg(html`Take the <a href="release.json" download>release file</a> and <a href="release.json.jws" download>the host’s seal on it</a>, and recount them on your own computer with this software from a source that you trust:`)}
<pre role="group" tabindex="0" aria-label="${msg('Command')}"><code>npm run recount -- release.json release.json.jws</code></pre></li>
<li>${msg(html`<a href="by-hand.html">Check signatures by hand</a>, with tools that come with your computer.`)}</li></ul>
<p>${msg('And compare the fingerprint of the letter with the one that a signer has in the invite link, or that the organizers tell you themselves:')}</p>
<p class="fingerprint">${shownFingerprint(root)}</p>
${programList(view, frame)}<p>${msg(html`What no recount can show is said with its result, and on the page about <a href="numbers.html">what these numbers can and cannot show</a>.`)}</p>
`;
}
