import { html, nothing, type TemplateResult } from 'lit';
import { joinNames } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';
import { goTo } from './go-to.ts';

/** `<desk-stop-waits>`: on every page, while another organizer’s stop waits for one more: the letter goes out unless somebody sees it. Fires nothing. */
export class DeskStopWaits extends DeskElement {
	protected override render(): TemplateResult | typeof nothing {
		const { letter, release, organizers, you } = this.desk.unlocked.view;
		if (letter.state !== 'scheduled') return nothing;
		const waiting = organizers.filter(({ id }) => release?.stoppedBy.includes(id) && id !== you.organizer);
		const names = joinNames(waiting.map(({ name }) => name));
		// Already there, what comes into it is announced.
		return html`<div role="status">${
			names === ''
				? nothing
				: html`<p class="note"><b><bdi>${names}</bdi> wants this release stopped.</b> It takes one more of you: ask why, and stop it <a href="#stop-heading" @click=${(event: Event) => this.go(event)}>on the letter’s page</a> if you agree. Otherwise it goes out.</p>`
		}</div>`;
	}

	/** Without a change of the address. */
	private go(event: Event): void {
		event.preventDefault();
		if (this.desk.page === 'letter') goTo('stop-heading');
		else this.desk.goTo('letter', 'stop-heading');
	}
}

customElements.define('desk-stop-waits', DeskStopWaits);
