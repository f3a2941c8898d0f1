import { html, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';
import { until } from './times.ts';

/** `<desk-day>`: what happens on the day of the release. Fires nothing. */
export class DeskDay extends DeskElement {
	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		const { releaseAt, now } = this.desk.unlocked.view.letter;
		return html`${this.summary()}
			<h1 tabindex="-1">The day of the release</h1>
			<p class="lead">${releaseAt ? `The letter goes out ${until(releaseAt, now)}.` : 'There is no minute for the release yet.'}</p>`;
	}
}

customElements.define('desk-day', DeskDay);
