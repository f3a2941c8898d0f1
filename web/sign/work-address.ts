import { html, nothing, type TemplateResult } from 'lit';
import { field } from './fields.ts';
import { StepElement } from './step-element.ts';

/**
 * Step 3. `domains`: of all mailbox groups. `given`: the address typed before. `submit` asks for the mail.
 * @fires StepEvent `step` to `voucher`
 */
export class WorkAddressStep extends StepElement {
	static override properties = {
		...StepElement.properties,
		domains: { attribute: false },
		given: { attribute: false },
		submit: { attribute: false },
	};
	declare domains: string[];
	declare given: string;
	declare submit: (address: string) => Promise<void>;

	constructor() {
		super();
		this.domains = [];
		this.given = '';
	}

	#send(event: Event): void {
		event.preventDefault();
		const address = this.querySelector<HTMLInputElement>('#address')?.value.trim() ?? '';
		if (address === '') void this.show([{ field: 'address', message: 'Type your work address.' }]);
		else void this.attempt(() => this.submit(address));
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#send}>
<h1 tabindex="-1">Show that you work there</h1>
${this.summary()}
<p>We send a code to your work address. You type it here, on this device.</p>
${field(
	{
		id: 'address',
		label: 'Your work address',
		hint: html`Ends in ${anyOf(this.domains)}`,
		wrong: this.wrong('address'),
	},
	(by, invalid) =>
		html`<input id="address" type="email" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" dir="ltr" maxlength="330" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${this.given}>`,
)}
<div class="note"><p><b>Your employer can list everyone who gets this mail.</b> It says “Your code” and does not name the letter. The list does not show who signed. If being on it could harm you, ask whoever gave you the link for a voucher instead.</p></div>
${this.mainButton('Send me a code', 'Sending …')}
<p><button class="link" type="button" @click=${() => this.go('voucher')}>I have a voucher</button></p>
</form>`;
	}
}

function anyOf(domains: string[]): TemplateResult[] {
	return domains.map(
		(domain, i) =>
			html`${i === 0 ? '' : i === domains.length - 1 ? ' or ' : ', '}<span class="nowrap">@${domain}</span>`,
	);
}

customElements.define('work-address', WorkAddressStep);
declare global {
	interface HTMLElementTagNameMap {
		'work-address': WorkAddressStep;
	}
}
