import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import type { ErrorCode } from '../../shared/error-codes.ts';
import { field, printedLine } from './fields.ts';
import { StepElement } from './step-element.ts';

const WAIT = 60;
/** After these, only another code works. */
const ENDED: ReadonlySet<ErrorCode> = new Set(['already-used', 'code-ended', 'code-expired']);

/**
 * Step 4: the code from the mail, and the button that signs. `address`: where the mail went. `submit` proves and signs; `resend` asks for
 * another mail.
 */
export class TypeCode extends StepElement {
	static override properties = {
		...StepElement.properties,
		address: { attribute: false },
		appear: { attribute: false },
		group: { attribute: false },
		submit: { attribute: false },
		resend: { attribute: false },
		wait: { state: true },
		resent: { state: true },
	};
	declare address: string;
	declare appear: Appearance | null;
	declare group: string | null;
	declare submit: (code: string) => Promise<void>;
	declare resend: () => Promise<void>;
	/** Seconds until another mail can be asked for. */
	declare wait: number;
	declare resent: boolean;
	#ticking: ReturnType<typeof setInterval> | null = null;

	constructor() {
		super();
		this.address = '';
		this.appear = null;
		this.group = null;
		this.wait = WAIT;
		this.resent = false;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#ticking = setInterval(() => {
			if (this.wait > 0) this.wait -= 1;
		}, 1000);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		if (this.#ticking !== null) clearInterval(this.#ticking);
	}

	#sign(event: Event): void {
		event.preventDefault();
		const code = this.querySelector<HTMLInputElement>('#code')?.value.replace(/[\s-]/g, '') ?? '';
		if (/^\d{8}$/.test(code)) void this.attempt(() => this.submit(code));
		else void this.show([{ field: 'code', message: 'Type the eight digits from the mail.' }]);
	}

	#again(): void {
		void this.attempt(async () => {
			await this.resend();
			this.wait = WAIT;
			this.resent = true;
		});
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#sign}>
<h1 tabindex="-1">Type the code and sign</h1>
${this.summary()}
<p>Sent to <b dir="ltr">${this.address}</b>. It works for an hour.</p>
${field(
	{ id: 'code', label: 'Code', wrong: this.wrong('code') },
	(by, invalid) =>
		html`<input id="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" dir="ltr" maxlength="12" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
)}
${this.appear ? printedLine('You sign as', this.appear, this.group) : nothing}
${this.mainButton('Sign the letter', 'Signing …')}
${this.toWords()}
${this.#later()}
</form>`;
	}

	#another(clock: string): TemplateResult {
		return this.wait > 0
			? html`<p class="quiet tab">No mail yet? You can send another in ${clock}.</p>`
			: html`<p>No mail yet? <button class="link" type="button" @click=${this.#again}>Send another</button></p>`;
	}

	#later(): TemplateResult {
		const clock = `${Math.floor(this.wait / 60)}:${String(this.wait % 60).padStart(2, '0')}`;
		return html`<p class="quiet after" role="status">${this.resent ? 'Another mail is on its way. Only its code works now.' : ''}</p>
${
	this.refused !== null && ENDED.has(this.refused)
		? html`<p><button class="button plain wide" type="button" @click=${this.#again}>Send me a new code</button></p>`
		: this.#another(clock)
}
<details><summary>It still does not come</summary>
<ul>
<li>Look at the address above. Is it spelled right? <button class="link inline" type="button" @click=${() => this.go('address')}>Change it</button></li>
<li>Look where your mail program puts unwanted mail. The subject is “Your code”.</li>
<li>Some companies hold mail from outside back for a few minutes. At most three mails are sent to an address in an hour.</li>
<li>Your employer may block it. Ask whoever gave you the link for a voucher, which needs no mail. <button class="link inline" type="button" @click=${() => this.go('voucher')}>I have a voucher</button></li>
</ul></details>`;
	}
}

customElements.define('type-code', TypeCode);
declare global {
	interface HTMLElementTagNameMap {
		'type-code': TypeCode;
	}
}
