/** The front page: what this is, for whom, how to start. */
import { html } from 'hono/html';
import { closedSeal } from './seal.ts';
import { type Frame, shell } from './shell.ts';

/** @param anyone whether this host lets anybody start a letter */
export const homePage = (anyone: boolean, frame: Frame) =>
	shell(
		'Undersigned',
		frame,
		html`<main class="sheet home">
<header>${closedSeal()}
<p class="quiet">Undersigned</p>
<h1>Sign in secret, release together</h1>
<p class="lead">Open letters from the people who work there. Colleagues sign one by one, and each name is sealed in the signer’s own browser. Enough of the organizers open the names together,
agree on the list, and the letter goes out at once.</p></header>
<section class="three" aria-label="What it promises">
<div><h2>Nobody is exposed early</h2><p>Names are sealed in each signer’s own browser. What is kept here does not show who signed.</p></div>
<div><h2>Every signature is real</h2><p>One proven work mailbox or voucher, one signature. Anyone can recount a released letter.</p></div>
<div><h2>It is easy</h2><p>Signing takes three minutes on a phone. No account, no password.</p></div>
</section>
<section><h2>You were given a link</h2>
<p>Open it on your own phone, away from your company’s network. It shows you the letter, and everything to know before you sign.</p>
<p><a class="button plain" href="/s">I have signed</a></p></section>
<section><h2>You want to start a letter</h2>
<p>You need at least one other organizer. Together you write the letter, say who may sign it, compare its fingerprint, and open it. A draft takes ten minutes.</p>
${anyone ? html`<p><a class="button" href="/desk">Start a letter</a></p>` : html`<p>On this server, letters are started by invitation. Ask whoever runs it for one.</p>`}
<p><a class="link" href="/desk">I am an organizer</a></p></section>
<section><h2>You were sent a released letter</h2>
<p>It reads without JavaScript, prints as a letter, and comes with a file in which every signature can be recounted, here or offline.</p></section>
<footer class="small quiet"><p><a class="link" href="/safety">What this protects, and what it cannot</a></p></footer>
</main>`,
	);
