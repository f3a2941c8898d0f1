/** The front page of a host: what this is, for whom, how to start, and the letters that chose to be listed. */
import { type ListedLetter, letterList } from './listed-letters.ts';
import { closedSeal } from './seal.ts';
import { type Frame, type Html, shell } from './shell.ts';
import { html, msg } from './words.ts';

/** `anyone`: whether this host lets anybody start a letter. `listed`: the newest; `more`: whether there are others. */
export type HomeView = { anyone: boolean; listed: ListedLetter[]; more: boolean };

export const homePage = ({ anyone, listed, more }: HomeView, frame: Frame) =>
	shell(
		'Undersigned',
		frame,
		html`<main class="sheet home">
<header>${closedSeal()}
<p class="quiet" translate="no">Undersigned</p>
<h1>${msg('Sign in secret, release together')}</h1>
<p class="lead">${msg('Open letters from the people who work there. Colleagues sign one by one, and each name is sealed in the signer’s own browser. Enough of the organizers open the names together, agree on the list, and the letter goes out at once.')}</p></header>
<section class="three" aria-label="${msg('What it promises')}">
<div><h2>${msg('Nobody is exposed early')}</h2><p>${msg('Names are sealed in each signer’s own browser. What is kept here does not show who signed.')}</p></div>
<div><h2>${msg('Every signature is real')}</h2><p>${msg('One proven work mailbox or voucher, one signature. Anyone can recount a released letter.')}</p></div>
<div><h2>${msg('It is easy')}</h2><p>${msg('Signing takes three minutes on a phone. No account, no password.')}</p></div>
</section>
<div class="pair">
<section><h2>${msg('You were given a link')}</h2>
<p>${msg('Open it on your own phone, away from your company’s network. It shows you the letter, and everything to know before you sign.')}</p>
<p><a class="button plain" href="/s">${msg('I have signed')}</a></p></section>
<section><h2>${msg('You want to start a letter')}</h2>
<p>${msg('You need at least one other organizer. Together you write the letter, say who may sign it, compare its fingerprint, and open it. A draft takes ten minutes.')}</p>
${anyone ? html`<p><a class="button" href="/desk">${msg('Start a letter')}</a></p>` : html`<p>${msg('On this server, letters are started by invitation. Ask whoever runs it for one.')}</p>`}
<p><a class="link" href="/desk">${msg('I am an organizer')}</a></p></section>
</div>
<section class="letters"><h2>${msg('Released letters')}</h2>
${letters(listed, more)}
<p class="small quiet">${msg('A released letter reads without JavaScript, prints as a letter, and comes with a file in which every signature can be recounted, here or offline.')}</p></section>
<footer class="small quiet"><p class="row"><a class="link" href="/safety">${msg('What this protects, and what it cannot')}</a>
<a class="link" href="/privacy">${msg('Privacy, and who is responsible')}</a>
<a class="link" href="/report">${msg('Report a letter')}</a></p></footer>
</main>`,
		{
			description: msg(
				'Open letters from the people who work there. Colleagues sign in secret, the names are opened together, and anyone can recount what is released.',
			),
		},
	);

function letters(listed: ListedLetter[], more: boolean): Html {
	if (listed.length === 0) {
		return html`<p>${msg('No letter is listed here yet. After the release its organizers choose whether it is; a letter that is not listed has its address all the same.')}</p>`;
	}
	return html`${letterList(listed)}${more ? html`<p><a class="link" href="/letters">${msg('All released letters')}</a></p>` : ''}`;
}
