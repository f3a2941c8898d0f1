import { html, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';

/** `<desk-abandoned>`: nothing is left. Fires nothing. */
export class DeskAbandoned extends DeskElement {
	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		return html`<h1 tabindex="-1">The letter was abandoned</h1>
			<p class="lead">Every signature, every name and every draft is erased. Whoever opens an invite link is told so.</p>
			<p>Backups of the server, if there are any, still hold what they held; no name in them can be read unless enough of you open it.</p>`;
	}
}

customElements.define('desk-abandoned', DeskAbandoned);
