import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import { LIMITS } from '../../shared/limits.ts';
import { DraftPart } from './draft-part.ts';
import type { PreviewSetting } from './draft-preview.ts';
import { languageName } from './languages.ts';
import type { WrittenText } from './written-fields.ts';
import './draft-text.ts';

/** `<draft-translations>`: the letter in other languages. `filled` and `setting` as in `<draft-letter>`. Fires `draft-change`. */
export class DraftTranslations extends DraftPart {
	static override properties: PropertyDeclarations = {
		...{ filled: { attribute: false }, setting: { attribute: false } },
		...{ removed: { state: true }, unfolded: { state: true } },
	};
	declare filled: Draft;
	declare setting: PreviewSetting;
	/** The translation that was removed last, so that it can come back. */
	declare removed: { at: number; text: WrittenText } | null;
	/** Places of those that are unfolded: only these are drawn. */
	declare unfolded: ReadonlySet<number>;
	#entering: number | null = null;

	constructor() {
		super();
		this.removed = null;
		this.unfolded = new Set();
	}

	/** The draft comes back from the desk's editor in its own time: only then is the new translation here. */
	protected override updated(): void {
		const added = this.#entering === null ? null : this.querySelector<HTMLElement>(`#translation-${this.#entering}`);
		if (added === null) return;
		this.#entering = null;
		setTimeout(() => added.querySelector<HTMLElement>('select')?.focus());
	}

	protected override render(): TemplateResult {
		return html`<p class="quiet" id="translations-heading" tabindex="-1">Everybody signs all of them together, so let somebody who reads both compare each with the original. Readers of the released letter choose their language.</p>
			${this.draft.translations.map((text, at) => this.translation(text, at))}
			${this.undo()}
			<button class="button plain" ?disabled=${this.draft.translations.length >= LIMITS.translations} @click=${() => this.add()}>Add a translation</button>`;
	}

	private translation(text: WrittenText, at: number): TemplateResult {
		const put = (part: Partial<WrittenText>) => {
			this.change({ translations: this.draft.translations.map((old, i) => (i === at ? { ...old, ...part } : old)) });
		};
		const toggle = (event: Event) => {
			if (event.currentTarget instanceof HTMLDetailsElement) this.unfold(at, event.currentTarget.open);
		};
		const open = this.unfolded.has(at);
		return html`<details class="as-read" id="translation-${at}" ?open=${open} @toggle=${toggle}>
			<summary><span lang=${text.language}>${languageName(text.language)}</span>${text.title === '' ? nothing : html`: <bdi lang=${text.language}>${text.title}</bdi>`}</summary>
			${open ? html`<draft-text .written=${text} .mark=${`translation-${at}-`} .draft=${this.filled} .setting=${this.setting} .at=${at + 1} @text-change=${(event: CustomEvent<Partial<WrittenText>>) => put(event.detail)}></draft-text>` : nothing}
			<button class="link" @click=${() => this.leaveOut(at)}>Remove this translation</button>
		</details>`;
	}

	private unfold(at: number, open: boolean): void {
		const others = [...this.unfolded].filter((one) => one !== at);
		this.unfolded = new Set(open ? [...others, at] : others);
	}

	private undo(): TemplateResult | typeof nothing {
		if (this.removed === null) return nothing;
		const { at, text } = this.removed;
		return html`<p role="status">The translation into <span lang=${text.language}>${languageName(text.language)}</span> is removed. <button class="link" @click=${() => {
			this.change({ translations: this.draft.translations.toSpliced(at, 0, text) });
			this.removed = null;
		}}>Undo</button></p>`;
	}

	private leaveOut(at: number): void {
		const text = this.draft.translations[at];
		if (text === undefined) return;
		this.removed = { at, text };
		this.unfolded = new Set();
		this.change({ translations: this.draft.translations.toSpliced(at, 1) });
	}

	/** Begins with the references of the original, since most stay as they are. */
	private add(): void {
		const taken = [this.draft.language, ...this.draft.translations.map((one) => one.language)];
		const language = ['en', 'es', 'fr', 'de', 'pl'].find((tag) => !taken.includes(tag)) ?? 'en';
		this.#entering = this.draft.translations.length;
		this.unfold(this.#entering, true);
		const { references } = this.draft;
		this.change({
			translations: [...this.draft.translations, { language, title: '', addressees: '', text: '', references }],
		});
	}
}

customElements.define('draft-translations', DraftTranslations);
