import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { LIMITS } from '../../shared/limits.ts';
import { DraftPart } from './draft-part.ts';
import { isOver, roomLine } from './draft-room.ts';

/** `<draft-contacts>`: whom signers may ask, and whom the press may call. Fires `draft-change`. */
export class DraftContacts extends DraftPart {
	protected override render(): TemplateResult {
		return html`<div class="columns">
			${this.contact('advice', 'Advice for signers', 'A union, a lawyer, a person: shown beside “before you sign”.')}
			${this.contact('press', 'Press contact', 'A person with a number or an address, printed above the signatories. Not shown before the release.')}
		</div>`;
	}

	private contact(field: 'advice' | 'press', label: string, hint: string): TemplateResult {
		const value = this.draft[field];
		return html`<div class="field"><label for=${field}>${label}</label>
			<p class="hint" id="${field}-hint">${hint}</p>
			${roomLine(field, value, LIMITS[field])}
			<textarea id=${field} rows="3" aria-describedby="${field}-hint ${field}-room" aria-invalid=${isOver(value, LIMITS[field])} .value=${live(value)} @input=${(event: Event) => this.change({ [field]: this.typed(event) })}></textarea></div>`;
	}
}

customElements.define('draft-contacts', DraftContacts);
