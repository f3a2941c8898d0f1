import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { showVoucher } from '../../shared/voucher.ts';
import { field, printedLine } from './fields.ts';
import { onward } from './onward.ts';
import { type GroupShown, UNKNOWN_GROUP } from './proving-ways.ts';
import { StepElement } from './step-element.ts';

/**
 * Steps 3 and 4 for those with a voucher: it proves, and its button signs. `given`: the one that came with the link, unchecked. `mailbox`: a work
 * address would do as well. `submit` spends it.
 * @fires StepEvent `step` to `address`, `words`, `letter` or `reread`
 */
export class VoucherCode extends StepElement {
	static override properties = {
		...StepElement.properties,
		appear: { attribute: false },
		group: { attribute: false },
		given: { attribute: false },
		mailbox: { attribute: false },
		submit: { attribute: false },
	};
	declare appear: Appearance | null;
	declare group: GroupShown;
	declare given: string | null;
	declare mailbox: boolean;
	declare submit: (voucher: string) => Promise<void>;

	constructor() {
		super();
		this.appear = null;
		this.group = UNKNOWN_GROUP;
		this.given = null;
		this.mailbox = false;
	}

	#sign(event: Event): void {
		event.preventDefault();
		const voucher = this.querySelector<HTMLInputElement>('#voucher')?.value.trim() ?? '';
		if (voucher === '') void this.show([{ field: 'voucher', message: msg('Type the voucher.') }]);
		else void this.attempt(() => this.submit(voucher));
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#sign}>
<h1 tabindex="-1">${this.given === null ? msg('Type your voucher and sign') : msg('Sign with your voucher')}</h1>
${this.summary()}
<p>${
			this.given === null
				? msg('An organizer gave it to you. It works once, and no mail is sent to anybody.')
				: msg('It came with your link. It works once, and no mail is sent to anybody.')
		}</p>
${field(
	{
		id: 'voucher',
		label: msg('Voucher'),
		hint: msg('Letters and digits. Blanks and hyphens do not matter.'),
		wrong: this.wrong('voucher'),
	},
	(by, invalid) =>
		html`<input id="voucher" class="voucher" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" dir="ltr" maxlength="200" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${inGroups(this.given)}>`,
)}
${this.appear ? printedLine(msg('You sign as'), this.appear, this.group) : nothing}
${this.mainButton(msg('Sign the letter'), msg('Signing …'))}
${this.toWords()}
${this.#used()}
${onward(this.refused, (step) => this.go(step))}
${this.mailbox && this.given !== null ? this.#toAddress() : nothing}
</form>`;
	}

	/** Whoever used it has the key of what it signed, in another browser or in words; everybody else needs another way to prove. */
	#used(): TemplateResult | typeof nothing {
		if (this.refused !== 'already-used') return nothing;
		return html`<p><button class="link" type="button" @click=${() => this.go('words')}>${msg('It was me: use my words')}</button></p>
${this.mailbox && this.given === null ? this.#toAddress() : nothing}`;
	}

	#toAddress(): TemplateResult {
		return html`<p><button class="link" type="button" @click=${() => this.go('address')}>${msg('Use my work address instead')}</button></p>`;
	}
}

/** As it would be typed; one that is not whole stays as it came, and the button says what is wrong. */
function inGroups(given: string | null): string {
	return given === null ? '' : showVoucher(given.replaceAll('-', '').toUpperCase());
}

customElements.define('voucher-code', VoucherCode);
declare global {
	interface HTMLElementTagNameMap {
		'voucher-code': VoucherCode;
	}
}
