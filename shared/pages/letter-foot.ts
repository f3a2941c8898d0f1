/** The letter's foot: its files, how to recount it, its fingerprint, how to show it elsewhere. */
import { shownFingerprint } from '../charter.ts';
import { addressOf } from './letter-data.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import { spellBytes } from './numbers.ts';
import type { Html } from './shell.ts';
import { html, msg } from './words.ts';

/** `save` for what a browser would show in place of the letter. */
const files = (): { path: string; name: string; save?: boolean }[] => [
	{ path: 'all.html', name: msg('Everything on one page') },
	{ path: 'letter.pdf', name: 'PDF' },
	{ path: 'letter.txt', name: msg('Plain text') },
	{ path: 'signatories.csv', name: 'CSV', save: true },
	{ path: 'release.json', name: msg('Release file'), save: true },
	{ path: 'release.json.jws', name: msg('The host’s seal on it'), save: true },
	{ path: 'card.png', name: msg('Share card') },
];

export function letterFoot(view: LetterPageView, frame: LetterFrame): Html {
	const rehearsal = frame.kind === 'rehearsal';
	return html`<footer class="foot"><section><h2>${msg('For the press and the record')}</h2>
${
	rehearsal
		? html`<p class="quiet">${msg('The files stand here once the letter is released.')}</p>`
		: html`<ul>${files().map((file) => html`<li>${link(file, frame)}</li>\n`)}</ul>
${frame.kind === 'released' ? embedding(view) : ''}`
}</section>
<section><h2>${msg('Do not take our word for it')}</h2>
<p class="quiet">${
		rehearsal
			? msg('Every signature can be recounted, in the browser or offline.')
			: msg(
					html`<a href="recount.html">Recount every signature in your browser</a>, or <a href="by-hand.html">by hand</a>.`,
				)
	} ${msg('Fingerprint of the letter:')}</p>
${view.root === '' ? html`<p class="quiet">${msg('It stands here once the letter is frozen.')}</p>` : html`${fingerprintOf(view.root)}`}${amended(view)}${frame.kind === 'released' ? report(view) : ''}</section></footer>
`;
}

const fingerprintOf = (hash: string): Html => html`<p class="fingerprint">${shownFingerprint(hash)}</p>`;

function link({ path, name, save }: ReturnType<typeof files>[number], { sizes }: LetterFrame): Html {
	const bytes = sizes?.get(path);
	return html`<a href="${path}"${save ? html` download` : ''}>${name}</a>${bytes === undefined ? '' : html` <span class="quiet">${spellBytes(bytes)}</span>`}`;
}

/** Signers and organizers compare the first one; the text that stands is the last one's. */
const amended = ({ root, fingerprint }: LetterPageView): Html | string =>
	root === fingerprint
		? ''
		: html`<p class="quiet">${msg('It was amended while it was open; this one stood in the invite link. Fingerprint of its last version:')}</p>${fingerprintOf(fingerprint)}`;

/** With its address in full: a copy of the letter elsewhere leads to the host that its charter names. */
const report = ({ origin, slug }: LetterPageView) =>
	html`<p class="small"><a rel="nofollow" href="${origin}/report?letter=${slug}">${msg('Report this letter to its host')}</a></p>`;

function embedding(view: LetterPageView): Html {
	const escaped = String(html`${view.document.title}`);
	const code = `<iframe src="${addressOf(view, 'embed.html')}" title="${escaped}" width="100%" height="200" loading="lazy"></iframe>`;
	return html`<details><summary>${msg('Embed')}</summary><p class="quiet">${msg('This shows title and numbers on another site, without scripts:')}</p>
<pre role="group" tabindex="0" aria-label="${msg('Code to embed')}"><code>${code}</code></pre></details>`;
}
