import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LIMITS } from '../../shared/limits.ts';
import { DraftPart } from './draft-part.ts';
import type { WrittenText } from './draft-text.ts';
import { languageName } from './languages.ts';
import './draft-deliveries.ts';
import './draft-text.ts';

/** `<draft-letter>`: the text, and its translations. Fires `draft-change`. */
export class DraftLetter extends DraftPart {
	static override properties: PropertyDeclarations = { removed: { state: true }, added: { state: true } };
	/** The translation that was removed last, so that it can come back. */
	declare removed: { at: number; text: WrittenText } | null;

	/** Place of the translation that was added last: it is unfolded. */
	declare added: number | null;
	#entering = false;

	constructor() {
		super();
		this.removed = null;
		this.added = null;
	}

	/** The draft comes back from the desk's editor in its own time: only then is the new translation here. */
	protected override updated(): void {
		const folded = this.#entering ? this.querySelector<HTMLElement>(`#translation-${this.added}`) : null;
		if (folded === null) return;
		this.#entering = false;
		setTimeout(() => folded.querySelector<HTMLElement>('select')?.focus());
	}

	protected override render(): TemplateResult {
		return html`<draft-text .written=${this.draft} @text-change=${(event: CustomEvent<Partial<WrittenText>>) => this.change(event.detail)}></draft-text>
			<draft-deliveries .draft=${this.draft}></draft-deliveries>
			<section class="card" aria-labelledby="translations-heading"><h2 id="translations-heading" tabindex="-1">Translations</h2>
				<p class="quiet">Everybody signs all of them together, so let somebody who reads both compare each with the original. Readers of the released letter choose their language.</p>
				${this.draft.translations.map((text, at) => this.translation(text, at))}
				${this.undo()}
				<button class="button plain" ?disabled=${this.draft.translations.length >= LIMITS.translations} @click=${() => this.add()}>Add a translation</button>
			</section>`;
	}

	private translation(text: WrittenText, at: number): TemplateResult {
		const put = (part: Partial<WrittenText>) => {
			this.change({
				translations: this.draft.translations.map((old, i) => (i === at ? { ...old, ...part } : old)),
			});
		};
		return html`<details class="as-read" id="translation-${at}" ?open=${this.added === at}>
			<summary><span lang=${text.language}>${languageName(text.language)}</span>${text.title === '' ? nothing : html`: <bdi lang=${text.language}>${text.title}</bdi>`}</summary>
			<draft-text .written=${text} .mark=${`translation-${at}-`} @text-change=${(event: CustomEvent<Partial<WrittenText>>) => put(event.detail)}></draft-text>
			<button class="link" @click=${() => this.leaveOut(at)}>Remove this translation</button>
		</details>`;
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
		this.change({ translations: this.draft.translations.toSpliced(at, 1) });
	}

	/** Begins with the references of the original, since most stay as they are. */
	private add(): void {
		const taken = [this.draft.language, ...this.draft.translations.map((one) => one.language)];
		const language = ['en', 'es', 'fr', 'de', 'pl'].find((tag) => !taken.includes(tag)) ?? 'en';
		this.added = this.draft.translations.length;
		this.#entering = true;
		const { references } = this.draft;
		this.change({
			translations: [...this.draft.translations, { language, title: '', addressees: '', text: '', references }],
		});
	}
}

customElements.define('draft-letter', DraftLetter);
