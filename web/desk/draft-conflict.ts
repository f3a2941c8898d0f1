import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import { FIELD_NAMES } from './draft-fields.ts';
import { conflictsOf, type DraftField } from './draft-merge.ts';
import type { TextConflict } from './merge-text.ts';

/** `<draft-conflict>`: both versions of each field that two people changed, of a text the lines that both changed. `base`: what both began from. Fires `draft-decide` (detail: `{field, whose}`). */
export class DraftConflict extends LitElement {
	static override properties: PropertyDeclarations = {
		base: { attribute: false },
		mine: { attribute: false },
		theirs: { attribute: false },
		fields: { attribute: false },
	};
	declare base: Draft;
	declare mine: Draft;
	declare theirs: Draft;
	declare fields: DraftField[];

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override firstUpdated(): void {
		this.querySelector<HTMLElement>('.errors')?.focus();
	}

	protected override render(): TemplateResult {
		return html`<div class="errors" role="alert" tabindex="-1">
			<h2>Somebody else changed the same while you wrote</h2>
			<p>Nothing is lost: what only one of you changed is there already, and both versions of the rest are here. Choose one of each; you can still edit it afterwards.</p>
			${this.fields.map((field) => {
				const places = conflictsOf(this.base, this.mine, this.theirs, field);
				return html`<div class="conflict"><h3>${FIELD_NAMES[field]}</h3>
					<div class="columns">
						${this.version(field, 'mine', places)}
						${this.version(field, 'theirs', places)}
					</div></div>`;
			})}
		</div>`;
	}

	private version(field: DraftField, whose: 'mine' | 'theirs', places: readonly TextConflict[]): TemplateResult {
		const [head, name, act] =
			whose === 'mine'
				? ['Yours', 'Your version', 'Keep yours']
				: ['Theirs, saved meanwhile', 'Their version', 'Take theirs'];
		return html`<div><p class="small quiet">${head}</p>
			${places.map((place) => html`<pre role="group" tabindex="0" aria-label=${name}>${place[whose] || '(left out)'}</pre>`)}
			<button class="button plain" @click=${() => this.decide(field, whose)}>${act}</button></div>`;
	}

	private decide(field: DraftField, whose: 'mine' | 'theirs'): void {
		this.dispatchEvent(new CustomEvent('draft-decide', { detail: { field, whose } }));
	}
}

customElements.define('draft-conflict', DraftConflict);
