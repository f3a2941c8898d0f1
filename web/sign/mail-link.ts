import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { InviteLink } from '../../shared/client/invite-link.ts';
import './invite-field.ts';
import { StepElement } from './step-element.ts';

/**
 * /v: the link from the mail, which continues in the browser that opens it and spends nothing yet. `arrival`: `stranger` when this browser
 * has not seen the letter, and so cannot check it; `cut` when the link came without its secret. `openLink` takes the invite link, `begin` goes on.
 */
export class MailLink extends StepElement {
	static override properties = {
		...StepElement.properties,
		arrival: { attribute: false },
		message: { attribute: false },
		openLink: { attribute: false },
		again: { attribute: false },
		begin: { attribute: false },
	};
	declare arrival: 'looking' | 'known' | 'stranger' | 'cut' | 'ended' | 'unanswered';
	/** Looks once more. */
	declare again: () => Promise<void>;
	declare message: string;
	declare openLink: (invite: InviteLink) => Promise<void>;
	declare begin: () => Promise<void>;

	constructor() {
		super();
		this.arrival = 'looking';
		this.message = '';
	}

	override connectedCallback(): void {
		this.replaceChildren();
		super.connectedCallback();
	}

	protected override render(): TemplateResult {
		return html`<main class="flow">${this.#arrival()}</main>`;
	}

	#arrival(): TemplateResult {
		switch (this.arrival) {
			case 'looking':
				return html`<p role="status">${msg('One moment …')}</p>`;
			case 'ended':
				return html`<h1 tabindex="-1">${msg('This link cannot be used')}</h1><p>${this.message}</p>`;
			case 'cut':
				return html`<h1 tabindex="-1">${msg('This link is not whole')}</h1>
<p>${msg('Its last part, after the #, is missing. Some mail programs and mail filters cut it off, and it does not stand in the address bar once this page was opened, so that reloading loses it. Nothing is used up.')}</p>
<p>${msg('Open the link in the mail once more. Or type the code from the mail on the device where you asked for it: that always works.')}</p>`;
			case 'unanswered':
				return html`<h1 tabindex="-1">${msg('No answer')}</h1><p role="status">${this.message}</p>
<button class="button wide" type="button" @click=${() => this.attempt(this.again)}>${msg('Try again')}</button>`;
			case 'known':
				return html`<h1 tabindex="-1">${msg('Continue here')}</h1>
<p>${msg('You can go on in this browser. Nothing is used up until you press the button that signs.')}</p>${this.summary()}
<button class="button wide" type="button" @click=${() => this.attempt(this.begin)}>${msg('Continue')}</button>
<p class="quiet after">${msg('Or type the code from the mail on the device where you asked for it.')}</p>`;
			case 'stranger':
				return this.#stranger();
		}
	}

	#stranger(): TemplateResult {
		return html`<h1 tabindex="-1">${msg('One more thing')}</h1>
<p>${msg('You opened this mail in another browser than the one where you began. Nothing is used up.')}</p>
<p>${msg(html`<b>The easier way:</b> go back to where you began, and type the code from the mail there.`)}</p>
<div class="note"><p>${msg(html`<b>Is this your employer’s device?</b> Then do not go on here: what is done on it can be seen by those who manage it. Type the code on your own.`)}</p></div>
<details><summary>${msg('This page is inside my mail program')}</summary>
<p>${msg('Some mail programs open links in a window of their own. It does not know the letter, and what it keeps may be gone when you close it, with the only way to take your name off later.')}</p>
<p>${msg('In the mail, press and hold the link, or use the menu of this window, to open it in your usual browser. If it says there that the link is not whole, copy the link from the mail and paste it into the address bar.')}</p></details>
<p>${msg('To go on here instead, this browser needs the link to the letter that you were given. We do not fill it in: only your colleagues’ link shows which letter is the real one.')}</p>
<invite-field .submit=${this.openLink}></invite-field>`;
	}
}

customElements.define('mail-link', MailLink);
declare global {
	interface HTMLElementTagNameMap {
		'mail-link': MailLink;
	}
}
