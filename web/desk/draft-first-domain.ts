import { html, nothing, type TemplateResult } from 'lit';
import { newGroup } from '../../shared/client/drafting.ts';
import { joinNames } from '../../shared/pages/people.ts';
import { groupProblem } from './checklist.ts';
import { DraftPart } from './draft-part.ts';
import { goTo } from './go-to.ts';

/** Domains as they are typed: blanks, commas or semicolons between them, an @ before them. */
export const readDomains = (typed: string): string[] =>
	typed
		.toLowerCase()
		.split(/[\s,;]+/)
		.map((one) => one.replace(/^.*@/, ''))
		.filter((one) => one !== '');

/** `<draft-first-domain>`: whose people can sign, as long as one domain says it; more than that stands among what can wait. Fires `draft-change`. */
export class DraftFirstDomain extends DraftPart {
	protected override render(): TemplateResult {
		return html`<section class="card" aria-labelledby="domain-heading">
			<h2 id="domain-heading">Who can sign</h2>
			${this.inside()}
		</section>`;
	}

	private inside(): TemplateResult {
		const { groups } = this.draft;
		const [first] = groups;
		if (groups.length > 1 || first?.proof === 'voucher') {
			const names = groups.map(({ name, domains }) => name || domains[0] || 'a group without a name yet');
			return html`<p>${names.length} ${names.length === 1 ? 'group' : 'groups'}: <bdi>${joinNames(names)}</bdi>. <button class="link" @click=${() => goTo('groups')}>Change them</button></p>`;
		}
		const problem = first === undefined || first.domains.length === 0 ? null : groupProblem(first, this.draft);
		return html`<div class="field" ?data-wrong=${problem !== null}><label for="first-domain">Your employer’s mail domain</label>
			<p class="hint" id="first-domain-hint">What stands behind the @ of a work address, such as northwind.example. Whoever gets a code there can sign.</p>
			${problem === null ? nothing : html`<p class="wrong" id="first-domain-wrong" role="status">${problem}</p>`}
			<input id="first-domain" class="short" inputmode="url" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="first-domain-hint first-domain-wrong" aria-invalid=${problem !== null} .value=${first?.domains.join(' ') ?? ''} @change=${(event: Event) => this.read(readDomains(this.typed(event)))} /></div>
			<p class="small quiet">Contractors, former employees, several employers, or people whose mailbox is watched? <button class="link small" @click=${() => goTo('groups')}>Add more groups</button></p>`;
	}

	/** Taken out again, a group that holds nothing else goes with it. */
	private read(domains: string[]): void {
		const [first] = this.draft.groups;
		if (first === undefined) this.change({ groups: domains.length === 0 ? [] : [{ ...newGroup('mailbox'), domains }] });
		else if (domains.length === 0 && first.name === '' && first.headcount === null) this.change({ groups: [] });
		else this.change({ groups: [{ ...first, domains }] });
	}
}

customElements.define('draft-first-domain', DraftFirstDomain);
