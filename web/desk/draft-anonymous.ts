import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { LIMITS } from '../../shared/limits.ts';
import { DraftPart } from './draft-part.ts';
import { isOver } from './draft-room.ts';
import { unlessTyping } from './unless-typing.ts';

/** `<draft-anonymous>`: how anonymous signatures are shown, and what the mail holds. Fires `draft-change`. */
export class DraftAnonymous extends DraftPart {
	protected override render(): TemplateResult {
		const { labels, smallestCell, codeOnly } = this.draft;
		const [least, most] = [LIMITS.smallestCellLeast, LIMITS.smallestCell];
		const long = labels.find((label) => isOver(label, LIMITS.label));
		const many = labels.length - LIMITS.labels;
		return html`<div class="columns">
				<div class="field"><label for="labels">Labels to choose from</label>
					<p class="hint" id="labels-hint">One a line, at most ${LIMITS.labels}, such as “Software engineer”. A rare label points to a person, so one that fewer than the number beside it bear is not printed.</p>
					${long === undefined ? nothing : html`<p class="wrong" id="labels-wrong" role="status">“${long.slice(0, 30)}…” is too long to be saved. Shorten it.</p>`}
					${many <= 0 ? nothing : html`<p class="wrong" id="labels-many" role="status">These are more than ${LIMITS.labels}, so they are not saved. Take ${many} out.</p>`}
					<textarea id="labels" rows="4" aria-describedby="labels-hint labels-wrong labels-many" aria-invalid=${long !== undefined || many > 0} .value=${labels.join('\n')} @change=${(event: Event) => this.labels(event)}></textarea></div>
				<div class="field"><label for="cell">Smallest group that is printed</label>
					<p class="hint" id="cell-hint">Between ${least} and ${most}. Anonymous signatures of a group with fewer than so many are not counted. Signers are told.</p>
					<input id="cell" type="number" min=${least} max=${most} aria-describedby="cell-hint" .value=${unlessTyping('cell', String(smallestCell))} @change=${(event: Event) => this.cell(event)} /></div>
			</div>
			<label class="tick"><input type="checkbox" .checked=${live(codeOnly)} @change=${(event: Event) => this.change({ codeOnly: event.target instanceof HTMLInputElement && event.target.checked })} />
				<span>The mail holds a code only, no link. Slower for signers; whoever reads the mail cannot follow anything.</span></label>`;
	}

	private cell(event: Event): void {
		const range = [LIMITS.smallestCellLeast, LIMITS.smallestCell] as const;
		this.change({ smallestCell: this.wholeNumber(event, this.draft.smallestCell, range) });
	}

	private labels(event: Event): void {
		const lines = this.typed(event)
			.split('\n')
			.map((line) => line.trim());
		this.change({ labels: lines.filter((line) => line !== '') });
	}
}

customElements.define('draft-anonymous', DraftAnonymous);
