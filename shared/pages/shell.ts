/** What every page of a signer's begins and ends with. Nothing inline: the content security policy allows none. */
import type { html as document } from 'hono/html';
import { directionOf } from './languages.ts';
import { html, msg, spoken } from './words.ts';

export type Html = ReturnType<typeof document>;
/** Addresses of built files. */
export type Frame = { styles: string[]; scripts: string[] };

export type ShellOptions = {
	/** For search engines and previews. A page without one asks them to leave it alone: every page of a signer's. */
	description?: string;
	/** For pages whose address is sent around in chats: where nothing is said, some show the first lines of the page. Proven by test/server/pages/chat-preview.test.ts. */
	preview?: string;
	/** `same-origin` for pages with a form of their own: browsers say `Origin: null` where they may say nothing of where they come from. */
	referrer?: 'no-referrer' | 'same-origin';
};

/**
 * @param title stands in tabs, in the history and in previews: it never names a letter, an employer or what the page is for
 */
export const shell = (title: string, frame: Frame, body: Html, options: ShellOptions = {}) => html`<!doctype html>
<html lang="${spoken().language}" dir="${directionOf(spoken().language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${options.description === undefined ? html`<meta name="robots" content="noindex, nofollow, noarchive">` : html`<meta name="description" content="${options.description}">`}
${options.preview === undefined ? '' : previewOf(title, options.preview)}<meta name="referrer" content="${options.referrer ?? 'no-referrer'}">
<meta name="format-detection" content="telephone=no">
<link rel="icon" href="data:,">
<title>${title}</title>
${frame.styles.map((style) => html`<link rel="stylesheet" href="${style}">\n`)}${frame.scripts.map((script) => html`<script type="module" src="${script}"></script>\n`)}</head>
<body>
${body}
</body>
</html>
`;

const previewOf = (title: string, words: string) => html`<meta name="description" content="${words}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${words}">
`;

/** Says nothing of what the link leads to. */
export const linkPreview = (): string => msg('Open it on your own phone.');

/** A page with one message, in the style of the flow. */
export const plainPage = (title: string, frame: Frame, body: Html) =>
	shell(title, frame, html`<main class="flow prose">${body}</main>`);
