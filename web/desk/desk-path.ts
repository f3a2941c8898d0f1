import { html, nothing, type TemplateResult } from 'lit';
import type { LetterState } from '../../shared/api/signing.ts';
import { tookOff } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';
import { titleOf } from './letter-title.ts';
import { until } from './times.ts';

const PATH: [LetterState, string][] = [
	['draft', 'Draft'],
	['open', 'Open'],
	['review', 'Review'],
	['scheduled', 'Scheduled'],
	['released', 'Released'],
];

/** `<desk-path>`: the letter's title and its stages as a path; a compact bar on a narrow screen. Fires nothing. */
export class DeskPath extends DeskElement {
	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const at = PATH.findIndex(([state]) => state === view.letter.state);
		return html`
			<h2 class="side-title" dir="auto">${titleOf(view) || 'Untitled letter'}</h2>
			<ol class="path" aria-label="Stages of the letter">
				${PATH.map(([, name], i) => {
					const where = i < at ? 'done' : i === at ? 'now' : 'later';
					return html`<li class=${where} aria-current=${i === at ? 'step' : nothing}>
						<span class="stage-name">${name}</span>${i < at ? html`<span class="visually-hidden"> (done)</span>` : nothing}
					</li>`;
				})}
			</ol>
			<p class="small quiet side-note">${this.note()}</p>
			<p class="small quiet side-note">You are here as <b>${view.you.name}</b></p>`;
	}

	private note(): string {
		const { letter, counts } = this.desk.unlocked.view;
		if (letter.state === 'open' && letter.closesAt) return `Closes ${until(letter.closesAt, letter.now)}.`;
		if (letter.state === 'review' && letter.lastCallUntil) {
			const off = counts ? ` ${tookOff(counts.withdrawnInLastCall)}` : '';
			return letter.now < letter.lastCallUntil
				? `Last call ends ${until(letter.lastCallUntil, letter.now)}.`
				: `Last call is over.${off}`;
		}
		if (letter.state === 'scheduled' && letter.releaseAt) return `Goes out ${until(letter.releaseAt, letter.now)}.`;
		return '';
	}
}

customElements.define('desk-path', DeskPath);
