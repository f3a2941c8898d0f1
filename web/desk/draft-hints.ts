import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { lawyerHints } from './lawyer-hints.ts';

/** `<draft-hints>`: what a lawyer would ask, folded; with where the text may be about it. `text` is a property. Fires nothing, holds up nothing. */
export class DraftHints extends LitElement {
	static override properties: PropertyDeclarations = { text: { attribute: false } };
	declare text: string;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const hints = lawyerHints(this.text);
		const met = hints.filter(({ found }) => found.length > 0).length;
		return html`<details class="wait hints">
			<summary><span class="what" role="heading" aria-level="2">What a lawyer would ask</span><span class="quiet value">${met === 0 ? 'Five questions' : `Five questions; ${met === 1 ? 'one' : met} may be about your text`}</span></summary>
			<p class="quiet">These are questions, not advice, and nothing depends on them: what holds depends on where you are and on your contracts. A union or a lawyer can answer them.</p>
			<dl class="questions">${hints.map(
				({ question, why, found }) => html`<div><dt>${question}</dt><dd>${why}
					${found.length === 0 ? nothing : html`<span class="found">In your text: ${found.map((piece, i) => html`${i === 0 ? '' : ', '}<q>${piece}</q>`)}</span>`}</dd></div>`,
			)}</dl>
		</details>`;
	}
}

customElements.define('draft-hints', DraftHints);
