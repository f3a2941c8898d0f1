import { html, nothing, type TemplateResult } from 'lit';
import { readDeliveries } from '../../shared/delivery.ts';
import { Fault } from '../../shared/fault.ts';
import { LIMITS } from '../../shared/limits.ts';
import { DraftPart } from './draft-part.ts';

/** `<draft-deliveries>`: the addressees' mail addresses, which stand in no charter and on no page. Fires `draft-change`. */
export class DraftDeliveries extends DraftPart {
	protected override render(): TemplateResult {
		const wrong = deliveryFault(this.draft.deliveries);
		return html`<section class="card" aria-labelledby="deliveries-heading"><h2 id="deliveries-heading" tabindex="-1">Sent to</h2>
			<div class="field" ?data-wrong=${wrong !== null}><label for="deliveries">Mail addresses of the addressees</label>
				<p class="hint" id="deliveries-hint">One a line, at most ${LIMITS.deliveries}; it can stay empty. At the release the letter goes there once, as a PDF. They are printed nowhere, and you can change them when you build the release. A hash of them stands in the release file, by which whoever guesses the list can confirm it.</p>
				${wrong === null ? nothing : html`<p class="wrong" id="deliveries-wrong">${wrong}</p>`}
				<textarea id="deliveries" rows="3" inputmode="email" spellcheck="false" autocapitalize="none" aria-describedby="deliveries-hint ${wrong === null ? '' : 'deliveries-wrong'}" aria-invalid=${wrong === null ? 'false' : 'true'} .value=${this.draft.deliveries.join('\n')} @change=${(event: Event) => this.change({ deliveries: deliveryLines(this.typed(event)) })}></textarea></div>
		</section>`;
	}
}

customElements.define('draft-deliveries', DraftDeliveries);

/** What is typed, one a line; too many or wrong ones stay, to be put right. */
export const deliveryLines = (typed: string): string[] =>
	typed
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');

/** What is wrong with them; null where nothing is. */
export function deliveryFault(lines: readonly string[]): string | null {
	try {
		readDeliveries(lines);
		return null;
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		return fault.message;
	}
}
