import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import type { ErrorCode } from '../../shared/error-codes.ts';
import { readMailCode } from '../../shared/mail-code.ts';
import { field, printedLine } from './fields.ts';
import { onward } from './onward.ts';
import { type GroupShown, UNKNOWN_GROUP } from './proving-ways.ts';
import { StepElement } from './step-element.ts';

/** Seconds before another mail can be asked for. */
const WAIT = 60;
/** Mails that an address gets within an hour or two, whoever asks; past them nothing is sent, and nobody is told. */
const MAILS = 3;
/** After these, only another code works. */
const ENDED: ReadonlySet<ErrorCode> = new Set(['already-used', 'code-ended', 'code-expired']);
/** After these, the code of another mailbox is needed. */
const OTHER_MAILBOX: ReadonlySet<ErrorCode | null> = new Set(['address-differs', 'mailbox-not-proved'] as const);

/**
 * Step 4: the code from the mail, and the button that signs: nothing is sent before it is pressed, however the code came into the field. `address`: where the mail
 * went. `vouchers`: the letter has some. `links`: its mails hold a link as well. `submit` proves and signs; `resend` asks for another mail.
 * @fires StepEvent `step` to `address`, `voucher`, `words`, `letter` or `reread`
 */
export class TypeCode extends StepElement {
	static override properties = {
		...StepElement.properties,
		address: { attribute: false },
		appear: { attribute: false },
		group: { attribute: false },
		vouchers: { attribute: false },
		links: { attribute: false },
		submit: { attribute: false },
		resend: { attribute: false },
		wait: { state: true },
		mails: { state: true },
	};
	declare address: string;
	declare appear: Appearance | null;
	declare group: GroupShown;
	declare vouchers: boolean;
	declare links: boolean;
	declare submit: (code: string) => Promise<void>;
	declare resend: () => Promise<void>;
	/** Seconds until another mail can be asked for. */
	declare wait: number;
	/** Asked for from this page. */
	declare mails: number;
	#until = 0;
	#ticking: ReturnType<typeof setInterval> | null = null;

	constructor() {
		super();
		this.address = '';
		this.appear = null;
		this.group = UNKNOWN_GROUP;
		this.vouchers = true;
		this.links = true;
		this.wait = WAIT;
		this.mails = 1;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#waitAgain();
		// Whoever looks for the mail has this page in the background, where browsers let timers sleep: so the time counts, not the ticks.
		this.#ticking = setInterval(() => {
			this.wait = Math.max(0, Math.ceil((this.#until - performance.now()) / 1000));
		}, 1000);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		if (this.#ticking !== null) clearInterval(this.#ticking);
	}

	#waitAgain(): void {
		this.#until = performance.now() + WAIT * 1000;
		this.wait = WAIT;
	}

	#sign(event: Event): void {
		event.preventDefault();
		const typed = this.querySelector<HTMLInputElement>('#code')?.value ?? '';
		const code = readMailCode(typed);
		if (code !== null) void this.attempt(() => this.submit(code));
		else void this.show([{ field: 'code', message: whyNoCode(typed) }]);
	}

	#again(): void {
		void this.attempt(async () => {
			await this.resend();
			this.mails += 1;
			this.#waitAgain();
		});
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#sign}>
<h1 tabindex="-1">${msg('Type the code and sign')}</h1>
${this.summary()}
<p>${msg(html`A mail goes to <b dir="ltr">${this.address}</b>. The code in it works here, for an hour.`)}</p>
${field(
	{
		id: 'code',
		label: msg('Code'),
		hint: msg('Eight digits. You can paste them. Nothing is sent before you press the button.'),
		wrong: this.wrong('code'),
	},
	(by, invalid) =>
		html`<input id="code" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" dir="ltr" maxlength="1000" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
)}
${this.appear ? printedLine(msg('You sign as'), this.appear, this.group) : nothing}
${this.mainButton(msg('Sign the letter'), msg('Signing …'))}
${this.toWords()}
${OTHER_MAILBOX.has(this.refused) ? html`<p>${this.#toAddress('link')}</p>` : nothing}
${onward(this.refused, (step) => this.go(step))}
<p class="quiet after" role="status">${this.#said()}</p>
${this.#another()}
${this.#help()}
</form>`;
	}

	/** What the last press of "Send another" did, and that the wait is over: nobody who does not see the seconds could know. */
	#said(): string {
		if (this.mails === 1) return this.wait === 0 ? msg('You can send another mail now.') : '';
		return this.wait === 0 && this.mails < MAILS
			? msg('You can send one more mail now.')
			: msg('Another mail was asked for. The codes of the mails before it work as well.');
	}

	#another(): TemplateResult {
		if (this.mails >= MAILS)
			return html`<p class="quiet">${msg('No more mails go to this address for an hour or two.')}</p>`;
		if (this.refused !== null && ENDED.has(this.refused))
			return html`<p><button class="button plain wide" type="button" @click=${this.#again}>${msg('Send me a new code')}</button></p>`;
		if (this.wait === 0)
			return html`<p>${msg('No mail yet?')} <button class="link" type="button" @click=${this.#again}>${msg('Send another')}</button></p>`;
		const clock = `${Math.floor(this.wait / 60)}:${String(this.wait % 60).padStart(2, '0')}`;
		return html`<p class="quiet tab">${msg(str`No mail yet? You can send another in ${clock}.`)}</p>`;
	}

	#toAddress(classes: 'link' | 'link inline'): TemplateResult {
		return html`<button class=${classes} type="button" @click=${() => this.go('address')}>${msg('Change the address')}</button>`;
	}

	#help(): TemplateResult {
		const voucher = html`<button class="link inline" type="button" @click=${() => this.go('voucher')}>${msg('I have a voucher')}</button>`;
		return html`<details><summary>${msg('It still does not come')}</summary>
<ul>
<li>${msg('Look at the address above. Is it spelled right?')} ${this.#toAddress('link inline')}</li>
<li>${msg('Look where your mail program puts unwanted mail, and in what your company holds back. The subject is “Your code”.')}</li>
<li>${msg('Some companies hold mail from outside back for minutes. Leave this page open; the code still works when it comes.')}</li>
<li>${msg('For one letter an address gets at most three mails within an hour or two, whoever asks for them.')} ${
			this.links
				? msg('If codes came that you did not ask for, you can open the link in one of those mails and go on there.')
				: nothing
		}</li>
<li>${
			this.vouchers
				? msg('Your employer may block it. Ask whoever gave you the link for a voucher, which needs no mail.')
				: msg('Your employer may block it. Tell whoever gave you the link: the organizers can find another way.')
		} ${voucher}</li>
</ul></details>`;
	}
}

function whyNoCode(typed: string): string {
	if (typed.trim() === '') return msg('Type the eight digits from the mail.');
	if (typed.includes('/v#'))
		return msg('This is the link in the mail. Type the eight digits that stand at the top of the mail.');
	return msg('A code has eight digits, and this has not. Compare it with the mail.');
}

customElements.define('type-code', TypeCode);
declare global {
	interface HTMLElementTagNameMap {
		'type-code': TypeCode;
	}
}
