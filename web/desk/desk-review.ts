import { html, nothing, type TemplateResult } from 'lit';
import type { Matched } from '../../shared/client/asked-off.ts';
import { tookOff } from '../../shared/pages/people.ts';
import { askedNotices } from './desk-asked-off.ts';
import { DeskElement } from './desk-element.ts';
import type { Notice } from './names/notices.ts';
import { restoredNote } from './restored-note.ts';
import { spellTime, until } from './times.ts';
import './desk-decision.ts';
import './desk-embargo.ts';
import './desk-names.ts';
import './desk-opening.ts';
import './desk-release.ts';

/** `<desk-review>`: last call; then opening, checking the names, agreeing on one release. Fires nothing. */
export class DeskReview extends DeskElement {
	/** The same map for the same opening, since the names are compared again for another. */
	#asked: { of: readonly Matched[]; notices: ReadonlyMap<string, readonly Notice[]> } = { of: [], notices: new Map() };

	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	#notices(): ReadonlyMap<string, readonly Notice[]> {
		const { asked } = this.desk.opening;
		if (this.#asked.of !== asked) this.#asked = { of: asked, notices: askedNotices(asked) };
		return this.#asked.notices;
	}

	protected override render(): TemplateResult {
		const { letter, counts } = this.desk.unlocked.view;
		const abandon = html`<desk-decision .desk=${this.desk} kind="abandon"></desk-decision>`;
		if (letter.lastCallUntil !== null && letter.now < letter.lastCallUntil) {
			return html`<h1 tabindex="-1">Last call</h1>
				<p class="lead">Signing is over. Until ${spellTime(letter.lastCallUntil)} people can take their names off, and nothing else. Then you open the names.</p>
				<p class="clock tab">${until(letter.lastCallUntil, letter.now)}</p>
				${restoredNote(letter.restored)}
				${counts ? html`<p>${counts.live.toLocaleString('en')} signatures stand. ${tookOff(counts.withdrawnInLastCall)}</p>` : nothing}
				<p class="quiet">The keys that made signing possible are destroyed. Nobody can add a signature any more, not even whoever runs the server.</p>
				${abandon}`;
		}
		const { opening, hidden } = this.desk.opening;
		return html`<h1 tabindex="-1">Check the names</h1>
			${restoredNote(letter.restored)}
			<desk-opening .desk=${this.desk}></desk-opening>
			${opening === null ? nothing : html`<desk-asked-off .desk=${this.desk}></desk-asked-off><desk-names .desk=${this.desk} .extra=${this.#notices()}></desk-names>`}
			<div ?hidden=${hidden}><desk-release .desk=${this.desk}></desk-release></div>
			<desk-embargo .desk=${this.desk}></desk-embargo>
			${abandon}`;
	}
}

customElements.define('desk-review', DeskReview);
