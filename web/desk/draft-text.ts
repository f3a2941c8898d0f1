import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Draft } from '../../shared/api/desk.ts';
import { LIMITS } from '../../shared/limits.ts';
import { markdownFaults, renderMarkdown, renderReferences } from '../../shared/markdown.ts';
import { toWord } from '../../shared/pages/languages.ts';
import { movedCaret } from './caret.ts';
import type { PreviewSetting } from './draft-preview.ts';
import { isOver, roomLine } from './draft-room.ts';
import { goTo } from './go-to.ts';
import { languageName } from './languages.ts';
import { insertText } from './paste/insert-text.ts';
import { addresseesField, languageField, referencesField, type WrittenText } from './written-fields.ts';
import './draft-preview.ts';

const MOST_FAULTS = 3;

/**
 * `<draft-text>`: the text in one language, beside how it will read. `written` is what stands there, `mark` what the ids of its inputs begin with; `brief`
 * leaves all but title and text to others. With `draft` (with its defaults), `setting` and `at` as in `<draft-preview>` the published page stands beside it, else
 * the text alone. Fires `text-change` (detail: the fields that changed).
 */
export class DraftText extends LitElement {
	static override properties: PropertyDeclarations = {
		...{ written: { attribute: false }, mark: { attribute: false }, brief: { attribute: false } },
		...{ draft: { attribute: false }, setting: { attribute: false }, at: { attribute: false } },
		...{ reading: { state: true }, pasted: { state: true } },
	};
	declare written: WrittenText;
	declare mark: string;
	declare brief: boolean;
	declare draft: Draft | null;
	declare setting: PreviewSetting | null;
	declare at: number;
	/** On a narrow screen: the page in place of the form. */
	declare reading: boolean;
	/** What is said of what was pasted last. */
	declare pasted: string;
	#caret: { before: string; start: number; end: number } | null = null;

	constructor() {
		super();
		this.mark = '';
		this.brief = false;
		this.draft = null;
		this.setting = null;
		this.at = 0;
		this.reading = false;
		this.pasted = '';
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	private get area(): HTMLTextAreaElement | null {
		return this.querySelector('textarea');
	}

	/** Others' words may come in while somebody writes here. */
	protected override willUpdate(): void {
		const { area } = this;
		const writing = area !== null && area === document.activeElement && area.value !== this.written.text;
		this.#caret = writing ? { before: area.value, start: area.selectionStart, end: area.selectionEnd } : null;
	}

	protected override updated(): void {
		if (this.#caret === null) return;
		const { before, start, end } = this.#caret;
		const { text } = this.written;
		this.area?.setSelectionRange(movedCaret(before, text, start), movedCaret(before, text, end));
	}

	private readonly put = (part: Partial<WrittenText>) => {
		// At once, not when the desk hands it back: an input that is set to what it held before forgets what can be undone.
		this.written = { ...this.written, ...part };
		this.dispatchEvent(new CustomEvent('text-change', { detail: part }));
	};

	protected override render(): TemplateResult {
		const { written, mark, put } = this;
		const field = { written, mark, put };
		const { brief } = this;
		const see = (reading: boolean, words: string) =>
			html`<button class="link" type="button" aria-pressed=${this.reading === reading} @click=${() => {
				this.reading = reading;
			}}>${words}</button>`;
		return html`<div class="write" data-view=${this.reading ? 'page' : 'form'}>
			<p class="view-switch">${see(false, 'Write')} ${see(true, 'See the page')}</p>
			<section class="write-form" aria-label=${this.name}>
				${brief ? nothing : languageField(field)}
				${this.titleField()}
				${brief ? nothing : addresseesField(field)}
				${this.textField()}
				${brief ? nothing : referencesField(field)}
			</section>
			<section class="write-page" aria-label="${this.name}, as it will read">${this.page()}</section>
		</div>`;
	}

	private get name(): string {
		return this.at === 0 && !/\d/.test(this.mark)
			? 'The letter'
			: `The translation into ${languageName(this.written.language)}`;
	}

	private page(): TemplateResult {
		const { draft, setting, written, mark } = this;
		if (draft !== null && setting !== null) {
			return html`<draft-preview .draft=${draft} .setting=${setting} .at=${this.at} .name=${`${this.name}, as it will be published`}></draft-preview>`;
		}
		const { title, addressees, text, references, language } = written;
		return html`<div class="sheet preview" lang=${language}>
			<p class="kicker quiet small" lang="en">As it will read</p>
			<p class="preview-title" dir="auto">${title || 'Untitled'}</p>
			${addressees === '' ? nothing : html`<p class="to" dir="auto">${toWord(language)}${addressees}</p>`}
			<div class="body" dir="auto">${unsafeHTML(renderMarkdown(text, references, `${mark}reference`))}</div>
			${references.length === 0 ? nothing : unsafeHTML(renderReferences(references, `${mark}reference`))}
		</div>`;
	}

	private titleField(): TemplateResult {
		const { title, language } = this.written;
		const id = `${this.mark}title`;
		return html`<div class="field"><label for=${id}>Title</label>
			${roomLine(id, title, LIMITS.title)}
			<input id=${id} lang=${language} dir="auto" aria-describedby="${id}-room" aria-invalid=${isOver(title, LIMITS.title)} .value=${live(title)} @input=${(event: InputEvent) => this.put({ title: (event.currentTarget as HTMLInputElement).value })} /></div>`;
	}

	private textField(): TemplateResult {
		const { text, language, references } = this.written;
		const id = `${this.mark}text`;
		const faults = markdownFaults(text, references);
		const wrong = faults.length > 0 || isOver(text, LIMITS.text);
		return html`<div class="field"><label for=${id}>Text</label>
			<p class="hint" id="${id}-hint">Write, or paste from a word processor. Markdown: # a heading, **bold**, - a list. [1] points to the first reference.</p>
			${roomLine(id, text, LIMITS.text)}
			<div id="${id}-faults" role="status">${faults.slice(0, MOST_FAULTS).map(({ line, reason }) => html`<p class="wrong"><button class="link small" type="button" @click=${() => this.goToLine(line)}>Line ${line}</button> ${reason}${this.toReferences(reason)}</p>`)}
				${faults.length > MOST_FAULTS ? html`<p class="wrong">And ${faults.length - MOST_FAULTS} more.</p>` : nothing}</div>
			<textarea id=${id} lang=${language} dir="auto" rows="18" aria-describedby="${id}-hint ${id}-room ${id}-faults" aria-invalid=${wrong} .value=${live(text)}
				@input=${(event: InputEvent) => this.put({ text: (event.currentTarget as HTMLTextAreaElement).value })} @paste=${(event: ClipboardEvent) => this.paste(event)}></textarea>
			<p class="hint" role="status">${this.pasted}</p></div>`;
	}

	private toReferences(reason: string): TemplateResult | typeof nothing {
		if (!reason.startsWith('There is no reference')) return nothing;
		return html` <button class="link small" type="button" @click=${() => goTo(`${this.mark}references`)}>To the references</button>`;
	}

	private goToLine(line: number): void {
		const before = this.written.text.split('\n').slice(0, line - 1);
		const start = before.reduce((all, one) => all + one.length + 1, 0);
		const end = this.written.text.indexOf('\n', start);
		this.area?.focus();
		this.area?.setSelectionRange(start, end < 0 ? this.written.text.length : end);
	}

	/** What comes with its formatting is written as Markdown; one undo takes it back. Shift with the paste keys brings the plain text, as everywhere. */
	private paste(event: ClipboardEvent): void {
		const markup = event.clipboardData?.getData('text/html') ?? '';
		const plain = event.clipboardData?.getData('text/plain') ?? '';
		const { area } = this;
		this.pasted = '';
		if (markup === '' || area === null) return;
		event.preventDefault();
		void import('./paste/paste-markdown.ts')
			.then(({ pastedMarkdown }) => pastedMarkdown(markup))
			.catch(() => null)
			.then((made) => {
				insertText(area, made?.markdown ?? plain);
				this.pasted = made === null ? '' : saidOf(made.pictures);
			});
	}
}

const saidOf = (pictures: boolean) =>
	`Headings, lists and links were kept.${pictures ? ' Pictures were left out: describe them, or link to them.' : ''} Undo takes all of it back.`;

customElements.define('draft-text', DraftText);
