/** The page that recounts a released letter in the reader's own browser. */
import { html } from 'hono/html';

export type RecountPageView = {
	title: string;
	language: string;
	/** Addresses. `release` and `jws` are fetched by the page's own script. */
	links: { letter: string; release: string; jws: string };
	styles: readonly string[];
	scripts: readonly string[];
};

export function recountPage(view: RecountPageView): string {
	return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Recount: ${view.title}</title>
${view.styles.map((style) => html`<link rel="stylesheet" href="${style}">\n`)}${view.scripts.map((script) => html`<script type="module" src="${script}"></script>\n`)}</head>
<body>
<nav class="top" aria-label="About this page"><a href="${view.links.letter}">Back to the letter</a></nav>
<main class="letter"><article class="sheet">
<p class="kicker" lang="${view.language}" dir="auto">${view.title}</p>
<h1>Recount every signature</h1>
<p>Your browser fetches the release file and checks each signature in it, here on your device. Nothing is sent. The program that checks comes from this host; if you doubt the host, take the file and recount it offline with a program from elsewhere.</p>
<recount-letter release="${view.links.release}" jws="${view.links.jws}">
<noscript><p class="note">This page needs JavaScript. Without it, <a href="${view.links.release}" download>take the release file</a> and recount it offline.</p></noscript>
</recount-letter>
<h2>Offline</h2>
<p>Take the <a href="${view.links.release}" download>release file</a> and <a href="${view.links.jws}" download>the host’s seal on it</a>. With a copy of this software from a source that you trust:</p>
<p class="fingerprint">npm run recount -- release.json release.json.jws</p>
<p class="quiet">It prints a line for each check, and what no file can show. Its exit status is 0 if everything holds, else 1.</p>
</article></main>
</body>
</html>
`);
}
