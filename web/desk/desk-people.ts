import { html, nothing, type TemplateResult } from 'lit';
import type { DeskView } from '../../shared/api/desk.ts';
import { DeskElement } from './desk-element.ts';
import { explainRemaining, remaining } from './remaining.ts';
import { explainThreshold } from './threshold.ts';
import './desk-leave.ts';
import './desk-suspension.ts';

/** `<desk-people>`: who organizes, whether they are ready, how many are left against M, and who is suspended. Fires nothing. */
export class DeskPeople extends DeskElement {
	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const left = remaining(view);
		return html`<h1 tabindex="-1">The organizers</h1>
			${left === null ? nothing : html`<p class="lead">${left.threshold} of ${left.all} must act together. ${explainRemaining(view, left)}</p>${this.meaning(left.threshold, left.all)}`}
			${this.table(view)}
			${left === null ? this.inDraft() : view.organizers.filter((one) => one.id !== view.you.organizer).map((one) => html`<desk-suspension .desk=${this.desk} .about=${one.id}></desk-suspension>`)}
			<desk-leave .desk=${this.desk}></desk-leave>`;
	}

	private meaning(threshold: number, all: number): TemplateResult {
		const { collude, lost } = explainThreshold(threshold, all);
		return html`<details class="plain"><summary>What that means</summary><p>${collude}</p><p>${lost}</p>
			<p>Keys cannot be replaced: the charter that people sign under names each of you with your key.</p></details>`;
	}

	private table(view: DeskView): TemplateResult {
		return html`<div class="scroll-x"><table class="list organizers">
			<caption class="visually-hidden">Organizers and whether they are ready</caption>
			<thead><tr><th scope="col">Who</th><th scope="col">Desk</th><th scope="col">Passkey</th><th scope="col">24 words</th></tr></thead>
			<tbody>${view.organizers.map((one) => {
				const about = view.suspensions.find(({ organizer }) => organizer === one.id);
				const desk = about?.suspended ? (about.left ? 'Left' : 'Suspended') : 'Open';
				return html`<tr>
					<th scope="row"><bdi>${one.name}</bdi>${one.id === view.you.organizer ? ' (you)' : ''}</th>
					<td>${desk}</td>
					<td>${one.passkey ? 'Made' : 'None yet'}</td>
					<td>${one.wordsChecked ? 'Checked' : 'Not checked yet'}</td>
				</tr>`;
			})}</tbody>
		</table></div>`;
	}

	private inDraft(): TemplateResult {
		return html`<p class="with-links">While the letter is a draft, people are invited and left out on the <button class="link" @click=${() => this.desk.goTo('letter')}>letter’s page</button>. Once it is open, enough of you can suspend somebody, and nobody can be added.</p>`;
	}
}

customElements.define('desk-people', DeskPeople);
