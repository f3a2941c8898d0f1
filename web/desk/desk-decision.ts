import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Approval } from '../../shared/approval.ts';
import { readCharter } from '../../shared/charter.ts';
import type { Call } from '../../shared/client/call.ts';
import { type DecisionKind, decide, takeDecisionBack } from '../../shared/client/deciding.ts';
import { ended, joinNames } from '../../shared/pages/people.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { titleOf } from './letter-title.ts';

const WORDS: Record<DecisionKind, { heading: string; what: string; act: string }> = {
	close: {
		heading: 'Close early',
		what: 'Signing ends and last call begins, as soon as enough of you decide it. It cannot be opened again.',
		act: 'Decide to close now',
	},
	abandon: {
		heading: 'Give the letter up',
		what: 'Every signature, name and draft is erased, for good. Whoever opens an invite link is told that the letter was abandoned.',
		act: 'Decide to abandon',
	},
};

/** `<desk-decision kind="close|abandon">`: what happens with the M-th who decides it. Fires nothing. */
export class DeskDecision extends DeskElement {
	static override properties: PropertyDeclarations = { kind: {} };
	declare kind: DecisionKind;

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const words = WORDS[this.kind];
		const { approvals } = this;
		const names = view.organizers
			.filter((one) => approvals.some((approval) => approval.organizer === one.id))
			.map((one) => one.name);
		const document = view.chain?.charters.at(-1);
		const need = document === undefined ? 0 : readCharter(document).threshold;
		const field = `${this.kind}-typed`;
		const typed = this.toType();
		return html`<details class="card decision" ?open=${names.length > 0}>
			<summary><h2>${words.heading}</h2></summary>
			${this.summary()}
			<p>${words.what} It takes ${need} of you${names.length === 0 ? '' : html`; so far: <b>${ended(joinNames(names))}</b>`}${names.length === 0 ? '.' : ''}</p>
			${
				this.decided
					? html`<p>You have decided for it. <button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.back()}>Take it back</button></p>`
					: html`<form @submit=${(event: SubmitEvent) => this.decide(event)}>
				${
					typed === null
						? nothing
						: html`<div class="field" ?data-wrong=${this.trouble?.field === field}><label for=${field}>Type the letter’s title to confirm: <bdi>${typed}</bdi></label>${this.wrong(field)}
					<input id=${field} autocomplete="off" autocapitalize="none" aria-invalid=${this.invalid(field)} /></div>`
				}
				<button class="button plain" ?disabled=${this.busy !== ''}>${words.act}</button></form>`
			}</details>`;
	}

	private decide(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const typed = this.toType();
		const field = `${this.kind}-typed`;
		const work = async () => {
			if (typed !== null && plain(this.querySelector<HTMLInputElement>(`#${field}`)?.value ?? '') !== plain(typed)) {
				throw new FormTrouble(field, 'Type the title as it stands above, so that this never happens by accident.');
			}
			const standing = await this.desk.standing();
			const { organizer } = this.desk.unlocked;
			const act = (call: Call) => decide(call, organizer, standing, this.kind);
			if (this.kind === 'abandon') await this.desk.giveUp(act, this.isLast(standing.charter.threshold));
			else await this.desk.act(act);
		};
		return this.run('decide', work, () => this.decided);
	}

	/** What confirms giving a letter up: its title; the word where it has none that can be read. */
	private toType(): string | null {
		return this.kind === 'abandon' ? titleOf(this.desk.unlocked.view).trim() || 'abandon' : null;
	}

	private back(): Promise<boolean> {
		const work = () => this.desk.act((call) => takeDecisionBack(call, this.kind));
		return this.run('back', work, () => !this.decided);
	}

	/** Whether the own decision is the last that it takes. */
	private isLast(need: number): boolean {
		const { you } = this.desk.unlocked.view;
		return this.approvals.filter(({ organizer }) => organizer !== you.organizer).length + 1 >= need;
	}

	private get decided(): boolean {
		const { you } = this.desk.unlocked.view;
		return this.approvals.some(({ organizer }) => organizer === you.organizer);
	}

	private get approvals(): readonly Approval[] {
		return this.desk.unlocked.view.decisions.find((one) => one.kind === this.kind)?.approvals ?? [];
	}
}

/** Capitals and blanks do not matter. */
const plain = (typed: string): string => typed.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

customElements.define('desk-decision', DeskDecision);
