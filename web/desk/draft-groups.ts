import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type DraftGroup, newGroup } from '../../shared/client/drafting.ts';
import { domainProblem, groupProblem } from './checklist.ts';
import { DraftPart } from './draft-part.ts';

/** A whole number as people write it, `4,200` or `4 200` included; null for anything else. */
export function readWhole(typed: string): number | null {
	const plain = /^\d{1,3}([ \u00a0\u202f.,'’]\d{3})+$/.test(typed.trim()) ? typed.replace(/\D/g, '') : typed.trim();
	return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/** `<draft-groups>`: who can sign, and how they prove it. Fires `draft-change`. */
export class DraftGroups extends DraftPart {
	static override properties: PropertyDeclarations = { unread: { state: true } };
	/** What was typed as a number and is none, by the input's id: it stays until it is one. */
	declare unread: Record<string, string>;

	constructor() {
		super();
		this.unread = {};
	}

	protected override render(): TemplateResult {
		const { groups } = this.draft;
		return html`<section class="card" aria-labelledby="groups">
			<h2 id="groups" tabindex="-1">Who can sign</h2>
			<p class="quiet">People of a group prove that they belong to it: with a code sent to their work address, or with a voucher that you hand them. Vouchers are for contractors, former employees, and anyone whose mailbox is watched.</p>
			${groups.map((group, i) => this.group(group, i))}
			<div class="actions">
				<button class="button plain" ?disabled=${groups.length >= 20} @click=${() => this.change({ groups: [...groups, newGroup('mailbox')] })}>Add an employer’s mail domain</button>
				<button class="button plain" ?disabled=${groups.length >= 20} @click=${() => this.change({ groups: [...groups, newGroup('voucher')] })}>Add a group with vouchers</button>
			</div>
		</section>`;
	}

	/** The groups behind it move up, so what was typed wrongly would stand beside another one. */
	private removeGroup(i: number): void {
		this.unread = {};
		this.change({ groups: this.draft.groups.filter((_, at) => at !== i) });
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
					<input id="group-${i}-name" maxlength="100" .value=${live(group.name)} @input=${(event: Event) => this.put(i, { name: this.typed(event) })} /></div>
				${group.proof === 'mailbox' ? this.domains(group, i) : this.limit(group, i)}
				${this.headcount(group, i)}
			</div>
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
		return html`<div class="field"><label for="group-${i}-domains">Mail domains</label>
			<p class="hint" id="group-${i}-domains-hint">Such as northwind.example; several with blanks between. Subdomains count only if they stand here.</p>
			<input id="group-${i}-domains" autocapitalize="none" spellcheck="false" aria-describedby="group-${i}-domains-hint" aria-invalid=${problems.some(Boolean) ? 'true' : 'false'} .value=${group.domains.join(' ')} @change=${read} /></div>`;
	}

	private limit(group: DraftGroup, i: number): TemplateResult {
		return html`<div class="field"><label for="group-${i}-limit">At most so many vouchers</label>
			<p class="hint" id="group-${i}-limit-hint">Stands in the charter; nobody can hand out more. No mailbox stands behind these names.</p>
			${this.number(`group-${i}-limit`, group.limit, (limit) => this.put(i, { limit }))}</div>`;
	}

	/** Its hint has the input's id with `-hint`. */
	private number(id: string, value: number | null, put: (value: number | null) => void): TemplateResult {
		const unread = this.unread[id];
		const read = (typed: string) => {
			const { [id]: _, ...others } = this.unread;
			const number = readWhole(typed);
			this.unread = number === null && typed.trim() !== '' ? { ...others, [id]: typed } : others;
			put(number);
		};
		return html`${unread === undefined ? nothing : html`<p class="wrong small" id="${id}-wrong" role="status">Type a whole number, such as 4,200.</p>`}
			<input id=${id} inputmode="numeric" aria-describedby="${id}-hint ${id}-wrong" aria-invalid=${unread === undefined ? 'false' : 'true'} .value=${unread ?? (value === null ? '' : String(value))} @change=${(event: Event) => read(this.typed(event))} />`;
	}

	private headcount(group: DraftGroup, i: number): TemplateResult {
		const { headcount } = group;
		const put = (count: number | null) =>
			this.put(i, { headcount: count === null ? null : { count, source: headcount?.source ?? '' } });
		return html`<div class="field"><label for="group-${i}-count">How many people work there</label>
			<p class="hint" id="group-${i}-count-hint">If known.</p>
			${this.number(`group-${i}-count`, headcount?.count ?? null, put)}</div>
			${
				headcount === null
					? nothing
					: html`<div class="field"><label for="group-${i}-source">Where the number comes from</label>
				<input id="group-${i}-source" maxlength="300" placeholder="Annual report 2025, page 12" .value=${live(headcount.source)} @input=${(event: Event) => this.put(i, { headcount: { count: headcount.count, source: this.typed(event) } })} /></div>`
			}`;
	}
}

customElements.define('draft-groups', DraftGroups);
