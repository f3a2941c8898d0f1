import { html, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';

/** `<desk-people>`: who organizes, and whether they are ready. Fires nothing. */
export class DeskPeople extends DeskElement {
	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		return html`${this.summary()}
			<h1 tabindex="-1">The organizers</h1>
			<div class="scroll"><table class="organizers">
				<thead><tr><th scope="col">Who</th><th scope="col">Passkey</th><th scope="col">24 words</th></tr></thead>
				<tbody>${view.organizers.map(
					(one) => html`<tr>
						<th scope="row" dir="auto">${one.name}${one.id === view.you.organizer ? ' (you)' : ''}</th>
						<td>${one.passkey ? 'Made' : 'None yet'}</td>
						<td>${one.wordsChecked ? 'Checked' : 'Not checked yet'}</td>
					</tr>`,
				)}</tbody>
			</table></div>`;
	}
}

customElements.define('desk-people', DeskPeople);
