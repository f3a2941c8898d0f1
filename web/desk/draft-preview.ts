import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import { type DraftSetting, draftView } from '../../shared/pages/draft-view.ts';
import { indexPage } from '../../shared/pages/first-page.ts';
import { fetchLanguages, speaker } from './page-languages.ts';
import { parsePage, showPage } from './trusted-page.ts';

/** What a preview needs to know beside the draft. */
export type PreviewSetting = DraftSetting & { letterStyle: string };

const PAUSE_MS = 150;

/**
 * `<draft-preview>`: the published page of the draft, drawn here with the page's own templates, in a frame that runs no script. It follows what is typed
 * and stays where it was scrolled to. `draft` (with its defaults), `setting`, `at` (0 the letter, then its translations) and `name` are properties. Fires nothing.
 */
export class DraftPreview extends LitElement {
	static override properties: PropertyDeclarations = {
		draft: { attribute: false },
		setting: { attribute: false },
		at: { attribute: false },
		name: { attribute: false },
	};
	declare draft: Draft;
	declare setting: PreviewSetting;
	declare at: number;
	declare name: string;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#shown = '';

	constructor() {
		super();
		this.at = 0;
		this.name = 'The page as it will be published';
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.#timer);
		this.#shown = '';
	}

	protected override render(): TemplateResult {
		return html`<iframe class="draft-page" title=${this.name}></iframe>`;
	}

	protected override updated(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.draw(), this.#shown === '' ? 0 : PAUSE_MS);
	}

	private draw(): void {
		const frame = this.querySelector('iframe');
		if (frame === null || !this.isConnected) return;
		const view = draftView(this.draft, this.setting);
		const coming = fetchLanguages(view.texts);
		if (coming !== null) return void coming.then(() => this.draw());
		const assets = { style: this.setting.letterStyle, read: null, recount: null };
		const page = indexPage(view, { kind: 'rehearsal', assets, speaker }, view.texts[this.at]);
		if (page === this.#shown) return;
		const { contentDocument } = frame;
		if (this.#shown !== '' && contentDocument?.querySelector('main')) replaceBody(contentDocument, page);
		else {
			showPage(frame, page);
			frame.addEventListener('load', () => frame.contentDocument?.addEventListener('click', stayHere), { once: true });
		}
		this.#shown = page;
	}
}

/** The same document with another body: style and fonts stay, and so does the place that is read. */
function replaceBody(shown: Document, page: string): void {
	const root = shown.scrollingElement;
	const top = root?.scrollTop ?? 0;
	shown.body.replaceChildren(...parsePage(page).body.childNodes);
	if (root) root.scrollTop = top;
}

/** Links of the letter lead out of the frame, where nothing may be loaded: only those within the page are followed. */
function stayHere(event: Event): void {
	const { target } = event;
	// The frame has an Element of its own.
	const link = target && 'closest' in target ? (target as Element).closest('a[href]') : null;
	if (link && !link.getAttribute('href')?.startsWith('#')) event.preventDefault();
}

customElements.define('draft-preview', DraftPreview);
