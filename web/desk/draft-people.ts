import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { DeskView } from '../../shared/api/desk.ts';
import { leaveOut } from '../../shared/client/drafting.ts';
import { sealTestNames } from '../../shared/client/readiness.ts';
import { DeskElement } from './desk-element.ts';
import './draft-invitations.ts';

type OnDesk = DeskView['organizers'][number];

/** `<draft-people>`: the organizers, who is ready, and invitations. Lets the sealed test names run. Fires nothing. */
export class DraftPeople extends DeskElement {
	static override properties: PropertyDeclarations = { leaving: { state: true } };
	/** Id of whom somebody is about to leave out. */
	declare leaving: string | null;

	constructor() {
		super();
		this.leaving = null;
	}

	protected override updated(): void {
		void this.desk.testNames.go(this.desk);
	}

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		return html`<section class="card" aria-labelledby="people">
			<h2 id="people" tabindex="-1">Organizers</h2>
			${this.summary()}
			<p class="quiet">Ready is who has a passkey, has repeated their 24 words, and whose keys have opened a test name that was sealed to them as names of signers will be. All of you must be ready before freezing; whoever is not can be left out.</p>
			<table class="list batches"><caption class="visually-hidden">Organizers and their readiness</caption>
				<thead><tr><th scope="col">Name</th><th scope="col">Passkey</th><th scope="col">Words</th><th scope="col">Test name</th><th scope="col"><span class="visually-hidden">Act</span></th></tr></thead>
				<tbody>${view.organizers.map((one) => this.row(one, view))}</tbody></table>
			${this.leavingOut(view)}
			${this.failed(view)}
			${view.organizers.length < 2 ? html`<p class="note">You are alone so far. A letter needs at least two, and no more than you would trust with your job.</p>` : nothing}
			<draft-invitations .desk=${this.desk}></draft-invitations>
		</section>`;
	}

	private row(one: OnDesk, { you, readiness }: DeskView): TemplateResult {
		const name = readiness.testNames.find(({ organizer }) => organizer === one.id);
		const mine = one.id === you.organizer;
		return html`<tr>
			<th scope="row"><bdi>${one.name}</bdi>${mine ? html` <span class="quiet">(you)</span>` : nothing}</th>
			<td data-name="Passkey">${one.passkey ? html`<span class="good">Yes</span>` : 'None'}</td>
			<td data-name="Words">${one.wordsChecked ? html`<span class="good">Checked</span>` : 'Not checked'}</td>
			<td data-name="Test name">${name?.opened ? html`<span class="good">Opened</span>` : 'Not opened'}</td>
			<td>${mine ? nothing : html`<button class="link small" aria-expanded=${this.leaving === one.id} @click=${() => this.ask(one.id)}>Leave out<span class="visually-hidden"> ${one.name}</span></button>`}</td>
		</tr>`;
	}

	private ask(id: string): void {
		this.leaving = this.leaving === id ? null : id;
		if (this.leaving !== null)
			void this.updateComplete.then(() => this.querySelector<HTMLElement>('#leave-out')?.focus());
	}

	private leavingOut({ organizers }: DeskView): TemplateResult | typeof nothing {
		const one = organizers.find(({ id }) => id === this.leaving);
		if (one === undefined) return nothing;
		return html`<div class="note" role="group" aria-labelledby="leave-out">
			<p id="leave-out" tabindex="-1"><b>Leave out <bdi>${one.name}</bdi>?</b> Their keys and passkeys are erased and they are logged out at once. What they wrote stays. To come back they need a new invitation. The others see that they are gone.</p>
			<div class="actions"><button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.leave(one.id)}>Leave <bdi>${one.name}</bdi> out</button>
			<button class="link" @click=${() => this.ask(one.id)}>Keep them</button></div></div>`;
	}

	private leave(id: string): Promise<boolean> {
		return this.run(id, async () => {
			await this.desk.act((call) => leaveOut(call, id));
			this.leaving = null;
			this.querySelector<HTMLElement>('#people')?.focus();
		});
	}

	private failed({ you }: DeskView): TemplateResult | typeof nothing {
		const { failure } = this.desk.testNames;
		if (failure === null) return nothing;
		return html`<div class="errors" role="alert"><h3>The test name did not open</h3>
			<p>${failure} Have another one sealed. If that does not open either, log out and come back; if it stays so, let the others leave you out and invite you again: with these keys you could not open the names.</p>
			<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.run('seal', () => this.desk.act((call) => sealTestNames(call, this.desk.unlocked.view, [you.organizer])))}>Seal another one to me</button></div>`;
	}
}

customElements.define('draft-people', DraftPeople);
