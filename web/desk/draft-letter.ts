import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { renderMarkdown, renderReferences } from '../../shared/markdown.ts';
import { DraftPart } from './draft-part.ts';

/** `<draft-letter>`: title, addressees, text and references beside the page as it will read. Fires `draft-change`. */
export class DraftLetter extends DraftPart {
	protected override render(): TemplateResult {
		return html`<div class="write">
			<section class="write-form" aria-label="The letter">
				<div class="field"><label for="title">Title</label>
					<input id="title" maxlength="200" .value=${live(this.draft.title)} @input=${(event: Event) => this.change({ title: this.typed(event) })} /></div>
				<div class="field"><label for="addressees">To</label>
					<p class="hint" id="addressees-hint">As it is printed: names and offices.</p>
					<input id="addressees" maxlength="500" aria-describedby="addressees-hint" .value=${live(this.draft.addressees)} @input=${(event: Event) => this.change({ addressees: this.typed(event) })} /></div>
				<div class="field"><label for="text">Text</label>
					<p class="hint" id="text-hint">Markdown: # a heading, **bold**, - a list. [1] points to the first reference.</p>
					<textarea id="text" rows="18" aria-describedby="text-hint" .value=${live(this.draft.text)} @input=${(event: Event) => this.change({ text: this.typed(event) })}></textarea></div>
				${this.references()}
			</section>
			${this.preview()}
		</div>`;
	}

	private references(): TemplateResult {
		const { references } = this.draft;
		const put = (at: number, value: string) =>
			this.change({ references: references.map((old, i) => (i === at ? value : old)) });
		return html`<fieldset><legend id="references" tabindex="-1">References</legend>
			<ol class="rows">${references.map(
				(reference, i) => html`<li>
					<input aria-label="Reference ${i + 1}" maxlength="1000" .value=${live(reference)} @input=${(event: Event) => put(i, this.typed(event))} />
					<button class="link" aria-label="Remove reference ${i + 1}" @click=${() => this.change({ references: references.filter((_, at) => at !== i) })}>Remove</button>
				</li>`,
			)}</ol>
			<button class="button plain" ?disabled=${references.length >= 100} @click=${() => this.add()}>Add a reference</button>
		</fieldset>`;
	}

	private add(): void {
		this.change({ references: [...this.draft.references, ''] });
		setTimeout(() => [...this.querySelectorAll<HTMLElement>('.rows input')].at(-1)?.focus());
	}

	private preview(): TemplateResult {
		const { title, addressees, text, references, language } = this.draft;
		return html`<section class="sheet preview" aria-label="As it will read" lang=${language}>
			<p class="kicker quiet small" lang="en">As it will read</p>
			<p class="preview-title" dir="auto">${title || 'Untitled'}</p>
			${addressees === '' ? '' : html`<p class="to" dir="auto">To ${addressees}</p>`}
			<div class="body" dir="auto">${text.trim() === '' ? html`<p class="quiet" lang="en">Your text appears here as you write.</p>` : unsafeHTML(renderMarkdown(text, references))}</div>
			${references.length === 0 ? '' : unsafeHTML(renderReferences(references))}
		</section>`;
	}
}

customElements.define('draft-letter', DraftLetter);
