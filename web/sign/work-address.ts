import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { field } from './fields.ts';
import { onward } from './onward.ts';
import { StepElement } from './step-element.ts';

/**
 * Step 3. `domains`: of all mailbox groups. `given`: the address typed before. `vouchers`: the letter has some. `submit` asks for the mail.
 * @fires StepEvent `step` to `voucher` or `letter`
 */
export class WorkAddressStep extends StepElement {
	static override properties = {
		...StepElement.properties,
		domains: { attribute: false },
		given: { attribute: false },
		vouchers: { attribute: false },
		submit: { attribute: false },
	};
	declare domains: string[];
	declare given: string;
	declare vouchers: boolean;
	declare submit: (address: string) => Promise<void>;

	constructor() {
		super();
		this.domains = [];
		this.given = '';
		this.vouchers = true;
	}

	#send(event: Event): void {
		event.preventDefault();
		const address = this.querySelector<HTMLInputElement>('#address')?.value.trim() ?? '';
		if (address === '') void this.show([{ field: 'address', message: msg('Type your work address.') }]);
		else void this.attempt(() => this.submit(address));
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#send}>
<h1 tabindex="-1">${msg('Show that you work there')}</h1>
${this.summary()}
<p>${msg('We send a code to your work address. You type it here, on this device.')}</p>
${field(
	{
		id: 'address',
		label: msg('Your work address'),
		hint: this.#endings(),
		wrong: this.wrong('address'),
	},
	(by, invalid) =>
		html`<input id="address" type="email" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" dir="ltr" maxlength="330" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${this.given}>`,
)}
<div class="note"><p>${msg(html`<b>Your employer can list everyone who gets this mail.</b> It says “Your code” and does not name the letter. The list alone does not show who signed.`)} ${
			this.vouchers
				? msg('If being on it could harm you, ask whoever gave you the link for a voucher instead.')
				: msg(
						'This letter has no vouchers, which would need no mail: if being on that list could harm you, talk with whoever gave you the link before you go on.',
					)
		}</p></div>
${this.mainButton(msg('Send me a code'), msg('Sending …'))}
${onward(this.refused, (step) => this.go(step))}
<p><button class="link" type="button" @click=${() => this.go('voucher')}>${msg('I have a voucher')}</button></p>
</form>`;
	}

	/** Up to three are one sentence; more of them are a list. */
	#endings(): TemplateResult | string {
		const [first, second, third, ...more] = this.domains.map(
			(domain) => html`<bdi class="nowrap" dir="ltr">@${domain}</bdi>`,
		);
		if (first === undefined) return '';
		if (second === undefined) return msg(html`Ends in ${first}`);
		if (third === undefined) return msg(html`Ends in ${first} or ${second}`);
		if (more.length === 0) return msg(html`Ends in ${first}, ${second} or ${third}`);
		const rest = more.map((domain) => html`, ${domain}`);
		return msg(html`Ends in one of these: ${html`${first}, ${second}, ${third}${rest}`}`);
	}
}

customElements.define('work-address', WorkAddressStep);
declare global {
	interface HTMLElementTagNameMap {
		'work-address': WorkAddressStep;
	}
}
