/** What invited journalists meet before the release, around the letter itself. Nothing here names a letter but what stands in the banner. */
import { spellMoment } from './numbers.ts';
import { closedSeal } from './seal.ts';
import { type Frame, plainPage } from './shell.ts';
import { html, msg } from './words.ts';

/** Stands on every page, on paper too. @param until an instant in UTC */
export const preparedFor = (outlet: string, until: string): string =>
	String(
		html`<aside class="prepared-for" aria-label="${msg('Embargo')}"><p>${msg(html`Prepared for <b><bdi>${outlet}</bdi></b>. Embargo until <time datetime="${until}">${spellMoment(until)}</time>. Do not publish or share before. That goes for every file here, also for those that do not say so.`)}</p></aside>`,
	);

/** Nothing is approved, or it was stopped. It says neither what the letter is nor whether there ever was a release. */
export const nothingApprovedPage = (frame: Frame) =>
	plainPage(
		msg('Under embargo'),
		frame,
		html`${closedSeal()}<h1>${msg('Nothing is approved yet')}</h1>
<p>${msg('This link was made for you. What you were promised appears here once its organizers have approved it, and not before.')}</p>
<p>${msg('Keep the link to yourself: it is known by whom it was made and for whom. If you expected something here by now, ask the person who gave it to you.')}</p>`,
	);

export const preparingPage = (frame: Frame) =>
	plainPage(
		msg('Under embargo'),
		frame,
		html`${closedSeal()}<h1>${msg('It is being prepared')}</h1><p>${msg('Reload this page in a minute.')}</p>`,
	);

export const endedLinkPage = (frame: Frame) =>
	plainPage(
		msg('Under embargo'),
		frame,
		html`${closedSeal()}<h1>${msg('This link has ended')}</h1>
<p>${msg('It was good for a limited time, or it was taken back. Ask the person who gave it to you.')}</p>`,
	);
