import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { DraftPart } from './draft-part.ts';
import { explainThreshold, thresholds } from './threshold.ts';
import { fromLocalInput, toLocalInput } from './times.ts';

/** `<draft-terms>`: threshold, dates, labels, contacts. `organizers`: how many there are. Fires `draft-change`. */
export class DraftTerms extends DraftPart {
	static override properties: PropertyDeclarations = { organizers: { attribute: false } };
	declare organizers: number;

	protected override render(): TemplateResult {
		return html`
			<section class="card" aria-labelledby="terms-heading"><h2 id="terms-heading">How it goes</h2>
				<div class="columns">${this.threshold()}${this.dates()}</div>
			</section>
			<section class="card" aria-labelledby="contacts-heading"><h2 id="contacts-heading">Whom to ask</h2>
				<div class="columns">
					<div class="field"><label for="advice">Advice for signers</label>
						<p class="hint" id="advice-hint">A union, a lawyer, a person: shown beside “before you sign”.</p>
						<textarea id="advice" rows="3" maxlength="500" aria-describedby="advice-hint" .value=${live(this.draft.advice)} @input=${(event: Event) => this.change({ advice: this.typed(event) })}></textarea></div>
					<div class="field"><label for="press">Press contact</label>
						<p class="hint" id="press-hint">A person with a number or an address, printed above the signatories. Not shown before the release.</p>
						<textarea id="press" rows="3" maxlength="500" aria-describedby="press-hint" .value=${live(this.draft.press)} @input=${(event: Event) => this.change({ press: this.typed(event) })}></textarea></div>
				</div>
			</section>
			<section class="card" aria-labelledby="anonymous-heading"><h2 id="anonymous-heading">Anonymous signatures</h2>
				<div class="columns">
					<div class="field"><label for="labels">Labels to choose from</label>
						<p class="hint" id="labels-hint">One a line, such as “Software engineer”. A rare label points to a person, so one that fewer than the number beside it bear is not printed.</p>
						<textarea id="labels" rows="4" aria-describedby="labels-hint" .value=${this.draft.labels.join('\n')} @change=${(event: Event) => this.labels(event)}></textarea></div>
					<div class="field"><label for="cell">Smallest group that is printed</label>
						<p class="hint" id="cell-hint">Between 2 and 100. Anonymous signatures of a group with fewer than so many are not counted. Signers are told.</p>
						<input id="cell" type="number" min="2" max="100" aria-describedby="cell-hint" .value=${live(String(this.draft.smallestCell))} @change=${(event: Event) => this.number(event, 2, 100, (smallestCell) => this.change({ smallestCell }))} /></div>
				</div>
				<label class="tick"><input type="checkbox" .checked=${live(this.draft.codeOnly)} @change=${(event: Event) => this.change({ codeOnly: event.target instanceof HTMLInputElement && event.target.checked })} />
					<span>The mail holds a code only, no link. Slower for signers; whoever reads the mail cannot follow anything.</span></label>
			</section>`;
	}

	private threshold(): TemplateResult {
		const choices = thresholds(this.organizers);
		const { threshold } = this.draft;
		const explained =
			threshold !== null && choices.includes(threshold) ? explainThreshold(threshold, this.organizers) : null;
		return html`<div class="field"><label for="threshold">How many must act together</label>
			<p class="hint" id="threshold-hint">To open the names, to release, to close early, to abandon.</p>
			<select id="threshold" aria-describedby="threshold-hint threshold-means" .value=${live(threshold === null ? '' : String(threshold))} @change=${(event: Event) => this.change({ threshold: Number(this.typed(event)) || null })}>
				<option value="">Choose</option>
				${choices.map((m) => html`<option value=${m} ?selected=${m === threshold}>${m} of ${this.organizers}</option>`)}
			</select>
			<p class="small quiet after" id="threshold-means">${
				explained
					? html`${explained.collude} ${explained.lost}`
					: choices.length === 0
						? 'There is a choice once two organizers are here.'
						: 'More than half, so that two halves can never act against each other.'
			}</p></div>`;
	}

	private dates(): TemplateResult {
		return html`<div class="field"><label for="closes">Signing closes</label>
				<p class="hint" id="closes-hint">In your own time zone.</p>
				<input id="closes" type="datetime-local" aria-describedby="closes-hint" .value=${toLocalInput(this.draft.closesAt)} @change=${(event: Event) => this.change({ closesAt: fromLocalInput(this.typed(event)) })} /></div>
			<div class="field"><label for="last-call">Last call, in hours</label>
				<p class="hint" id="last-call-hint">Between 1 and 336. After closing, people can only take their names off. Nobody opens a name before it is over.</p>
				<input id="last-call" type="number" min="1" max="336" aria-describedby="last-call-hint" .value=${live(String(this.draft.lastCallHours))} @change=${(event: Event) => this.number(event, 1, 336, (lastCallHours) => this.change({ lastCallHours }))} /></div>
			<div class="field"><label for="expires">Erased if not released by</label>
				<p class="hint" id="expires-hint">Everything is erased then, whatever happens to you.</p>
				<input id="expires" type="datetime-local" aria-describedby="expires-hint" .value=${toLocalInput(this.draft.expiresOn)} @change=${(event: Event) => this.change({ expiresOn: fromLocalInput(this.typed(event)) })} /></div>`;
	}

	private number(event: Event, least: number, most: number, put: (value: number) => void): void {
		const value = Number(this.typed(event));
		if (Number.isInteger(value)) put(Math.min(most, Math.max(least, value)));
		this.requestUpdate();
	}

	private labels(event: Event): void {
		const lines = this.typed(event)
			.split('\n')
			.map((line) => line.trim());
		this.change({ labels: lines.filter((line) => line !== '').slice(0, 50) });
	}
}

customElements.define('draft-terms', DraftTerms);
