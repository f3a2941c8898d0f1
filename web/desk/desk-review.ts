import { html, nothing, type TemplateResult } from 'lit';
import { tookOff } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';
import { spellTime, until } from './times.ts';
import './desk-decision.ts';
import './desk-embargo.ts';
import './desk-names.ts';
import './desk-opening.ts';
import './desk-release.ts';

/** `<desk-review>`: last call; then opening, checking the names, agreeing on one release. Fires nothing. */
export class DeskReview extends DeskElement {
	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		const { letter, counts } = this.desk.unlocked.view;
		const abandon = html`<desk-decision .desk=${this.desk} kind="abandon"></desk-decision>`;
		if (letter.lastCallUntil !== null && letter.now < letter.lastCallUntil) {
			return html`<h1 tabindex="-1">Last call</h1>
				<p class="lead">Signing is over. Until ${spellTime(letter.lastCallUntil)} people can take their names off, and nothing else. Then you open the names.</p>
				<p class="clock tab">${until(letter.lastCallUntil, letter.now)}</p>
				${counts ? html`<p>${counts.live.toLocaleString('en')} signatures stand. ${tookOff(counts.withdrawnInLastCall)}</p>` : nothing}
				<p class="quiet">The keys that made signing possible are destroyed. Nobody can add a signature any more, not even whoever runs the server.</p>
				${abandon}`;
		}
		const { opening, hidden } = this.desk.opening;
		return html`<h1 tabindex="-1">Check the names</h1>
			<desk-opening .desk=${this.desk}></desk-opening>
			${opening === null ? nothing : html`<desk-names .desk=${this.desk}></desk-names>`}
			<div ?hidden=${hidden}><desk-release .desk=${this.desk}></desk-release></div>
			<desk-embargo .desk=${this.desk}></desk-embargo>
			${abandon}`;
	}
}

customElements.define('desk-review', DeskReview);
