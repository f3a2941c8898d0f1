import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Difference } from '../../shared/client/releasing.ts';

const SHOWN = 50;

function words({ kind, name }: Difference): string {
	const who = name ?? 'An anonymous signature';
	switch (kind) {
		case 'only-draft':
			return `${who} stands in it, but not in what you opened and agreed to.`;
		case 'only-mine':
			return `${who} is missing from it.`;
		case 'changed':
			return `${who} stands in it differently.`;
		case 'tallies':
			return 'The numbers by group differ.';
		case 'charters':
			return 'It carries another charter, text or approval.';
		case 'terms':
			return 'Its address, press contact or time differ.';
	}
}

/** `<desk-differences>`: what a draft release and one's own do not have in common. `found` is a property. Fires nothing. */
export class DeskDifferences extends LitElement {
	static override properties: PropertyDeclarations = { found: { attribute: false } };
	declare found: Difference[];

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const { found } = this;
		if (found.length === 0) {
			return html`<p class="good" role="status">No difference: your browser rebuilt the same release, to the byte, from the names that you opened.</p>`;
		}
		return html`<div class="note" role="status"><p><b>${found.length === 1 ? 'One difference' : `${found.length} differences`}</b> between this release and yours. Signatures that came off since, a strike put back, or a part opened later all cause that: build it again and it follows. If it stays, ask whoever built it.</p>
			<ul>${found.slice(0, SHOWN).map((one) => html`<li dir="auto">${words(one)}</li>`)}</ul>
			${found.length > SHOWN ? html`<p class="small quiet">And ${found.length - SHOWN} more.</p>` : ''}</div>`;
	}
}

customElements.define('desk-differences', DeskDifferences);
