import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import { LIMITS } from '../../shared/limits.ts';
import { DraftPart } from './draft-part.ts';
import { fromLocalInput, spellTime, toLocalInput } from './times.ts';
import { unlessTyping } from './unless-typing.ts';

/** `<draft-dates>`: until when people sign, how long last call is, when everything is erased. `filled`: the draft with its defaults. Fires `draft-change`. */
export class DraftDates extends DraftPart {
	static override properties: PropertyDeclarations = { filled: { attribute: false } };
	declare filled: Draft;

	protected override render(): TemplateResult {
		const most = LIMITS.lastCallHours;
		return html`<div class="columns">
			${this.date('closesAt', 'closes', 'Signing closes', 'In your own time zone.')}
			<div class="field"><label for="last-call">Last call, in hours</label>
				<p class="hint" id="last-call-hint">Between 1 and ${most}. After closing, people can only take their names off. Nobody opens a name before it is over.</p>
				<input id="last-call" type="number" min="1" max=${most} aria-describedby="last-call-hint" .value=${unlessTyping('last-call', String(this.draft.lastCallHours))} @change=${(event: Event) => this.hours(event)} /></div>
			${this.date('expiresOn', 'expires', 'Erased if not released by', `Everything is erased then, whatever happens to you. At least ${LIMITS.daysToRelease} days after last call: in them you open the names, check them and release.`)}
		</div>`;
	}

	private date(field: 'closesAt' | 'expiresOn', id: string, label: string, hint: string): TemplateResult {
		const by = this.draft[field] === null ? spellTime(this.filled[field] ?? '') : null;
		return html`<div class="field"><label for=${id}>${label}</label>
			<p class="hint" id="${id}-hint">${hint}${by === null ? '' : ` Left empty, it is ${by}, counted from the day on which you freeze.`}</p>
			<input id=${id} type="datetime-local" aria-describedby="${id}-hint" .value=${toLocalInput(this.draft[field])} @change=${(event: Event) => this.change({ [field]: fromLocalInput(this.typed(event)) })} /></div>`;
	}

	private hours(event: Event): void {
		const hours = this.wholeNumber(event, this.draft.lastCallHours, [1, LIMITS.lastCallHours]);
		this.change({ lastCallHours: hours });
	}
}

customElements.define('draft-dates', DraftDates);
