import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Charter } from '../../../shared/charter.ts';
import { type MailingOnDesk, readMailings } from '../../../shared/client/mailing.ts';
import { Fault } from '../../../shared/fault.ts';
import { ended } from '../../../shared/pages/people.ts';
import { DeskElement } from '../desk-element.ts';
import { outcomes, people } from './mailing-words.ts';
import './desk-mailing.ts';
import './desk-roster-form.ts';

/** As verified in this browser. */
type Read = { mailings: MailingOnDesk[]; charter: Charter };

const isOver = ({ state }: MailingOnDesk) => state === 'stopped' || state === 'done';

/** `<desk-roster>`: writing to everybody on a list. Folded away behind its warning until one is proposed. Fires nothing. */
export class DeskRoster extends DeskElement {
	static override properties: PropertyDeclarations = {
		read: { state: true },
		broken: { state: true },
		warned: { state: true },
		opened: { state: true },
		said: { state: true },
	};
	/** Null until this browser knows the letter. */
	declare read: Read | null;
	declare broken: string | null;
	/** The warning was read here. */
	declare warned: boolean;
	/** There was something to see: it stays unfolded when that is over. */
	declare opened: boolean;
	declare said: string;
	#for = '';

	constructor() {
		super();
		this.read = null;
		this.broken = null;
		this.warned = false;
		this.opened = false;
		this.said = '';
	}

	/** Verified anew whenever the server says something else. */
	protected override updated(): void {
		const { roster, chain } = this.desk.unlocked.view;
		const now = JSON.stringify([roster, chain?.charters.length]);
		if (now === this.#for) return;
		this.#for = now;
		void this.verify(now);
	}

	private async verify(now: string): Promise<void> {
		try {
			const standing = await this.desk.standing();
			const mailings = await readMailings(this.desk.unlocked.view, standing);
			if (now !== this.#for) return;
			this.read = { mailings, charter: standing.charter };
			this.opened ||= mailings.some((one) => !isOver(one));
			this.broken = null;
		} catch (fault) {
			// A browser that does not know the letter yet: <desk-known> asks, and then it is tried again.
			this.#for = '';
			this.read = null;
			if (!(fault instanceof Fault)) throw fault;
			this.broken = fault.code === 'chain-root' ? null : `${fault.message} (${fault.place})`;
		}
	}

	protected override render(): TemplateResult | typeof nothing {
		if (this.read !== null && !this.read.charter.groups.some(({ proof }) => proof === 'mailbox')) return nothing;
		return html`<details class="card decision roster" ?open=${this.opened}>
			<summary><h2 id="roster-heading" tabindex="-1">Write to everybody on a list</h2></summary>
			<p>Everybody at your employer whose address you have gets the same mail, with a code of their own. Then having got a mail says nothing about anybody, and nobody has to ask for one.</p>
			<p class="good" role="status">${this.said}</p>
			${this.broken === null ? nothing : html`<div class="errors" role="alert"><h3>What the server shows cannot be read</h3><p>${this.broken} Approve nothing here, and tell the other organizers.</p></div>`}
			${this.read === null ? html`<p class="quiet">${this.broken === null ? 'This opens once this browser knows the letter.' : ''}</p>` : this.all(this.read)}</details>`;
	}

	private all({ mailings, charter }: Read): TemplateResult {
		const over = mailings.filter(isOver);
		const [current] = mailings.filter((one) => !isOver(one));
		return html`${
			current === undefined
				? this.begin(charter)
				: repeat(
						[current],
						({ mailing }) => mailing.mailing,
						(one) =>
							html`${one.state === 'proposed' ? this.warning(charter) : nothing}<desk-mailing .desk=${this.desk} .mailing=${one} .charter=${charter} @stopped=${() => this.tell('It is stopped.')}></desk-mailing>`,
					)
		}${over.length === 0 ? nothing : html`<h3>Over</h3><ul class="plain-list over">${over.map((one) => this.over(one))}</ul>`}`;
	}

	private begin(charter: Charter): TemplateResult {
		return html`${this.warning(charter)}
			${
				this.warned
					? html`<desk-roster-form .desk=${this.desk} .charter=${charter} @proposed=${() => this.proposed()}></desk-roster-form>`
					: html`<button class="button plain" @click=${() => this.prepare()}>Prepare a list all the same</button>`
			}`;
	}

	private warning(charter: Charter): TemplateResult {
		return html`<div class="note"><p><b>It tells your employer today.</b></p><ul>
				<li>The mails go through your employer’s mail system, all within hours. Whoever runs it sees them, can read them, and can hold them back. They name no letter, but it is clear that something is being signed.</li>
				<li>How did you get the list? Copying a staff directory may break the law or your contract, and points at whoever could copy it. What you say about it is read by all organizers.</li>
				<li>The mail holds no link to the letter, so nobody learns to trust links in mails. Whoever wants to sign still needs the link from a colleague. The code signs without a name.</li>
				<li>It takes ${charter.threshold} of you, and cannot be called back.</li></ul></div>`;
	}

	private async prepare(): Promise<void> {
		this.warned = true;
		await this.updateComplete;
		const form = this.querySelector('desk-roster-form');
		await form?.updateComplete;
		form?.querySelector<HTMLElement>('textarea')?.focus();
	}

	private over(one: MailingOnDesk): TemplateResult {
		const name = this.desk.unlocked.view.organizers.find(({ id }) => id === one.turnedBy)?.name;
		const words = one.state === 'done' ? 'Done.' : ended(name === undefined ? 'Stopped' : `Stopped by ${name}`);
		return html`<li><span>To ${people(one.total)}. ${words} ${one.over === null ? 'Nothing was sent.' : outcomes(one).join(' ')}</span></li>`;
	}

	private proposed(): Promise<void> {
		this.warned = false;
		return this.tell('It is proposed, with your approval. It waits for the others.');
	}

	/** Focus goes to the heading, since what was pressed is gone. */
	private async tell(words: string): Promise<void> {
		this.said = words;
		await this.updateComplete;
		this.querySelector<HTMLElement>('#roster-heading')?.focus();
	}
}

customElements.define('desk-roster', DeskRoster);

declare global {
	interface HTMLElementTagNameMap {
		'desk-roster': DeskRoster;
	}
}
