import { html, type TemplateResult } from 'lit';
import { FIELD_NAMES } from './draft-fields.ts';
import type { DraftField } from './draft-merge.ts';

/** What somebody typed into a draft and is not saved, to be read and copied. */
export function unsavedFields(fields: readonly (readonly [field: DraftField, words: string])[]): TemplateResult {
	return html`${fields.map(([field, words]) => html`<p class="small quiet">${FIELD_NAMES[field]}</p><pre class="as-file" dir="auto" role="group" tabindex="0" aria-label=${FIELD_NAMES[field]}>${words || '(left out)'}</pre>`)}`;
}
