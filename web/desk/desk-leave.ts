import { html, nothing, type TemplateResult } from 'lit';
import type { DeskView } from '../../shared/api/desk.ts';
import { readStanding } from '../../shared/client/deciding.ts';
import { leaveOut } from '../../shared/client/drafting.ts';
import { decideSuspension } from '../../shared/client/suspending.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { canDecideAbout, explainRemaining, remaining } from './remaining.ts';

/** `<desk-leave>`: an organizer who cannot go on closes their own desk, and is told what that costs. Fires nothing. */
export class DeskLeave extends DeskElement {
	protected override render(): TemplateResult | typeof nothing {
		const { view } = this.desk.unlocked;
		if (view.letter.state === 'abandoned') return nothing;
		return html`<details class="card decision"><summary><h2>I cannot go on</h2></summary>
			${this.summary()}
			${view.letter.state === 'draft' ? this.ofDraft(view) : this.ofLetter(view)}
			<form @submit=${(event: SubmitEvent) => this.leave(event)}>
				<div class="field" ?data-wrong=${this.trouble?.field === 'leave-typed'}><label for="leave-typed">Type “leave” to confirm</label>${this.wrong('leave-typed')}
				<input id="leave-typed" autocomplete="off" autocapitalize="none" aria-invalid=${this.invalid('leave-typed')} /></div>
				<button class="button plain" ?disabled=${this.busy !== ''}>Close my desk for good</button>
			</form></details>`;
	}

	private ofDraft({ organizers }: DeskView): TemplateResult {
		return html`<p>You leave the letter. ${organizers.length === 1 ? html`<b>You are the only organizer: the draft is erased with you.</b>` : 'The others go on without you; if the letter was frozen, it has to be frozen again.'}</p>`;
	}

	private ofLetter(view: DeskView): TemplateResult {
		const left = remaining(view);
		if (left === null) return html``;
		const after = { ...left, here: left.here - 1, spare: left.spare - 1 };
		return html`<p>Your desk closes at once, on every device. You do not need anybody’s consent, and the others see that you left. Your name stays in the charter, and your key and your share of the names stay yours. What you approved and has not acted yet counts no more.</p>
			<p><b>Without you:</b> ${explainRemaining(view, after)}</p>
			<p>${canDecideAbout(after, true) ? `${after.threshold} of the others together can open your desk again.` : html`<b>Nobody can open your desk again:</b> that takes ${after.threshold} others.`}</p>
			<p class="quiet">If you are in danger, leave first and explain later.</p>`;
	}

	private leave(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		return this.run('leave', async () => {
			if (this.querySelector<HTMLInputElement>('#leave-typed')?.value.trim().toLowerCase() !== 'leave') {
				throw new FormTrouble('leave-typed', 'Type the word leave, so that this never happens by accident.');
			}
			const { organizer, view } = this.desk.unlocked;
			if (view.letter.state === 'draft') {
				await this.desk.leaveForGood((call) => leaveOut(call, organizer.id));
				return;
			}
			// Over another root it would be refused; nobody has to have compared anything to leave.
			const standing = await readStanding(view, null);
			const turn = view.suspensions.find((one) => one.organizer === organizer.id)?.next ?? 1;
			await this.desk.leaveForGood((call) => decideSuspension(call, organizer, standing, organizer.id, turn));
		});
	}
}

customElements.define('desk-leave', DeskLeave);
