import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { Refused } from '../../shared/client/call.ts';
import { confirmTestMail, sendTestMail } from '../../shared/client/readiness.ts';
import { Fault } from '../../shared/fault.ts';
import { joinNames } from '../../shared/pages/people.ts';
import { readWorkAddress } from '../../shared/work-address.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';

type Step = { at: 'ask' } | { at: 'type'; test: string } | { at: 'reached' };

/**
 * `<draft-test-mail>`: a code to a work inbox, to see whether signers will get theirs. The address leaves the page with the request and is kept
 * nowhere. Fires nothing.
 */
export class DraftTestMail extends DeskElement {
	static override properties: PropertyDeclarations = { step: { state: true } };
	declare step: Step;

	constructor() {
		super();
		this.step = { at: 'ask' };
	}

	/** Those that the server knows, which checks the address against them. */
	private get domains(): string[] {
		const groups = this.desk.unlocked.view.draft?.draft.groups ?? [];
		return groups.flatMap((group) => (group.proof === 'mailbox' ? group.domains : []));
	}

	protected override render(): TemplateResult {
		const { readiness } = this.desk.unlocked.view;
		return html`<section class="card" aria-labelledby="test-mail">
			<h2 id="test-mail" tabindex="-1">Does the code arrive?</h2>
			<p>Companies filter mail. Have a code sent to two work inboxes before anybody depends on it: the same mail that signers will get.</p>
			<div class="note"><p><b>Your employer can see that this mail came</b>, to whom and from where, now and for as long as they keep their mail log. Take inboxes whose owners know that, and look at them on a device of your own where you can. The address itself is not kept here.</p></div>
			${this.summary()}
			${readiness.testMails.length === 0 ? nothing : html`<ul class="plain-list">${readiness.testMails.map((one) => html`<li><span><span class="good">✓</span> ${one.inboxes === 1 ? 'One inbox' : `${one.inboxes} inboxes`} at ${one.domain}</span></li>`)}</ul>`}
			${this.step.at === 'type' ? this.type(this.step.test) : this.ask()}
		</section>`;
	}

	private ask(): TemplateResult {
		const [domain] = this.domains;
		if (domain === undefined)
			return html`<p class="quiet">First name the employer’s mail domain, and wait until the draft is saved.</p>`;
		return html`${this.step.at === 'reached' ? html`<p class="good" role="status">It arrived. Codes reach this inbox.</p>` : nothing}
			<form class="one-field" @submit=${(event: SubmitEvent) => this.send(event)}>
			<div class="field" ?data-wrong=${this.trouble?.field === 'test-address'}>
				<label for="test-address">A work address</label>
				<p class="hint" id="test-address-hint">Of a person, at ${this.domains.length === 1 ? domain : 'one of the domains above'}. At most three codes an hour go to one inbox.</p>
				${this.wrong('test-address')}
				<input id="test-address" type="email" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="test-address-hint" aria-invalid=${this.invalid('test-address')} />
			</div>
			<button class="button plain" ?disabled=${this.busy !== ''}>${this.busy === 'send' ? 'Sending' : 'Send a test code'}</button></form>`;
	}

	private type(test: string): TemplateResult {
		return html`<p role="status">A code is on its way. Look into the inbox, and into spam. The link in the mail leads nowhere; it is there so that filters see what they will see.</p>
			<form class="one-field" @submit=${(event: SubmitEvent) => this.confirm(event, test)}>
			<div class="field" ?data-wrong=${this.trouble?.field === 'test-code'}>
				<label for="test-code">The code from the mail</label>
				<p class="hint" id="test-code-hint">Eight digits, good for an hour.</p>
				${this.wrong('test-code')}
				<input id="test-code" inputmode="numeric" autocomplete="off" aria-describedby="test-code-hint" aria-invalid=${this.invalid('test-code')} />
			</div>
			<div class="actions"><button class="button plain" ?disabled=${this.busy !== ''}>It arrived</button>
			<button class="link" type="button" @click=${() => this.go({ at: 'ask' })}>It did not come: try another</button></div></form>
			<details class="plain"><summary>It does not come</summary><p>Wait five minutes. Then ask whoever runs this server to look at its mail relay, and to run “npm run mail-check”. If your employer drops the mail, vouchers need none.</p></details>`;
	}

	private go(step: Step): void {
		this.step = step;
		this.trouble = null;
		void this.updateComplete.then(() => this.querySelector<HTMLElement>('input')?.focus());
	}

	private send(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const address = this.querySelector<HTMLInputElement>('#test-address')?.value.trim() ?? '';
		return this.run('send', async () => {
			this.check(address);
			const test = await this.about('test-address', sendTestMail(this.desk.call, address));
			this.go({ at: 'type', test });
		});
	}

	/** The same check as the server's, before anything leaves the browser. */
	private check(address: string): void {
		try {
			readWorkAddress(address, [{ id: '', proof: 'mailbox', domains: this.domains }]);
		} catch (fault) {
			if (fault instanceof Fault && fault.code === 'address-domain') {
				const where = joinNames(this.domains.slice(0, 5));
				throw new FormTrouble('test-address', `This letter’s people have addresses at ${where}. Take one of those.`);
			}
			if (fault instanceof Fault) throw new FormTrouble('test-address', fault.message);
			throw fault;
		}
	}

	private confirm(event: SubmitEvent, test: string): Promise<boolean> {
		event.preventDefault();
		const code = this.querySelector<HTMLInputElement>('#test-code')?.value.replace(/\s/g, '') ?? '';
		return this.run('confirm', async () => {
			if (!/^\d{8}$/.test(code)) throw new FormTrouble('test-code', 'Type the eight digits from the mail.');
			await this.about(
				'test-code',
				this.desk.act((call) => confirmTestMail(call, test, code)),
			);
			this.go({ at: 'reached' });
		});
	}

	/** What the server refuses is about this one input. */
	private async about<T>(field: string, asking: Promise<T>): Promise<T> {
		try {
			return await asking;
		} catch (failure) {
			if (failure instanceof Refused && failure.status < 500 && failure.status !== 401)
				throw new FormTrouble(field, failure.message);
			throw failure;
		}
	}
}

customElements.define('draft-test-mail', DraftTestMail);
