import { html, nothing, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';
import { expiryOf } from './expiry.ts';
import { spellTime } from './times.ts';

/** `<desk-ending>`: what is erased when, and how the letter is given up. Fires nothing. */
export class DeskEnding extends DeskElement {
	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const { state } = view.letter;
		const expiry = expiryOf(view);
		const go = (page: 'letter' | 'people') => () => this.desk.goTo(page);
		return html`<section class="card"><h2>How it ends</h2>
			${expiry === null ? nothing : html`<p><b>By itself:</b> ${state === 'draft' ? 'a draft that nobody changes for 90 days is erased; this one' : 'a letter that is not released by its last day is erased; this one'} on ${spellTime(expiry)}. Every signature, name and draft goes, for good.</p>`}
			${
				state === 'released'
					? html`<p>The letter stays public. 30 days after the release this desk forgets who did what: who made vouchers, what links were for, who proposed a post, the sheet for the day. Approvals stay; they are part of what was released.</p>`
					: state === 'abandoned'
						? nothing
						: html`<p class="with-links"><b>Together:</b> enough of you give it up, at the foot of the <button class="link" @click=${go('letter')}>letter’s page</button>. Each types its title.</p>`
			}
			${state === 'abandoned' ? nothing : html`<p class="with-links"><b>You alone:</b> if you cannot go on, close your own desk on the page of the <button class="link" @click=${go('people')}>organizers</button>.</p>`}</section>`;
	}
}

customElements.define('desk-ending', DeskEnding);
