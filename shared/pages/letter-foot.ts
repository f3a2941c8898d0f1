/** The letter's foot: its files, how to recount it, its fingerprint, how to show it elsewhere. */
import { html } from 'hono/html';
import { shownFingerprint } from '../charter.ts';
import { addressOf } from './letter-data.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import { spellBytes } from './numbers.ts';
import type { Html } from './shell.ts';

/** `save` for what a browser would show in place of the letter. */
const FILES: { path: string; name: string; save?: boolean }[] = [
	{ path: 'all.html', name: 'Everything on one page' },
	{ path: 'letter.pdf', name: 'PDF' },
	{ path: 'letter.txt', name: 'Plain text' },
	{ path: 'signatories.csv', name: 'CSV', save: true },
	{ path: 'release.json', name: 'Release file', save: true },
	{ path: 'release.json.jws', name: 'The host’s seal on it', save: true },
	{ path: 'card.png', name: 'Share card' },
];

export function letterFoot(view: LetterPageView, frame: LetterFrame): Html {
	const rehearsal = frame.kind === 'rehearsal';
	return html`<footer class="foot"><section><h2>For the press and the record</h2>
${
	rehearsal
		? html`<p class="quiet">The files stand here once the letter is released.</p>`
		: html`<ul>${FILES.map((file) => html`<li>${link(file, frame)}</li>\n`)}</ul>
${frame.kind === 'released' ? embedding(view) : ''}`
}</section>
<section><h2>Do not take our word for it</h2>
<p class="quiet">${
		rehearsal
			? 'Every signature can be recounted, in the browser or offline.'
			: html`<a href="recount.html">Recount every signature in your browser</a>, or <a href="by-hand.html">by hand</a>.`
	} Fingerprint of the letter:</p>
${view.root === '' ? html`<p class="quiet">It stands here once the letter is frozen.</p>` : html`<p class="fingerprint">${shownFingerprint(view.root)}</p>`}${amended(view)}${frame.kind === 'released' ? report(view) : ''}</section></footer>
`;
}

function link({ path, name, save }: (typeof FILES)[number], { sizes }: LetterFrame): Html {
	const bytes = sizes?.get(path);
	return html`<a href="${path}"${save ? html` download` : ''}>${name}</a>${bytes === undefined ? '' : html` <span class="quiet">${spellBytes(bytes)}</span>`}`;
}

/** Signers and organizers compare the first one; the text that stands is the last one's. */
const amended = ({ root, fingerprint }: LetterPageView): Html | string =>
	root === fingerprint
		? ''
		: html`<p class="quiet">It was amended while it was open; this one stood in the invite link. Fingerprint of its last version:</p><p class="fingerprint">${shownFingerprint(fingerprint)}</p>`;

/** With its address in full: a copy of the letter elsewhere leads to the host that its charter names. */
const report = ({ origin, slug }: LetterPageView) =>
	html`<p class="small"><a rel="nofollow" href="${origin}/report?letter=${slug}">Report this letter to its host</a></p>`;

function embedding(view: LetterPageView): Html {
	const escaped = String(html`${view.document.title}`);
	const code = `<iframe src="${addressOf(view, 'embed.html')}" title="${escaped}" width="100%" height="200" loading="lazy"></iframe>`;
	return html`<details><summary>Embed</summary><p class="quiet">This shows title and numbers on another site, without scripts:</p>
<pre role="group" tabindex="0" aria-label="Code to embed"><code>${code}</code></pre></details>`;
}
