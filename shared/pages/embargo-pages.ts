/** What invited journalists meet before the release, around the letter itself. Nothing here names a letter but what stands in the banner. */
import { html } from 'hono/html';
import { spellMoment } from './numbers.ts';
import { closedSeal } from './seal.ts';
import { type Frame, plainPage } from './shell.ts';

/** Stands on every page, on paper too. @param until an instant in UTC */
export const preparedFor = (outlet: string, until: string): string =>
	String(
		html`<aside class="prepared-for" aria-label="Embargo"><p>Prepared for <b><bdi>${outlet}</bdi></b>. Embargo until <time datetime="${until}">${spellMoment(until)}</time>. Do not publish or share before.</p></aside>`,
	);

/** Nothing is approved, or it was stopped. It says neither what the letter is nor whether there ever was a release. */
export const nothingApprovedPage = (frame: Frame) =>
	plainPage(
		'Under embargo',
		frame,
		html`${closedSeal()}<h1>Nothing is approved yet</h1>
<p>This link was made for you. What you were promised appears here once its organizers have approved it, and not before.</p>
<p>Keep the link to yourself: it is known by whom it was made and for whom. If you expected something here by now, ask the person who gave it to you.</p>`,
	);

export const preparingPage = (frame: Frame) =>
	plainPage(
		'Under embargo',
		frame,
		html`${closedSeal()}<h1>It is being prepared</h1><p>Reload this page in a minute.</p>`,
	);

export const endedLinkPage = (frame: Frame) =>
	plainPage(
		'Under embargo',
		frame,
		html`${closedSeal()}<h1>This link has ended</h1>
<p>It was good for a limited time, or it was taken back. Ask the person who gave it to you.</p>`,
	);
