import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { TextDocument } from '../../shared/charter.ts';
import type { Appearance } from '../../shared/client/signer-record.ts';
import type { ErrorCode } from '../../shared/error-codes.ts';
import { field, printedLine } from './fields.ts';
import './letter-text.ts';
import { onward } from './onward.ts';
import { type GroupShown, UNKNOWN_GROUP } from './proving-ways.ts';
import { StepElement } from './step-element.ts';

/** After these, the link in the mail is of no use any more. */
const ENDED: ReadonlySet<ErrorCode> = new Set([
	'already-used',
	'code-ended',
	'code-expired',
	'link-unknown',
	'mailbox-not-proved',
]);

/**
 * The button that signs, where no code is typed: after the link from the mail, or with a proof that this device holds already.
 * `needsAddress`: the address is sealed with a name, and this device does not know it. `submit` gets it, or null.
 * `text`: of the letter that is signed, which a link from the mail does not show.
 */
export class ConfirmSignature extends StepElement {
	static override properties = {
		...StepElement.properties,
		appear: { attribute: false },
		group: { attribute: false },
		needsAddress: { attribute: false },
		text: { attribute: false },
		submit: { attribute: false },
	};
	declare appear: Appearance | null;
	declare group: GroupShown;
	declare needsAddress: boolean;
	declare text: TextDocument | null;
	declare submit: (address: string | null) => Promise<void>;

	constructor() {
		super();
		this.group = UNKNOWN_GROUP;
	}

	#sign(event: Event): void {
		event.preventDefault();
		const address = this.querySelector<HTMLInputElement>('#address')?.value.trim() ?? null;
		if (address === '') void this.show([{ field: 'address', message: msg('Type your work address.') }]);
		else void this.attempt(() => this.submit(address));
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#sign}>
<h1 tabindex="-1">${msg('Sign the letter')}</h1>
${this.summary()}
${this.text ? html`<letter-text .text=${this.text}></letter-text>` : nothing}
${
	this.needsAddress
		? field(
				{
					id: 'address',
					label: msg('Your work address, once more'),
					hint: msg('It is sealed with your name, so that the organizers can compare the two.'),
					wrong: this.wrong('address'),
				},
				(by, invalid) =>
					html`<input id="address" type="email" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" dir="ltr" maxlength="330" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
			)
		: nothing
}
${this.appear ? printedLine(msg('You sign as'), this.appear, this.group) : nothing}
${this.mainButton(msg('Sign the letter'), msg('Signing …'))}
${this.toWords()}
${onward(this.refused, (step) => this.go(step))}
${
	this.refused !== null && ENDED.has(this.refused)
		? html`<p><button class="link" type="button" @click=${() => this.go('address')}>${msg('Ask for a new code')}</button></p>`
		: nothing
}
</form>`;
	}
}

customElements.define('confirm-signature', ConfirmSignature);
declare global {
	interface HTMLElementTagNameMap {
		'confirm-signature': ConfirmSignature;
	}
}
