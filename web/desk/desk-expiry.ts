import { html, nothing, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';
import { expiryOf, isNear } from './expiry.ts';
import { spellTime, until } from './times.ts';

/** `<desk-expiry>`: on every page, for the two weeks before everything is erased by itself. Fires nothing. */
export class DeskExpiry extends DeskElement {
	protected override render(): TemplateResult | typeof nothing {
		const { view } = this.desk.unlocked;
		const expiry = expiryOf(view);
		if (expiry === null || !isNear(expiry, view.letter.now)) return nothing;
		const way =
			view.letter.state === 'draft'
				? 'Change anything in it, and it stays for 90 days more.'
				: 'It is released before, or not at all.';
		return html`<div class="note" role="status"><p><b>${view.letter.state === 'draft' ? 'This draft is erased' : 'This letter is erased'} ${until(expiry, view.letter.now)},</b> on ${spellTime(expiry)}. ${way}</p></div>`;
	}
}

customElements.define('desk-expiry', DeskExpiry);
