import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { leastMajority } from '../../shared/draft-defaults.ts';
import { DraftPart } from './draft-part.ts';
import { explainThreshold, thresholds } from './threshold.ts';

/** `<draft-threshold>`: how many must act together, and what it means. `organizers`: how many there are. Fires `draft-change`. */
export class DraftThreshold extends DraftPart {
	static override properties: PropertyDeclarations = { organizers: { attribute: false } };
	declare organizers: number;

	protected override render(): TemplateResult {
		const { organizers } = this;
		const { threshold } = this.draft;
		const choices = thresholds(organizers);
		const chosen = threshold ?? leastMajority(organizers);
		const explained = choices.includes(chosen) ? explainThreshold(chosen, organizers) : null;
		return html`<div class="field"><label for="threshold">How many must act together</label>
			<p class="hint" id="threshold-hint">To open the names, to release, to close early, to abandon. More than half, so that two halves can never act against each other.</p>
			<select id="threshold" aria-describedby="threshold-hint threshold-means" .value=${live(threshold === null ? '' : String(threshold))} @change=${(event: Event) => this.change({ threshold: Number(this.typed(event)) || null })}>
				<option value="" ?selected=${threshold === null}>The fewest that can be${choices.length === 0 ? '' : `: ${choices[0]} of ${organizers}`}</option>
				${threshold !== null && !choices.includes(threshold) ? html`<option value=${threshold} selected>${threshold} (cannot be)</option>` : ''}
				${choices.map((m) => html`<option value=${m} ?selected=${m === threshold}>${m} of ${organizers}</option>`)}
			</select>
			<p class="small quiet after" id="threshold-means">${explained ? html`${explained.collude} ${explained.lost}` : choices.length === 0 ? 'There is a choice once two organizers are here.' : ''}</p></div>`;
	}
}

customElements.define('draft-threshold', DraftThreshold);
