import { html, type TemplateResult } from 'lit';
import { rosterMail } from '../../../shared/roster-mail.ts';

/** In place of a code: as long, and none. */
const NO_CODE = 'X'.repeat(27);

/** The mail, word for word as it will be sent from this host, but for the code. */
export function rosterMailShown(origin: string): TemplateResult {
	const { subject, text } = rosterMail(origin, NO_CODE);
	return html`<figure class="mail-shown"><figcaption>Subject: <b>${subject}</b></figcaption><pre>${text}</pre></figure>`;
}
