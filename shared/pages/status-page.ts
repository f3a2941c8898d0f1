/** What the invite link shows when there is nothing to sign: released, abandoned, unknown. */
import { closedSeal } from './seal.ts';
import { type Frame, type Html, linkPreview, plainPage, shell } from './shell.ts';
import { html, msg } from './words.ts';

/** @param page the address of the published letter */
export const releasedPage = (page: string, frame: Frame) =>
	withSigner(
		frame,
		html`<h1>${msg('This letter is released')}</h1>
<p>${msg('The seal is broken, and the names that were approved are public.')}</p>
<p><a class="button" href="${page}">${msg('Read the letter')}</a></p>`,
	);

/** Released, and taken off this host. @param page where the host says so */
export const takenOffPage = (page: string, frame: Frame) =>
	withSigner(
		frame,
		html`<h1>${msg('This letter is released, and not shown here')}</h1>
<p>${msg('The names that were approved were public. Whoever runs this server has taken the letter down since; there may be copies elsewhere.')}</p>
<p><a class="link" href="${page}">${msg('What is said about it')}</a></p>`,
	);

/** The island lets those who signed see where they stand, and withdraw. */
const withSigner = (frame: Frame, body: Html) =>
	shell(
		msg('A letter'),
		frame,
		html`<div id="reading"><main class="flow prose">${body}
<sign-start><noscript><p class="quiet">${msg('If you signed and want to take your name off, open this page with JavaScript on.')}</p></noscript></sign-start></main></div>
<sign-flow></sign-flow>`,
		{ preview: linkPreview() },
	);

export const abandonedPage = (frame: Frame) =>
	plainPage(
		msg('A letter'),
		frame,
		html`<h1>${msg('This letter was given up')}</h1>
<p>${msg('It was not released, and it will not be. Every signature, every name and the letter itself were erased here.')}</p>
<p>${msg(html`If you kept words on paper for it, you can throw them away. If you signed in this browser, it still holds your key: <a href="/s">let it forget the letter</a>.`)}</p>`,
	);

/** A link that never was, or that was revoked: nobody can tell the two apart. */
export const unknownLinkPage = (frame: Frame) =>
	plainPage(
		msg('Nothing here'),
		frame,
		html`<h1>${msg('This link leads nowhere')}</h1>
<p>${msg('It may have been copied only in part, or replaced by a new one. Ask the person who gave it to you for the link as it is now.')}</p>
<p>${msg('If you have signed already, nothing happens to your signature.')}</p>
<p><a class="link" href="/s">${msg('See where it stands')}</a></p>`,
	);

/** What may be there the next time says so: a link to somewhere else would lose the address, and what stands behind its # with it. @param status of HTTP @param message in the reader's language */
export function failedPage(status: number, message: string, frame: Frame): Html {
	const title = status === 404 ? msg('Nothing here') : msg('That did not work');
	return plainPage(
		title,
		frame,
		html`${closedSeal()}<h1>${title}</h1><p>${message}</p>
<p>${
			status === 429 || status >= 500
				? msg('Then load this page once more. Its address stays as it is.')
				: html`<a class="link" href="/">${msg('To the beginning')}</a>`
		}</p>`,
	);
}
