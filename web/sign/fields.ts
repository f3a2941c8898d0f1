/** Form parts that every step shares. */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { conditionInWords } from './condition-today.ts';

/** @param id of the input. @param wrong what is wrong with it, or null */
type Field = { id: string; label: string | TemplateResult; hint?: string | TemplateResult; wrong: string | null };

/** @param control renders the input, with the ids of what describes it */
export function field(
	{ id, label, hint, wrong }: Field,
	control: (describedBy: string, invalid: 'true' | 'false') => TemplateResult,
): TemplateResult {
	const describedBy = [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ');
	return html`<div class="field" ?data-wrong=${wrong !== null}>
<label for=${id}>${label}</label>
${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
${wrong ? html`<p class="wrong" id="${id}-wrong">${wrong}</p>` : nothing}
${control(describedBy, wrong === null ? 'false' : 'true')}
</div>`;
}

/** A signature as the letter will print it, and what it depends on. `group` is null while it is not known. */
export function printedLine(caption: string, appear: Appearance, group: string | null): TemplateResult {
	const line = appear.shown === 'named' ? named(appear, group) : anonymous(appear.label, group);
	return html`<div class="as"><small>${caption}</small>${line}</div>
${appear.condition === null ? nothing : html`<p class="small">${conditionInWords(appear.condition, appear.shown)}</p>`}`;
}

function named({ name, title }: { name: string; title: string }, group: string | null): TemplateResult {
	const under = [title.trim(), group].filter(Boolean);
	return html`<bdi>${name.trim() || msg('Your name')}</bdi>${under.length > 0 ? html`<em>${under.map((part, i) => html`${i > 0 ? ', ' : ''}<bdi>${part}</bdi>`)}</em>` : nothing}`;
}

function anonymous(label: string | null, group: string | null): TemplateResult {
	if (label === null)
		return group === null
			? html`${msg('Someone who works there')}`
			: html`${msg(html`Someone who works at <bdi>${group}</bdi>`)}`;
	return group === null ? html`<bdi>${label}</bdi>` : html`<bdi>${label}</bdi>, <bdi>${group}</bdi>`;
}
