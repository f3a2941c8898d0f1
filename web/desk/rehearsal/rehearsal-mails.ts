import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type DeliveredLetter, deliveryMail, MOST_ATTACHED } from '../../../shared/delivery.ts';

/** `<rehearsal-mails>`: every mail that goes out at the release. `letter`, `deliveries`, `pdfBytes` (null until it is made) are properties. Fires nothing. */
export class RehearsalMails extends LitElement {
	static override properties: PropertyDeclarations = {
		letter: { attribute: false },
		deliveries: { attribute: false },
		pdfBytes: { attribute: false },
	};
	declare letter: DeliveredLetter;
	declare deliveries: readonly string[];
	declare pdfBytes: number | null;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const { deliveries } = this;
		const attached = this.pdfBytes === null || this.pdfBytes <= MOST_ATTACHED;
		const { subject, text } = deliveryMail(this.letter, attached);
		if (deliveries.length === 0) {
			return html`<h3>Mails</h3><p>None: no mail address was given for the addressees. Signers, organizers and journalists get no mail either.</p>`;
		}
		return html`<h3>Mails</h3>
			<p>${deliveries.length === 1 ? 'One mail goes' : `${deliveries.length} mails go`} out at the release, once each, to nobody but: ${deliveries.map((one, at) => html`${at === 0 ? '' : ', '}<b class="address">${one}</b>`)}. Signers, organizers and journalists get none.</p>
			<div class="mail-text"><p><b>${subject}</b></p><pre class="as-file" tabindex="0" role="group" aria-label="The mail">${text}</pre>
			<p class="small quiet">${attached ? 'Attached: letter.pdf' : 'The PDF is too large for a mail, so it says where it stands.'}</p></div>`;
	}
}

customElements.define('rehearsal-mails', RehearsalMails);
