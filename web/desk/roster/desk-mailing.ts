import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Charter } from '../../../shared/charter.ts';
import {
	approveMailing,
	isSameList,
	type MailingOnDesk,
	takeMailingBack,
	turnMailing,
} from '../../../shared/client/mailing.ts';
import { ended, joinNames } from '../../../shared/pages/people.ts';
import { readRoster } from '../../../shared/roster.ts';
import { DeskElement, FormTrouble } from '../desk-element.ts';
import { byDomain, doneOf, number, outcomes, people, spellDuration } from './mailing-words.ts';
import { rosterMailShown } from './roster-mail-shown.ts';

/** `<desk-mailing>`: one that waits or is on its way: what it is, who approved, how far it is. `mailing` and `charter` are properties. Fires `stopped`. */
export class DeskMailing extends DeskElement {
	static override properties: PropertyDeclarations = {
		mailing: { attribute: false },
		charter: { attribute: false },
		same: { state: true },
		stopping: { state: true },
	};
	declare mailing: MailingOnDesk;
	declare charter: Charter;
	/** Of a list of one's own; null before it was compared. */
	declare same: boolean | null;
	declare stopping: boolean;

	constructor() {
		super();
		this.same = null;
		this.stopping = false;
	}

	private nameOf(id: string): string {
		return this.desk.unlocked.view.organizers.find((one) => one.id === id)?.name ?? 'somebody';
	}

	protected override render(): TemplateResult {
		const { mailing, total, proposer, state } = this.mailing;
		const kicker = `Mailing to ${people(total)}, proposed by ${this.nameOf(proposer)}`;
		return html`<article class="waiting mailing" aria-label=${kicker}><p class="kicker small quiet">${kicker}</p>
			${this.summary()}
			<p>To ${byDomain(mailing.domains)}.</p>
			<p>How the list was obtained: <q>${mailing.note}</q></p>
			${state === 'proposed' ? this.waiting() : html`${this.underWay()}${this.mail()}`}
			${this.stop()}</article>`;
	}

	private waiting(): TemplateResult {
		const { approvedBy, total } = this.mailing;
		const missing = Math.max(0, this.charter.threshold - approvedBy.length);
		const by =
			approvedBy.length === 0
				? 'Approved by nobody'
				: `Approved by ${joinNames(approvedBy.map((one) => this.nameOf(one)))}`;
		const { perMinute } = this.desk.unlocked.view.roster;
		return html`<p>You do not see the addresses. Ask for the list over a channel of yours and compare it here, or approve only if you trust where it comes from. Beware of a short list: how many of its codes were used is public in the end, and of one real person among made-up addresses that says who.</p>
			${this.compare()}${this.mail()}
			<p>${by}; ${missing === 1 ? 'one more is' : `${missing} more are`} needed. With the last approval it begins, within a minute, and takes ${spellDuration(total, perMinute)}. <b>From then on your employer knows.</b></p>
			${
				this.approved
					? html`<div class="actions"><p class="good">You have approved.</p><button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.back()}>Take it back</button></div>`
					: html`<form @submit=${(event: SubmitEvent) => this.approve(event)}>
				<div class="field" ?data-wrong=${this.trouble?.field === 'roster-knows'}>${this.wrong('roster-knows')}<label class="tick"><input id="roster-knows" type="checkbox" aria-invalid=${this.invalid('roster-knows')} /> I know that this tells our employer today</label></div>
				<button class="button" ?disabled=${this.busy !== ''}>${this.busy === 'approve' ? 'Approving' : 'Approve this mailing'}</button></form>`
			}`;
	}

	private mail(): TemplateResult {
		return html`<details><summary>The mail</summary>${rosterMailShown(this.desk.parts.origin)}</details>`;
	}

	private compare(): TemplateResult {
		return html`<details><summary>Compare with a list of your own</summary>
			<form @submit=${(event: SubmitEvent) => this.look(event)}>
				<div class="field"><label for="roster-own">The same addresses, as you have them</label>
					<p class="hint" id="roster-own-hint">They stay in this browser.</p>
					<textarea id="roster-own" rows="4" spellcheck="false" autocapitalize="none" aria-describedby="roster-own-hint"></textarea></div>
				<button class="button plain" ?disabled=${this.busy !== ''}>Compare</button>
			</form>
			<p role="status" class=${this.same ? 'good' : 'flag'}>${this.same === null ? '' : this.same ? 'The same list, every address of it.' : 'Another list. Ask what is different before you approve.'}</p></details>`;
	}

	private underWay(): TemplateResult {
		const { mailing, total, state, turnedBy, approvedBy } = this.mailing;
		const id = `mailing-${mailing.mailing}`;
		const done = doneOf(this.mailing);
		const left = total - done;
		const { perMinute } = this.desk.unlocked.view.roster;
		return html`<div class="running"><p id=${id}><b>${number(done)} of ${number(total)}</b> ${state === 'paused' ? 'are done; it is held up.' : html`are done. The rest takes ${spellDuration(left, perMinute)}.`}</p>
				<progress aria-labelledby=${id} max=${total} .value=${done}></progress></div>
			<p>${outcomes(this.mailing).join(' ')}</p>
			<p class="small quiet">${approvedBy.length === 0 ? '' : ended(`Approved by ${joinNames(approvedBy.map((one) => this.nameOf(one)))}`)} ${turnedBy === null ? '' : ended(`${state === 'paused' ? 'Held up' : 'Let go on'} by ${this.nameOf(turnedBy)}`)}</p>`;
	}

	private stop(): TemplateResult {
		const { state } = this.mailing;
		const press = (words: string, to: 'sending' | 'paused') =>
			html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.turn(to)}>${words}</button>`;
		if (this.stopping) {
			const what =
				state === 'proposed'
					? 'It is taken off the table, and the addresses are erased.'
					: 'The addresses that are left are erased. What was sent stays sent.';
			return html`<p><b>This is for good.</b> ${what}</p><div class="actions"><button class="button" ?disabled=${this.busy !== ''} @click=${() => this.turn('stopped')}>Stop it now</button>
				<button class="link" @click=${() => this.keep()}>Let it be</button></div>`;
		}
		return html`<div class="actions">${state === 'sending' ? press('Hold it up', 'paused') : state === 'paused' ? press('Go on', 'sending') : nothing}
			<button class="link stop" @click=${() => {
				this.stopping = true;
			}}>${state === 'proposed' ? 'Take it off the table' : 'Stop for good'}</button></div>`;
	}

	private async keep(): Promise<void> {
		this.stopping = false;
		await this.updateComplete;
		this.querySelector<HTMLElement>('.stop')?.focus();
	}

	private approve(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const work = async () => {
			if (!this.querySelector<HTMLInputElement>('#roster-knows')?.checked) {
				throw new FormTrouble('roster-knows', 'Tick this first: it cannot be undone.');
			}
			const standing = await this.desk.standing();
			await this.desk.act((call) => approveMailing(call, this.desk.unlocked.organizer, standing, this.mailing));
		};
		return this.run('approve', work, () => this.approved);
	}

	private back(): Promise<boolean> {
		const work = () => this.desk.act((call) => takeMailingBack(call, this.mailing));
		return this.run('back', work, () => !this.approved);
	}

	private get approved(): boolean {
		return this.mailing.approvedBy.includes(this.desk.unlocked.view.you.organizer);
	}

	private async turn(to: 'sending' | 'paused' | 'stopped'): Promise<void> {
		const work = () => this.desk.act((call) => turnMailing(call, this.mailing, to));
		const turned = await this.run('turn', work, () => this.mailing.state === to);
		if (turned && to === 'stopped') this.dispatchEvent(new CustomEvent('stopped'));
	}

	private look(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		return this.run('compare', async () => {
			const typed = this.querySelector<HTMLTextAreaElement>('#roster-own')?.value ?? '';
			this.same = await isSameList(this.mailing, readRoster(typed, this.charter.groups).addresses);
		});
	}
}

customElements.define('desk-mailing', DeskMailing);

declare global {
	interface HTMLElementTagNameMap {
		'desk-mailing': DeskMailing;
	}
}
