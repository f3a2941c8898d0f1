import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { Refused, Unanswered } from '../../shared/client/call.ts';
import type { OpenedLetter } from '../../shared/client/held-letter.ts';
import { askable, type LostWords } from '../../shared/client/lost-words.ts';
import { spell } from '../../shared/pages/numbers.ts';
import { field } from './fields.ts';
import { StepElement } from './step-element.ts';

const nobody = () =>
	msg('No signature of this letter was made with this address. Did you sign with another one, or with a voucher?');

/**
 * For whoever has neither the words nor the browser: asks the organizers to take the name off. `opened`: the letter. `make` begins a request; it is kept in this
 * element only.
 */
export class LostWordsStep extends StepElement {
	static override properties = {
		...StepElement.properties,
		opened: { attribute: false },
		make: { attribute: false },
		phase: { state: true },
	};
	declare opened: OpenedLetter;
	declare make: () => LostWords | Promise<LostWords>;
	declare phase: 'ask' | 'code' | 'sent';
	#lost: LostWords | null = null;
	#typed = { name: '', address: '' };

	constructor() {
		super();
		this.phase = 'ask';
	}

	/** Moves on, to the heading of what comes. */
	async #to(phase: 'code' | 'sent'): Promise<void> {
		this.phase = phase;
		await this.updateComplete;
		this.querySelector<HTMLElement>('h1')?.focus();
	}

	#begin(then: (lost: LostWords) => Promise<void>): void {
		const value = (id: string) => this.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
		this.#typed = { name: value('name'), address: value('address') };
		void this.attempt(async () => {
			this.#lost ??= await this.make();
			await this.#lost.begin(this.#typed);
			await then(this.#lost);
		});
	}

	#askForCode(event: Event): void {
		event.preventDefault();
		this.#begin(async (lost) => {
			await lost.askForCode();
			await this.#to('code');
		});
	}

	#unproven(event: Event): void {
		event.preventDefault();
		this.#begin(async (lost) => {
			await lost.sendUnproven();
			await this.#to('sent');
		});
	}

	#send(event: Event): void {
		event.preventDefault();
		const code = this.querySelector<HTMLInputElement>('#code')?.value.replace(/[\s-]/g, '') ?? '';
		if (!/^\d{8}$/.test(code))
			return void this.show([{ field: 'code', message: msg('Type the eight digits from the mail.') }]);
		void this.attempt(async () => {
			try {
				await this.#lost?.sendWithCode(code);
			} catch (problem) {
				throw problem instanceof Refused && problem.code === 'mailbox-not-proved' ? new Unanswered(nobody()) : problem;
			}
			await this.#to('sent');
		});
	}

	protected override render(): TemplateResult {
		if (this.phase === 'sent') return sent();
		const way = askable(this.opened);
		if (way === 'over') return this.#over();
		return this.phase === 'code' ? this.#code() : this.#ask(way);
	}

	#over(): TemplateResult {
		const advice = this.opened.standing?.charter.advice ?? '';
		return html`<h1 tabindex="-1">${msg('Without your words')}</h1>
<p>${msg('Without your words nobody can show that a signature is theirs. The organizers could be asked here until they opened the names, and that time is over.')}</p>
<p>${advice === '' ? msg('Ask whoever gave you the link: the organizers can still leave a name off the list, or strike it after the release.') : msg(html`The organizers can still leave a name off the list, or strike it after the release. The letter says whom to ask: <bdi>${advice}</bdi>`)}</p>`;
	}

	#ask(way: 'by-mail' | 'unproven'): TemplateResult {
		const charter = this.opened.standing?.charter;
		const mail = way === 'by-mail' && charter?.groups.some(({ proof }) => proof === 'mailbox');
		return html`<form novalidate autocomplete="off" @submit=${mail ? this.#askForCode : this.#unproven}>
<h1 tabindex="-1">${msg('Ask to be taken off')}</h1>
${this.summary()}
<p>${msg('Without your words you cannot take your name off yourself. You can ask the organizers to do it.')}</p>
<div class="note"><p>${msg(html`<b>Who reads this.</b> Name and address are sealed in this browser. Nobody can read them until ${spell(charter?.threshold ?? 0)} organizers open all names together, after signing is over. Then every organizer can. They decide, and nobody writes to you.`)}</p>
<p>${msg(html`<b>Not if you signed anonymously.</b> Nobody can find an anonymous signature. You would only tell the organizers that you signed.`)}</p></div>
${field(
	{ id: 'name', label: msg('The name that you signed with'), wrong: this.wrong('name') },
	(by, invalid) =>
		html`<input id="name" type="text" autocomplete="off" spellcheck="false" maxlength="160" dir="auto" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${this.#typed.name}>`,
)}
${field(
	{
		id: 'address',
		label: msg('The work address that you signed with'),
		hint: msg('Leave it empty if you signed with a voucher.'),
		wrong: this.wrong('address'),
	},
	(by, invalid) =>
		html`<input id="address" type="email" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" dir="ltr" maxlength="330" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${this.#typed.address}>`,
)}
${mail ? this.#both() : html`<p>${msg('Nothing will prove that it is you, so the organizers will want to speak with you before they act.')}</p>${this.mainButton(msg('Ask the organizers'), msg('Sealing …'))}`}
</form>`;
	}

	#both(): TemplateResult {
		return html`<p>${msg('A code to that address shows the organizers that the mailbox is yours. As before, your employer can list everyone who gets this mail; it does not name the letter.')}</p>
${this.mainButton(msg('Send me a code'), msg('Sending …'))}
<p><button class="link" type="button" @click=${this.#unproven}>${msg('Ask without a code')}</button></p>
<p class="quiet">${msg('Then nothing proves that it is you, and the organizers will want to speak with you before they act.')}</p>`;
	}

	#code(): TemplateResult {
		return html`<form novalidate @submit=${this.#send}>
<h1 tabindex="-1">${msg('Type the code')}</h1>
${this.summary()}
<p>${msg(html`Sent to <b dir="ltr">${this.#typed.address.trim()}</b>. It works for an hour. Do not use the link in the mail: it leads to signing.`)}</p>
<p>${msg('Keep this page open until then: your name and address are kept nowhere else.')}</p>
${field(
	{ id: 'code', label: msg('Code'), wrong: this.wrong('code') },
	(by, invalid) =>
		html`<input id="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" dir="ltr" maxlength="12" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
)}
${this.mainButton(msg('Ask the organizers'), msg('Sealing …'))}
</form>`;
	}
}

const sent = () => html`<h1 tabindex="-1">${msg('Your request is sealed')}</h1>
<p>${msg('The organizers find it when they open the names, after last call. Until then nobody can read it. They look at it beside the list and decide; you get no answer.')}</p>
<p>${msg('If you find your words, take your name off yourself: that works at any time, and nobody has to agree.')}</p>`;

customElements.define('lost-words', LostWordsStep);
declare global {
	interface HTMLElementTagNameMap {
		'lost-words': LostWordsStep;
	}
}
