import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LIMITS } from '../../../shared/limits.ts';
import { countByDomain, type ReadRoster, type RefusedAddress, ROSTER_REFUSALS } from '../../../shared/roster.ts';
import { byDomain, number, people, REFUSED } from './mailing-words.ts';

/** Of each reason; whoever has more has another list to look at. */
const MOST_SHOWN = 100;

/** `<roster-report>`: what was read out of a list, and what was left out and why, line by line. `read` is a property. In this browser only. Fires nothing. */
export class RosterReport extends LitElement {
	static override properties: PropertyDeclarations = { read: { attribute: false } };
	declare read: ReadRoster;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const { addresses, refused, without } = this.read;
		const domains = countByDomain(addresses);
		return html`<p><b>${people(addresses.length)}</b> can be written to${domains.length === 0 ? '.' : `: ${byDomain(domains)}.`}
				${addresses.length > LIMITS.roster ? html`<span class="flag">That is ${number(addresses.length - LIMITS.roster)} more than one mailing takes.</span>` : nothing}</p>
			${refused.length === 0 ? nothing : html`<p>${number(refused.length)} ${refused.length === 1 ? 'is' : 'are'} left out:</p><ul class="left-out">${ROSTER_REFUSALS.map((why) => this.reason(why))}</ul>`}
			${without === 0 ? nothing : html`<p class="quiet small">${without === 1 ? 'One line holds' : `${number(without)} lines hold`} no address, such as a heading, and ${without === 1 ? 'is' : 'are'} passed over.</p>`}`;
	}

	private reason(why: RefusedAddress['why']): TemplateResult | typeof nothing {
		const here = this.read.refused.filter((one) => one.why === why);
		if (here.length === 0) return nothing;
		return html`<li><details><summary>${REFUSED[why]}: ${number(here.length)}</summary>
			<ul class="lines">${here.slice(0, MOST_SHOWN).map(({ line, typed }) => html`<li><span class="quiet">Line ${line}</span> <bdi>${typed}</bdi></li>`)}</ul>
			${here.length > MOST_SHOWN ? html`<p class="quiet small">And ${number(here.length - MOST_SHOWN)} more.</p>` : nothing}</details></li>`;
	}
}

customElements.define('roster-report', RosterReport);

declare global {
	interface HTMLElementTagNameMap {
		'roster-report': RosterReport;
	}
}
