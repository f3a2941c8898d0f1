import { html, type TemplateResult } from 'lit';
import type { InviteLink } from '../../shared/client/invite-link.ts';
import './invite-field.ts';
import { StepElement } from './step-element.ts';

/**
 * /v: the link from the mail, which continues in the browser that opens it and spends nothing yet. `arrival`: `stranger` when this browser
 * has not seen the letter, and so cannot check it. `openLink` takes the invite link, `begin` goes on.
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
	declare arrival: 'looking' | 'known' | 'stranger' | 'ended' | 'unanswered';
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
		if (this.arrival === 'looking') return html`<p role="status">One moment …</p>`;
		if (this.arrival === 'ended') {
			return html`<h1 tabindex="-1">This link cannot be used</h1><p>${this.message}</p>`;
		}
		if (this.arrival === 'unanswered') {
			return html`<h1 tabindex="-1">No answer</h1><p role="status">${this.message}</p>
<button class="button wide" type="button" @click=${() => this.attempt(this.again)}>Try again</button>`;
		}
		if (this.arrival === 'known') {
			return html`<h1 tabindex="-1">Continue here</h1>
<p>You can go on in this browser. Nothing is used up until you press the button that signs.</p>${this.summary()}
<button class="button wide" type="button" @click=${() => this.attempt(this.begin)}>Continue</button>
<p class="quiet after">Or type the code from the mail on the device where you asked for it.</p>`;
		}
		return html`<h1 tabindex="-1">One more thing</h1>
<p>You opened this mail in another browser than the one where you began. Nothing is used up.</p>
<p><b>The easier way:</b> go back to where you began, and type the code from the mail there.</p>
<p>To go on here instead, this browser needs the link to the letter that you were given. We do not fill it in: only your colleagues’ link shows which letter is the real one.</p>
<invite-field .submit=${this.openLink}></invite-field>`;
	}
}

customElements.define('mail-link', MailLink);
declare global {
	interface HTMLElementTagNameMap {
		'mail-link': MailLink;
	}
}
