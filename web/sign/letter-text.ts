import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { TextDocument } from '../../shared/charter.ts';
import { arrived } from '../../shared/client/later.ts';
import { toWord } from '../../shared/pages/languages.ts';
import { explain } from './problems.ts';

/** The letter that was checked against the link, to be read where its own page is not on the screen. `text`: of the last charter. Fires nothing. */
export class LetterText extends LitElement {
	static override properties = { text: { attribute: false }, body: { state: true }, missing: { state: true } };
	declare text: TextDocument;
	/** Safe HTML of text and references, once it was asked for. */
	declare body: string | null;
	/** Why there is none; folding it away and out again asks once more. */
	declare missing: string;

	constructor() {
		super();
		this.body = null;
		this.missing = '';
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Markdown is the larger half of this page's code: it comes when somebody wants to read. */
	async #read(): Promise<void> {
		try {
			const { renderMarkdown, renderReferences } = await arrived(() => import('../../shared/markdown.ts'));
			const { text, references } = this.text;
			this.body = renderMarkdown(text, references, 'read') + renderReferences(references, 'read');
			this.missing = '';
		} catch (problem) {
			this.missing = explain(problem).message;
		}
	}

	protected override render(): TemplateResult {
		const { language, title, addressees } = this.text;
		return html`<p class="quiet">${msg(html`The letter: <b lang=${language}><bdi>${title}</bdi></b>`)}</p>
<details @toggle=${this.#read}><summary>${msg('Read it as it is now')}</summary>${this.missing === '' ? nothing : html`<p class="wrong" role="alert">${this.missing}</p>`}<div lang=${language} dir="auto">
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
