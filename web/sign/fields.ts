/** Form parts that every step shares. */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { languageNow } from '../../shared/pages/numbers.ts';
import { conditionInWords } from './condition-today.ts';
import type { GroupShown } from './proving-ways.ts';

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

/** A signature as the letter will print it, and what it depends on. */
export function printedLine(caption: string, appear: Appearance, group: GroupShown): TemplateResult {
	const line = appear.shown === 'named' ? named(appear, group) : anonymous(appear.label, group);
	return html`<div class="as"><small>${caption}</small>${line}</div>
${appear.condition === null ? nothing : html`<p class="small">${conditionInWords(appear.condition, appear.shown)}</p>`}`;
}

function named({ name, title }: { name: string; title: string }, group: GroupShown): TemplateResult {
	const where = group.told ? [oneOf(group.names) ?? msg('your group')] : [];
	const under = [...(title.trim() === '' ? [] : [html`<bdi>${title.trim()}</bdi>`]), ...where];
	return html`<bdi>${name.trim() || msg('Your name')}</bdi>${under.length > 0 ? html`<em>${under.map((part, i) => html`${i > 0 ? ', ' : ''}${part}`)}</em>` : nothing}`;
}

function anonymous(label: string | null, group: GroupShown): TemplateResult | string {
	const where = oneOf(group.names);
	if (label !== null)
		return group.told ? html`<bdi>${label}</bdi>, ${where ?? msg('your group')}` : html`<bdi>${label}</bdi>`;
	if (where === null) return group.work ? msg('Someone who works there') : msg('Someone of your group');
	return group.work ? msg(html`Someone who works at ${where}`) : msg(html`Someone of ${where}`);
}

/** More than these in a line say less than none. */
const MOST_NAMES = 3;

/** "Northwind", "Northwind or Contoso"; null where there are too many to name. */
function oneOf(names: readonly string[]): TemplateResult | null {
	if (names.length === 0 || names.length > MOST_NAMES) return null;
	const places = new Intl.ListFormat(languageNow(), { type: 'disjunction' }).formatToParts(names.map((_, i) => `${i}`));
	return html`${places.map(({ type, value }) => (type === 'element' ? html`<bdi>${names[Number(value)]}</bdi>` : value))}`;
}
