import { html, nothing, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';
import type { MadeLink } from './made-links.ts';
import './copy-text.ts';

/** `<made-invitations>`: links of invitations that were just made here, each until somebody has handed it on; nothing without. Fires nothing. */
export class MadeInvitations extends DeskElement {
	protected override render(): TemplateResult {
		return html`${this.desk.made.invitations.all.map((made) => this.shownOnce(made))}`;
	}

	private shownOnce(made: MadeLink): TemplateResult {
		const { whom, link } = made;
		return html`<div class="note" role="status"><p>${whom === '' ? nothing : html`<b>For “<bdi>${whom}</bdi>”.</b> `}Give this link to one person, over a channel that your employer does not read. It works once, for seven days, and is not shown again.</p>
			<copy-text label=${whom === '' ? 'Invitation link' : `Invitation link for “${whom}”`} .text=${link}></copy-text>
			<button class="link small" @click=${() => {
				this.desk.made.invitations.hide(made);
				this.desk.changed();
			}}>I have handed it on; hide it</button></div>`;
	}
}

customElements.define('made-invitations', MadeInvitations);
