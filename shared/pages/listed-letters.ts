/** The released letters of a host that chose to be listed: on its front page, and all of them. */
import { html } from 'hono/html';
import { toWord } from './languages.ts';
import { plural, spell, spellDay } from './numbers.ts';
import { type Frame, type Html, shell } from './shell.ts';

/** `language` is that of the title; `releasedAt` an instant in UTC. */
export type ListedLetter = {
	slug: string;
	title: string;
	addressees: string;
	language: string;
	signatures: number;
	releasedAt: string;
};

/** Nothing where there is none: whoever shows it says so in words. */
export const letterList = (letters: ListedLetter[]): Html => html`<ul class="listed">${letters.map(item)}</ul>`;

const item = ({ slug, title, addressees, language, signatures, releasedAt }: ListedLetter) => html`<li>
<p class="title" lang="${language}" dir="auto"><a href="/letters/${slug}/">${title}</a></p>
${addressees === '' ? '' : html`<p class="to" lang="${language}" dir="auto">${toWord(language)}${addressees}</p>`}
<p class="quiet small"><span class="tab">${spell(signatures)}</span> ${plural(signatures, 'signature', 'signatures')} · <time datetime="${releasedAt}">${spellDay(releasedAt)}</time></p>
</li>\n`;

/** `page` from 1; `more`: whether another one follows. */
export type ListedView = { letters: ListedLetter[]; page: number; more: boolean };

export const listedPage = ({ letters, page, more }: ListedView, frame: Frame) =>
	shell(
		'Released letters',
		frame,
		html`<main class="flow prose"><nav><a class="link" href="/">What Undersigned is</a></nav>
<h1>Released letters</h1>
<p>These are the letters on this host whose organizers chose to have them listed, newest first.</p>
${letters.length === 0 ? html`<p>${page === 1 ? 'There is none yet.' : 'There are no more.'}</p>` : letterList(letters)}
${page === 1 && !more ? '' : pages(page, more)}</main>`,
		{ description: 'Open letters by the people who work there, released on this host.' },
	);

const pages = (page: number, more: boolean) => html`<nav class="row" aria-label="Pages">
${page === 1 ? '' : html`<a class="link" rel="prev" href="${page === 2 ? '/letters' : `/letters?page=${page - 1}`}">Newer letters</a>`}
${more ? html`<a class="link" rel="next" href="/letters?page=${page + 1}">Older letters</a>` : ''}
</nav>`;
