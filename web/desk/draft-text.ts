import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Draft } from '../../shared/api/desk.ts';
import { renderMarkdown, renderReferences } from '../../shared/markdown.ts';
import { toWord } from '../../shared/pages/languages.ts';
import { languageChoices, languageName } from './languages.ts';

/** The text in one language. */
export type WrittenText = Draft['translations'][number];

/**
 * `<draft-text>`: language, title, addressees, text and references beside the page as it will read. `written` is what stands there, `mark` what
 * the ids of its inputs begin with (the original has ''). Fires `text-change` (detail: the fields that changed).
 */
export class DraftText extends LitElement {
	static override properties: PropertyDeclarations = { written: { attribute: false }, mark: { attribute: false } };
	declare written: WrittenText;
	declare mark: string;

	constructor() {
		super();
		this.mark = '';
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	private change(part: Partial<WrittenText>): void {
		this.dispatchEvent(new CustomEvent('text-change', { detail: part }));
	}

	private put(field: 'language' | 'title' | 'addressees' | 'text') {
		return (event: Event) => {
			const { target } = event;
			if (
				target instanceof HTMLInputElement ||
				target instanceof HTMLTextAreaElement ||
				target instanceof HTMLSelectElement
			)
				this.change({ [field]: target.value });
		};
	}

	protected override render(): TemplateResult {
		const { language, title, addressees, text } = this.written;
		const id = (name: string) => `${this.mark}${name}`;
		return html`<div class="write">
			<section class="write-form" aria-label=${this.mark === '' ? 'The letter' : `The translation into ${languageName(language)}`}>
				<div class="field"><label for=${id('language')}>Language</label>
					<select id=${id('language')} .value=${live(language)} @change=${this.put('language')}>
						${languageChoices(language).map(({ tag, name }) => html`<option value=${tag} lang=${tag} ?selected=${tag === language}>${name}</option>`)}
					</select></div>
				<div class="field"><label for=${id('title')}>Title</label>
					<input id=${id('title')} lang=${language} dir="auto" maxlength="200" .value=${live(title)} @input=${this.put('title')} /></div>
				<div class="field"><label for=${id('addressees')}>To</label>
					<p class="hint" id=${id('addressees-hint')}>As it is printed: names and offices${toWord(language) === '' ? ', with your language’s word for “to” before them' : ''}.</p>
					<input id=${id('addressees')} lang=${language} dir="auto" maxlength="500" aria-describedby=${id('addressees-hint')} .value=${live(addressees)} @input=${this.put('addressees')} /></div>
				<div class="field"><label for=${id('text')}>Text</label>
					<p class="hint" id=${id('text-hint')}>Markdown: # a heading, **bold**, - a list. [1] points to the first reference.</p>
					<textarea id=${id('text')} lang=${language} dir="auto" rows="18" aria-describedby=${id('text-hint')} .value=${live(text)} @input=${this.put('text')}></textarea></div>
				${this.references(id)}
			</section>
			${this.preview()}
		</div>`;
	}

	private references(id: (name: string) => string): TemplateResult {
		const { references, language } = this.written;
		const put = (at: number, value: string) =>
			this.change({ references: references.map((old, i) => (i === at ? value : old)) });
		return html`<fieldset><legend id=${id('references')} tabindex="-1">References</legend>
			<ol class="rows">${references.map(
				(reference, i) => html`<li>
					<input aria-label="Reference ${i + 1}" lang=${language} dir="auto" maxlength="1000" .value=${live(reference)} @input=${(event: Event) => event.target instanceof HTMLInputElement && put(i, event.target.value)} />
					<button class="link" aria-label="Remove reference ${i + 1}" @click=${() => this.change({ references: references.filter((_, at) => at !== i) })}>Remove</button>
				</li>`,
			)}</ol>
			<button class="button plain" ?disabled=${references.length >= 100} @click=${() => this.add()}>Add a reference</button>
		</fieldset>`;
	}

	private add(): void {
		this.change({ references: [...this.written.references, ''] });
		setTimeout(() => [...this.querySelectorAll<HTMLElement>('.rows input')].at(-1)?.focus());
	}

	private preview(): TemplateResult {
		const { title, addressees, text, references, language } = this.written;
		return html`<section class="sheet preview" aria-label=${this.mark === '' ? 'As it will read' : `As it will read in ${languageName(language)}`} lang=${language}>
			<p class="kicker quiet small" lang="en">As it will read</p>
			<p class="preview-title" dir="auto">${title || 'Untitled'}</p>
			${addressees === '' ? '' : html`<p class="to" dir="auto">${toWord(language)}${addressees}</p>`}
			<div class="body" dir="auto">${text.trim() === '' ? html`<p class="quiet" lang="en">Your text appears here as you write.</p>` : unsafeHTML(renderMarkdown(text, references, `${this.mark}reference`))}</div>
			${references.length === 0 ? '' : unsafeHTML(renderReferences(references, `${this.mark}reference`))}
		</section>`;
	}
}

customElements.define('draft-text', DraftText);
