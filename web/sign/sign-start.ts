import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { StepElement } from './step-element.ts';

/** What the letter's page offers. `unfinished`: signed, and closed before the words were shown to the end. `cut`: the link lacks its last part. `nothing`: likewise, where there is nothing to sign any more. */
export type Start =
	| 'nothing'
	| 'checking'
	| 'unanswered'
	| 'cut'
	| 'fresh'
	| 'begun'
	| 'unfinished'
	| 'signed'
	| 'over';

/**
 * The button under the letter. `start`: what there is to offer, once the letter was checked. `again` opens the letter once more.
 * @fires StepEvent `step` to `begin`, `keep-nothing`, `continue`, `forget` or `own`
 */
export class SignStart extends StepElement {
	static override properties = {
		...StepElement.properties,
		start: { attribute: false },
		again: { attribute: false },
		message: { attribute: false },
		mayForget: { attribute: false },
		voucher: { attribute: false },
		mayLook: { attribute: false },
		pending: { attribute: false },
	};
	declare start: Start;
	declare again: () => Promise<void>;
	declare message: string;
	/** Not once a mailbox or a voucher was used here: it works once, and what it gave would be lost. */
	declare mayForget: boolean;

	/** The link brought one. */
	declare voucher: boolean;
	/** Where signing was begun: there is a key, of which the server may know something. */
	declare mayLook: boolean;
	/** A signature was sent, and no answer came. */
	declare pending: boolean;

	constructor() {
		super();
		this.start = 'checking';
		this.message = '';
		this.mayForget = false;
		this.voucher = false;
		this.mayLook = false;
		this.pending = false;
	}

	override connectedCallback(): void {
		// What stands here for those without JavaScript.
		this.replaceChildren();
		super.connectedCallback();
	}

	protected override render(): TemplateResult | typeof nothing {
		// Some of them ask the server first, and on a slow line that takes its time.
		const to = (step: string) => () => void this.attempt(() => this.leave(step));
		const main = (label: string, step: string) =>
			html`<button class="button wide" type="button" aria-disabled=${this.busy} @click=${to(step)}>${this.busy ? msg('One moment …') : label}</button>`;
		const second = (label: string, step: string) =>
			html`<p><button class="link" type="button" aria-disabled=${this.busy} @click=${to(step)}>${label}</button></p>`;
		const forget = this.mayForget ? second(msg('Forget what I typed here'), 'forget') : nothing;
		switch (this.start) {
			case 'checking':
				return html`<p role="status" class="quiet">${msg('Checking that this is the letter that your link is for …')}</p>`;
			case 'unanswered':
				return html`<p role="status" class="note">${this.message}</p><button class="button wide" type="button" @click=${() => this.attempt(this.again)}>${msg('Try again')}</button>`;
			case 'cut':
				return html`<div class="note" role="status"><p>${msg(html`<b>This link is not whole.</b> Its last part, after the #, is missing. With it your browser checks that this is the letter your colleagues agreed on; without it you cannot sign.`)}</p><p>${msg('Ask the person who gave it to you for the whole link, or scan the code again.')}</p></div>`;
			case 'fresh':
				return html`${this.voucher ? html`<p class="small" role="status">${msg('Your link brings a voucher, so no mail is sent to anybody.')}</p>` : nothing}${main(msg('Sign this letter'), 'begin')}${this.#keepNothing()}${second(msg('I have signed'), 'own')}`;
			case 'begun':
				return html`${this.pending ? html`<p class="small">${msg('No answer came to the signature that you sent last. It may have arrived, or may still arrive.')}</p>` : nothing}${main(msg('Continue where you stopped'), 'continue')}${this.mayLook ? second(msg('See where it stands'), 'own') : nothing}${second(msg('Begin again'), 'begin')}${forget}`;
			case 'unfinished':
				return html`<p><b>${msg('You have signed this letter in this browser.')}</b> ${msg('The page with your twelve words was closed before you had finished with it.')}</p>${main(msg('Show me the words'), 'continue')}${second(msg('See where it stands'), 'own')}`;
			case 'signed':
				return html`<p><b>${msg('You have signed this letter in this browser.')}</b></p>${main(msg('See where it stands'), 'own')}`;
			case 'nothing':
				return nothing;
			case 'over':
				return html`${this.message ? html`<p role="status" class="note">${this.message}</p>` : nothing}${second(msg('I have signed'), 'own')}${forget}`;
		}
	}

	/** What it costs is said before it is chosen. */
	#keepNothing(): TemplateResult {
		return html`<details><summary>${msg('Keep nothing in this browser')}</summary>
<p>${msg('Choose this where somebody else may look into this browser. No key is kept, nor anything that you type. From the next page on, address bar and tab say nothing of this letter, and a button to leave quickly stays in reach.')}</p>
<ul class="small"><li>${msg(html`<b>Finish in one go.</b> If the page is closed or reloaded, you begin again; and once your code or voucher was used, that is no longer possible.`)}</li>
<li>${msg('Only with the twelve words at the end can you take your name off later, or sign a text that was changed.')}</li>
<li>${msg('The browser’s history still lists that this address was opened. A private window is better, with this or without.')}</li></ul>
<button class="button plain wide" type="button" aria-disabled=${this.busy} @click=${() => this.attempt(() => this.leave('keep-nothing'))}>${msg('Sign, and keep nothing here')}</button></details>`;
	}
}

customElements.define('sign-start', SignStart);
declare global {
	interface HTMLElementTagNameMap {
		'sign-start': SignStart;
	}
}
