import { html, nothing, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';
import { explainRemaining, remaining } from './remaining.ts';

/** `<desk-remaining>`: on every page, once organizers were lost and no more may be. Shows nothing before. Fires nothing. */
export class DeskRemaining extends DeskElement {
	protected override render(): TemplateResult | typeof nothing {
		const { view } = this.desk.unlocked;
		const left = remaining(view);
		if (left === null || left.spare > 0 || left.here === left.all) return nothing;
		return html`<div class="note" role="status"><p><b>${left.spare < 0 ? 'Too few of you are left.' : 'Nobody else may be lost.'}</b> ${explainRemaining(view, left)}</p></div>`;
	}
}

customElements.define('desk-remaining', DeskRemaining);
