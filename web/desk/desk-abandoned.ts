import { html, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';

/** `<desk-abandoned>`: nothing is left, no session either. Fires nothing. */
export class DeskAbandoned extends DeskElement {
	protected override get needsKeys(): boolean {
		return false;
	}

	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		return html`<h1 tabindex="-1">The letter was abandoned</h1>
			<p class="lead">Every signature, every name and every draft is erased. Whoever opens an invite link is told so.</p>
			<p>Backups of the server, if there are any, still hold what they held; no name in them can be read unless enough of you open it.</p>
			<p>You are logged out, and this browser has forgotten the letter’s fingerprint. The other organizers are told only that their session has ended: tell them. You can close this page, and clear it from the history.</p>`;
	}
}

customElements.define('desk-abandoned', DeskAbandoned);
