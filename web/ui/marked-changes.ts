import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { TextDocument } from '../../shared/charter.ts';
import { directionOf, languageName } from '../../shared/pages/languages.ts';
import { spell } from '../../shared/pages/numbers.ts';
import {
	type Block,
	type LanguageChange,
	type PartChange,
	type Piece,
	textChanges,
} from '../../shared/text-changes.ts';

const PARTS: Record<PartChange['part'], () => string> = {
	title: () => msg('Title'),
	addressees: () => msg('To'),
	text: () => msg('Text'),
	references: () => msg('References'),
};

/** `<marked-changes>`: what changed from the text `earlier` to the text `later`, with old and new marked. Fires nothing. */
export class MarkedChanges extends LitElement {
	static override properties = { earlier: { attribute: false }, later: { attribute: false } };
	declare earlier: TextDocument;
	declare later: TextDocument;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const changes = textChanges(this.earlier, this.later);
		if (changes.length === 0)
			return html`<p class="quiet">${msg('No word was changed: only empty lines, or the order of the languages.')}</p>`;
		return html`${changes.map((change) => this.#language(change, changes.length > 1 || change.language !== this.later.language))}`;
	}

	#language({ language, kind, parts }: LanguageChange, named: boolean): TemplateResult {
		return html`<section class="changes">${named ? html`<h3>${heading(kind, html`<bdi>${languageName(language)}</bdi>`)}</h3>` : nothing}
${parts.map(({ part, blocks }) => html`<p class="part small quiet">${PARTS[part]()}</p><div lang=${language} dir=${directionOf(language)}>${shortened(blocks).map(shown)}</div>`)}</section>`;
	}
}

function heading(kind: LanguageChange['kind'], name: TemplateResult): TemplateResult {
	if (kind === 'new') return msg(html`${name}: this translation is new`);
	return kind === 'gone' ? msg(html`${name}: this translation was taken out`) : name;
}

type Shown = Block | { kind: 'left-out'; count: number };

/** Of what stayed, the paragraphs beside a change: enough to find the place. */
function shortened(blocks: readonly Block[]): Shown[] {
	const near = (i: number) => [i - 1, i + 1].some((at) => blocks[at]?.kind === 'changed');
	const lines: Shown[] = [];
	for (const [i, block] of blocks.entries()) {
		const last = lines.at(-1);
		if (block.kind === 'changed' || near(i)) lines.push(block);
		else if (last?.kind === 'left-out') last.count++;
		else lines.push({ kind: 'left-out', count: 1 });
	}
	return lines;
}

/** The page's own language within a letter in another. */
const page = () => document.documentElement;

function shown(block: Shown): TemplateResult {
	if (block.kind === 'left-out') {
		const { lang, dir } = page();
		return html`<p class="small quiet" lang=${lang || 'en'} dir=${dir || 'ltr'}>${block.count === 1 ? msg('One paragraph unchanged') : msg(str`${spell(block.count)} paragraphs unchanged`)}</p>`;
	}
	return block.kind === 'same' ? html`<p>${block.text}</p>` : html`<p>${block.pieces.map(piece)}</p>`;
}

/** Colour alone does not say it: the one is struck through and the other underlined, and both are said to whoever listens. */
function piece({ kind, text }: Piece): TemplateResult {
	if (kind === 'same') return html`${text}`;
	const lang = page().lang || 'en';
	return kind === 'gone'
		? html`<del>${msg(html`<span class="visually-hidden" lang=${lang}> (taken out: </span>${text}<span class="visually-hidden">) </span>`)}</del>`
		: html`<ins>${msg(html`<span class="visually-hidden" lang=${lang}> (new: </span>${text}<span class="visually-hidden">) </span>`)}</ins>`;
}

customElements.define('marked-changes', MarkedChanges);

declare global {
	interface HTMLElementTagNameMap {
		'marked-changes': MarkedChanges;
	}
}
