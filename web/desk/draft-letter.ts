import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import { DraftPart } from './draft-part.ts';
import type { PreviewSetting } from './draft-preview.ts';
import type { WrittenText } from './written-fields.ts';
import './draft-hints.ts';
import './draft-text.ts';

/** `<draft-letter>`: title and text, and what a lawyer would ask. `filled` (the draft with its defaults) and `setting` are for the preview. Fires `draft-change`. */
export class DraftLetter extends DraftPart {
	static override properties: PropertyDeclarations = { filled: { attribute: false }, setting: { attribute: false } };
	declare filled: Draft;
	declare setting: PreviewSetting;

	protected override render(): TemplateResult {
		return html`<draft-text .brief=${true} .written=${this.draft} .draft=${this.filled} .setting=${this.setting} @text-change=${(event: CustomEvent<Partial<WrittenText>>) => this.change(event.detail)}></draft-text>
			<draft-hints .text=${this.draft.text}></draft-hints>`;
	}
}

customElements.define('draft-letter', DraftLetter);
