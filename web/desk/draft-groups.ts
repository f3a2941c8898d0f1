import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type DraftGroup, newGroup } from '../../shared/client/drafting.ts';
import { defaultGroupName } from '../../shared/draft-defaults.ts';
import { domainProblem, groupProblem, mistakenFor } from './checklist.ts';
import type { Unread } from './draft-copy.ts';
import { DraftPart } from './draft-part.ts';

/** A whole number as people write it, `4,200` or `4 200` included; null for anything else. */
export function readWhole(typed: string): number | null {
	const plain = /^\d{1,3}([ \u00a0\u202f.,'’]\d{3})+$/.test(typed.trim()) ? typed.replace(/\D/g, '') : typed.trim();
	return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/**
 * `<draft-groups>`: who can sign, and how they prove it. `unread` is a property. Fires `draft-change`, and `draft-unread` (bubbles; detail {what, typed})
 * when something typed is no number, or is one again (typed null).
 */
export class DraftGroups extends DraftPart {
	static override properties: PropertyDeclarations = { unread: { attribute: false } };
	/** What was typed as a number and is none: it stays until it is one, and holds back the field alone. */
	declare unread: Unread;

	constructor() {
		super();
		this.unread = new Map();
	}

	protected override render(): TemplateResult {
		const { groups } = this.draft;
		return html`<section class="card" aria-labelledby="groups">
			<h2 id="groups" tabindex="-1">Groups who can sign</h2>
			<p class="quiet">People of a group prove that they belong to it: with a code sent to their work address, or with a voucher that you hand them. Vouchers are for contractors, former employees, and anyone whose mailbox is watched.</p>
			${groups.map((group, i) => this.group(group, i))}
			<div class="actions">
				<button class="button plain" ?disabled=${groups.length >= 20} @click=${() => this.change({ groups: [...groups, newGroup('mailbox')] })}>Add an employer’s mail domain</button>
				<button class="button plain" ?disabled=${groups.length >= 20} @click=${() => this.change({ groups: [...groups, newGroup('voucher')] })}>Add a group with vouchers</button>
			</div>
		</section>`;
	}

	private removeGroup(i: number): void {
		const { id } = this.draft.groups[i] ?? {};
		for (const what of [`${id}-count`, `${id}-limit`]) this.told(what, null);
		this.change({ groups: this.draft.groups.filter((_, at) => at !== i) });
	}

	private told(what: string, typed: string | null): void {
		this.dispatchEvent(new CustomEvent('draft-unread', { bubbles: true, detail: { what, typed } }));
	}

	private put(at: number, part: Partial<DraftGroup>): void {
		this.change({ groups: this.draft.groups.map((group, i) => (i === at ? { ...group, ...part } : group)) });
	}

	private group(group: DraftGroup, i: number): TemplateResult {
		const problem = groupProblem(group, this.draft);
		const touched = group.name !== '' || group.domains.length > 0;
		return html`<fieldset class="group">
			<legend>${group.name || (group.proof === 'mailbox' ? 'Employer' : 'Group with vouchers')}</legend>
			<div class="columns">
				<div class="field"><label for="group-${i}-name">Name, as printed</label>
					<input id="group-${i}-name" placeholder=${defaultGroupName(group)} maxlength="100" .value=${live(group.name)} @input=${(event: Event) => this.put(i, { name: this.typed(event) })} /></div>
				${group.proof === 'mailbox' ? this.domains(group, i) : this.limit(group, i)}
				${this.headcount(group, i)}
			</div>
			${this.alike(group, `group-${i}-domains-alike`)}
			${problem && touched ? html`<p class="wrong small" role="status">${problem}</p>` : nothing}
			<button class="link small" @click=${() => this.removeGroup(i)}>Remove this group</button>
		</fieldset>`;
	}

	private domains(group: DraftGroup, i: number): TemplateResult {
		const read = (event: Event) => {
			const domains = this.typed(event)
				.toLowerCase()
				.split(/[\s,;]+/)
				.map((typed) => typed.replace(/^@/, ''))
				.filter((typed) => typed !== '');
			this.put(i, { domains });
		};
		const problems = group.domains.map(domainProblem);
		const id = `group-${i}-domains`;
		return html`<div class="field"><label for=${id}>Mail domains</label>
			<p class="hint" id="${id}-hint">Such as northwind.example; several with blanks between. Subdomains count only if they stand here.</p>
			<input id=${id} autocapitalize="none" spellcheck="false" aria-describedby="${id}-hint ${id}-alike" aria-invalid=${problems.some(Boolean) ? 'true' : 'false'} .value=${group.domains.join(' ')} @change=${read} /></div>`;
	}

	/** Under both: one of the two may be a slip, or somebody else's. Of two in one group, once. */
	private alike({ domains }: DraftGroup, id: string): TemplateResult {
		const pairs = domains.flatMap((domain, at) =>
			mistakenFor(domain, this.draft)
				.filter((other) => !domains.slice(0, at).includes(other))
				.map((other) => ({ domain, other })),
		);
		return html`<div id=${id} role="status">${pairs.map(
			({ domain, other }) =>
				html`<p class="note small"><b>${domain} can be taken for ${other}.</b> Look at both once more. Whoever owns a domain that is not your employer’s can make as many mailboxes there as they like, and each of them could sign.</p>`,
		)}</div>`;
	}

	private limit(group: DraftGroup, i: number): TemplateResult {
		return html`<div class="field"><label for="group-${i}-limit">At most so many vouchers</label>
			<p class="hint" id="group-${i}-limit-hint">Stands in the charter; nobody can hand out more. No mailbox stands behind these names.</p>
			${this.number(`group-${i}-limit`, `${group.id}-limit`, group.limit, (limit) => this.put(i, { limit }))}</div>`;
	}

	/** Its hint has the input's id with `-hint`. @param what its name among what is unread */
	private number(id: string, what: string, value: number | null, put: (value: number | null) => void): TemplateResult {
		const unread = this.unread.get(what);
		const read = (typed: string) => {
			const number = readWhole(typed);
			const wrong = number === null && typed.trim() !== '';
			this.told(what, wrong ? typed : null);
			if (!wrong) put(number);
		};
		const stays = value === null ? 'Nothing is saved of it.' : `${value.toLocaleString('en')} stays saved until then.`;
		return html`<div id="${id}-wrong" role="status">${unread === undefined ? nothing : html`<p class="wrong small">Type a whole number, such as 4,200. ${stays}</p>`}</div>
			<input id=${id} inputmode="numeric" aria-describedby="${id}-hint ${id}-wrong" aria-invalid=${unread === undefined ? 'false' : 'true'} .value=${unread ?? (value === null ? '' : String(value))} @change=${(event: Event) => read(this.typed(event))} />`;
	}

	private headcount(group: DraftGroup, i: number): TemplateResult {
		const { headcount } = group;
		const put = (count: number | null) =>
			this.put(i, { headcount: count === null ? null : { count, source: headcount?.source ?? '' } });
		return html`<div class="field"><label for="group-${i}-count">How many people work there</label>
			<p class="hint" id="group-${i}-count-hint">If known. It is printed beside the signatures, so that readers can compare.</p>
			${this.number(`group-${i}-count`, `${group.id}-count`, headcount?.count ?? null, put)}</div>
			${
				headcount === null
					? nothing
					: html`<div class="field"><label for="group-${i}-source">Where the number comes from</label>
				<p class="hint" id="group-${i}-source-hint">Printed with it, such as “Annual report 2025, page 12”.</p>
				<input id="group-${i}-source" maxlength="300" aria-describedby="group-${i}-source-hint" .value=${live(headcount.source)} @input=${(event: Event) => this.put(i, { headcount: { count: headcount.count, source: this.typed(event) } })} /></div>`
			}`;
	}
}

customElements.define('draft-groups', DraftGroups);
