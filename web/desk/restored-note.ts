import { html, nothing, type TemplateResult } from 'lit';
import type { Restored } from '../../shared/api/signing.ts';

/** What organizers have to know, and tell, where the host lost data while people signed. */
export function restoredNote(restored: Restored): TemplateResult | typeof nothing {
	if (restored === null) return nothing;
	if (restored === 'after-signing')
		return html`<p class="note">Whoever runs this server restored it from a copy. A name that was taken off after that copy stands there again. Ask people to look how theirs stands.</p>`;
	return restored === 'without-keys'
		? html`<p class="note">Whoever runs this server lost the keys that make signing possible, and restored the rest from a copy. So signing is over, whatever the charter says. Signatures
				that came after that copy are missing, and a name that was taken off after it stands there again. Ask people to look how theirs stands.</p>`
		: html`<p class="note">Whoever runs this server restored it from a copy while people signed. Signatures that came after that copy are missing, and a name that was taken off after it stands there again. Whoever
				had proved after it could prove again: somebody may stand on the list twice. Ask people to look how theirs stands.</p>`;
}
