/** The released letters of a host that chose to be listed: on its front page, and all of them. */
import { toWord } from './languages.ts';
import { spell, spellDay } from './numbers.ts';
import { type Frame, type Html, shell } from './shell.ts';
import { html, msg } from './words.ts';

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
<p class="quiet small">${signatures === 1 ? msg(html`<span class="tab">1</span> signature`) : msg(html`<span class="tab">${spell(signatures)}</span> signatures`)} · <time datetime="${releasedAt}">${spellDay(releasedAt)}</time></p>
</li>\n`;

/** `page` from 1; `more`: whether another one follows. */
export type ListedView = { letters: ListedLetter[]; page: number; more: boolean };

export const listedPage = ({ letters, page, more }: ListedView, frame: Frame) =>
	shell(
		msg('Released letters'),
		frame,
		html`<main class="flow prose"><nav><a class="link" href="/">${msg('What Undersigned is')}</a></nav>
<h1>${msg('Released letters')}</h1>
<p>${msg('These are the letters on this host whose organizers chose to have them listed, newest first.')}</p>
${letters.length === 0 ? html`<p>${page === 1 ? msg('There is none yet.') : msg('There are no more.')}</p>` : letterList(letters)}
${page === 1 && !more ? '' : pages(page, more)}</main>`,
		{ description: msg('Open letters by the people who work there, released on this host.') },
	);

const pages = (page: number, more: boolean) => html`<nav class="row" aria-label="${msg('Pages')}">
${page === 1 ? '' : html`<a class="link" rel="prev" href="${page === 2 ? '/letters' : `/letters?page=${page - 1}`}">${msg('Newer letters')}</a>`}
${more ? html`<a class="link" rel="next" href="/letters?page=${page + 1}">${msg('Older letters')}</a>` : ''}
</nav>`;
