import { html, nothing, type TemplateResult } from 'lit';
import type { DeliveryState } from '../../shared/api/delivery.ts';
import { DeskElement } from './desk-element.ts';
import { standingTakeDown } from './taken-down-note.ts';

const STATES: Record<DeliveryState, string> = {
	waiting: 'Waiting',
	sending: 'On its way',
	sent: 'Handed over to the mail server',
	refused: 'Not sent: the mail server refused it',
	unknown: 'Not known: something broke off while it was sent',
};

/** `<desk-deliveries>`: to whom the letter is sent at its minute, and what has become of each. Fires nothing. */
export class DeskDeliveries extends DeskElement {
	protected override render(): TemplateResult | typeof nothing {
		const { deliveries, letter } = this.desk.unlocked.view;
		const released = letter.state === 'released';
		if (deliveries.length === 0) {
			return released
				? nothing
				: html`<section class="card"><h2>Sent to</h2><p class="quiet">Nobody: no mail address was given for the addressees.</p></section>`;
		}
		const down = standingTakeDown(letter.takeDowns) !== null;
		const troubled = deliveries.some(({ state }) => state === 'refused' || state === 'unknown');
		return html`<section class="card" aria-labelledby="sent-heading"><h2 id="sent-heading">Sent to</h2>
			<p>${released ? 'Each address gets the letter once, as a PDF, and never twice. While names are being taken off, the mail waits for a PDF without them; after half an hour it goes with the PDF’s address instead. That a mail server took it does not say that anybody read it.' : 'At the minute of the release each gets the letter once, as a PDF. You approved these addresses with the release; until then the server keeps them sealed.'}</p>
			<ul class="plain-list">${deliveries.map(({ address, state }) => html`<li><span class="address">${address}</span><span class="small ${state === 'sent' ? 'good' : 'quiet'}">${down && state === 'waiting' ? 'Waits while the letter is taken down' : STATES[state]}</span></li>`)}</ul>
			${troubled ? html`<p class="note" role="status">Nothing is sent again by itself. Send the letter there yourselves, from an address that you choose.</p>` : nothing}
			${released ? html`<p class="small quiet">This list is gone 30 days after the release.</p>` : nothing}</section>`;
	}
}

customElements.define('desk-deliveries', DeskDeliveries);
