import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { TextDocument } from '../../shared/charter.ts';
import { toWord } from '../../shared/pages/languages.ts';

/** The letter that was checked against the link, to be read where its own page is not on the screen. `text`: of the last charter. Fires nothing. */
export class LetterText extends LitElement {
	static override properties = { text: { attribute: false }, body: { state: true } };
	declare text: TextDocument;
	/** Safe HTML of text and references, once it was asked for. */
	declare body: string | null;

	constructor() {
		super();
		this.body = null;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Markdown is the larger half of this page's code: it comes when somebody wants to read. */
	async #read(): Promise<void> {
		const { renderMarkdown, renderReferences } = await import('../../shared/markdown.ts');
		const { text, references } = this.text;
		this.body = renderMarkdown(text, references, 'read') + renderReferences(references, 'read');
	}

	protected override render(): TemplateResult {
		const { language, title, addressees } = this.text;
		return html`<p class="quiet">${msg(html`The letter: <b lang=${language}><bdi>${title}</bdi></b>`)}</p>
<details @toggle=${this.#read}><summary>${msg('Read it as it is now')}</summary><div lang=${language} dir="auto">
${addressees === '' ? nothing : html`<p class="quiet">${toWord(language)}${addressees}</p>`}
<div class="body">${this.body === null ? nothing : unsafeHTML(this.body)}</div></div></details>`;
	}
}

customElements.define('letter-text', LetterText);
declare global {
	interface HTMLElementTagNameMap {
		'letter-text': LetterText;
	}
}
