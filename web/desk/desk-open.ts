import { html, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';
import { restoredNote } from './restored-note.ts';
import { spellTime, until } from './times.ts';
import './desk-amend.ts';
import './desk-decision.ts';
import './desk-links.ts';
import './desk-progress.ts';
import './desk-vouchers.ts';
import './roster/desk-roster.ts';

/** `<desk-open>`: signatures come in. Links, vouchers, coarse progress, closing early, abandoning. Fires nothing. */
export class DeskOpen extends DeskElement {
	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		const { letter } = this.desk.unlocked.view;
		return html`<h1 tabindex="-1">People can sign</h1>
			<p>${letter.closesAt ? html`Signing closes ${until(letter.closesAt, letter.now)}, on ${spellTime(letter.closesAt)}.` : ''} Nobody can read a name before last call is over, you included.</p>
			${restoredNote(letter.restored)}
			<desk-progress .desk=${this.desk}></desk-progress>
			<desk-links .desk=${this.desk}></desk-links>
			<desk-vouchers .desk=${this.desk}></desk-vouchers>
			<desk-roster .desk=${this.desk}></desk-roster>
			<desk-amend .desk=${this.desk}></desk-amend>
			<desk-decision .desk=${this.desk} kind="close"></desk-decision>
			<desk-decision .desk=${this.desk} kind="abandon"></desk-decision>`;
	}
}

customElements.define('desk-open', DeskOpen);
