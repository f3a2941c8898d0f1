import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { field, printedLine } from './fields.ts';
import { StepElement } from './step-element.ts';

/** Steps 3 and 4 for those with a voucher: it proves, and its button signs. `submit` spends it. */
export class VoucherCode extends StepElement {
	static override properties = {
		...StepElement.properties,
		appear: { attribute: false },
		submit: { attribute: false },
	};
	declare appear: Appearance | null;
	declare submit: (voucher: string) => Promise<void>;

	#sign(event: Event): void {
		event.preventDefault();
		const voucher = this.querySelector<HTMLInputElement>('#voucher')?.value.trim() ?? '';
		if (voucher === '') void this.show([{ field: 'voucher', message: 'Type the voucher.' }]);
		else void this.attempt(() => this.submit(voucher));
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#sign}>
<h1 tabindex="-1">Type your voucher and sign</h1>
${this.summary()}
<p>An organizer gave it to you. It works once, and no mail is sent to anybody.</p>
${field(
	{
		id: 'voucher',
		label: 'Voucher',
		hint: 'Letters and digits. Blanks and hyphens do not matter.',
		wrong: this.wrong('voucher'),
	},
	(by, invalid) =>
		html`<input id="voucher" class="voucher" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" dir="ltr" maxlength="64" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
)}
${this.appear ? printedLine('You sign as', this.appear, null) : nothing}
${this.mainButton('Sign the letter', 'Signing …')}
</form>`;
	}
}

customElements.define('voucher-code', VoucherCode);
declare global {
	interface HTMLElementTagNameMap {
		'voucher-code': VoucherCode;
	}
}
