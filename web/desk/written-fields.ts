/** Inputs that the letter and its translations share: for whom, in which language, with which references. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Draft } from '../../shared/api/desk.ts';
import { LIMITS } from '../../shared/limits.ts';
import { toWord } from '../../shared/pages/languages.ts';
import { isOver, roomLine } from './draft-room.ts';
import { languageChoices } from './languages.ts';

/** The text in one language. */
export type WrittenText = Draft['translations'][number];
/** `mark`: what the ids of the inputs begin with; the original has ''. */
export type WrittenField = { written: WrittenText; mark: string; put(part: Partial<WrittenText>): void };

const typedIn = ({ target }: Event): string =>
	target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';

export function languageField({ written: { language }, mark, put }: WrittenField): TemplateResult {
	return html`<div class="field"><label for="${mark}language">Language</label>
		<select id="${mark}language" .value=${live(language)} @change=${(event: Event) => put({ language: typedIn(event) })}>
			${languageChoices(language).map(({ tag, name }) => html`<option value=${tag} lang=${tag} ?selected=${tag === language}>${name}</option>`)}
		</select></div>`;
}

export function addresseesField({ written: { language, addressees }, mark, put }: WrittenField): TemplateResult {
	const id = `${mark}addressees`;
	return html`<div class="field"><label for=${id}>To</label>
		<p class="hint" id="${id}-hint">As it is printed: names and offices${toWord(language) === '' ? ', with your language’s word for “to” before them' : ''}.</p>
		${roomLine(id, addressees, LIMITS.addressees)}
		<input id=${id} lang=${language} dir="auto" aria-describedby="${id}-hint ${id}-room" aria-invalid=${isOver(addressees, LIMITS.addressees)} .value=${live(addressees)} @input=${(event: Event) => put({ addressees: typedIn(event) })} /></div>`;
}

export function referencesField(field: WrittenField): TemplateResult {
	const { written, mark, put } = field;
	const { references } = written;
	const add = (event: Event) => {
		put({ references: [...references, ''] });
		const list = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('fieldset') : null;
		setTimeout(() => [...(list?.querySelectorAll<HTMLElement>('.rows input') ?? [])].at(-1)?.focus());
	};
	return html`<fieldset><legend id="${mark}references" tabindex="-1">References</legend>
		<p class="hint">Where a claim can be looked up: one source each. [1] in the text points to the first.</p>
		<ol class="rows">${references.map((one, i) => reference(field, one, i))}</ol>
		<button class="button plain" type="button" ?disabled=${references.length >= LIMITS.references} @click=${add}>Add a reference</button>
		${references.length >= LIMITS.references ? html`<p class="hint" role="status">There can be ${LIMITS.references}.</p>` : nothing}
	</fieldset>`;
}

function reference({ written, mark, put }: WrittenField, one: string, i: number): TemplateResult {
	const { references, language } = written;
	const id = `${mark}reference-input-${i}`;
	return html`<li>
		<input id=${id} aria-label="Reference ${i + 1}" aria-describedby="${id}-room" aria-invalid=${isOver(one, LIMITS.reference)} lang=${language} dir="auto" .value=${live(one)} @input=${(event: Event) => put({ references: references.map((old, at) => (at === i ? typedIn(event) : old)) })} />
		<button class="link" type="button" aria-label="Remove reference ${i + 1}" @click=${() => put({ references: references.filter((_, at) => at !== i) })}>Remove</button>
		${roomLine(id, one, LIMITS.reference)}
	</li>`;
}
