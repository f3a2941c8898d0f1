import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { strike } from '../../shared/client/releasing.ts';
import { STRIKE_REASONS, type StrikeReason } from '../../shared/entry.ts';
import { DeskElement } from './desk-element.ts';
import { textOf } from './letter-title.ts';
import { findRows, type NameRow, nameRows, type Order } from './notices.ts';
import { STRIKE_WORDS } from './strike-reasons.ts';

const PAGE = 100;
const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

/** `<desk-names>`: the names beside their proven mailboxes; find, sort, propose to strike, hide. Fires nothing. */
export class DeskNames extends DeskElement {
	static override properties: PropertyDeclarations = {
		find: { state: true },
		order: { state: true },
		page: { state: true },
		hidden: { state: true },
		striking: { state: true },
	};
	declare find: string;
	declare order: Order;
	declare page: number;
	declare hidden: boolean;
	/** Key of the row whose reason is being chosen. */
	declare striking: string | null;
	#rows: NameRow[] = [];
	#from: unknown = null;

	constructor() {
		super();
		this.find = '';
		this.order = 'noticed';
		this.page = 0;
		this.hidden = false;
		this.striking = null;
	}

	/** Comparing thousands of names takes a moment, so it is done once for each opening. */
	private rows(): NameRow[] {
		const { opening } = this.desk.opening;
		const { view } = this.desk.unlocked;
		if (opening !== this.#from && opening !== null) {
			this.#from = opening;
			this.#rows = nameRows(opening.names, textOf(view)?.addressees ?? '');
		}
		const gone = new Set(view.withdrawn.map((one) => one.key));
		return this.#rows.filter((row) => !gone.has(row.key));
	}

	protected override render(): TemplateResult {
		if (this.hidden) {
			return html`<div class="bar"><p class="quiet">The names are hidden.</p><button class="button plain" @click=${() => this.hide(false)}>Show the names</button></div>`;
		}
		const rows = this.rows();
		const strikes = new Map(this.desk.unlocked.view.strikes.map((one) => [one.key, one]));
		const look = rows.filter((row) => row.notices.some((notice) => notice.serious)).length;
		const plain = rows.filter((row) => row.notices.length === 0).length;
		const found = findRows(rows, this.find, this.order);
		const pages = Math.max(1, Math.ceil(found.length / PAGE));
		const page = Math.min(this.page, pages - 1);
		return html`${this.summary()}
			<div class="bar">
				<input type="search" aria-label="Find a name or mailbox" placeholder="Find a name or mailbox" .value=${this.find} @input=${(event: Event) => this.search(event)} />
				<span class="small quiet tab" role="status">${look} to look at · ${strikes.size} proposed to strike · ${plain} without anything unusual${this.find === '' ? '' : ` · ${found.length} found`}</span>
				<button class="button plain" @click=${() => this.hide(true)}>Hide the names</button>
				<a class="button plain" href="#release-heading" @click=${(event: Event) => this.toRelease(event)}>To the release</a>
			</div>
			${
				rows.length === 0
					? html`<p class="quiet">Nobody signed by name.</p>`
					: html`<div class="scroll-x"><table class="names-table list"><caption class="visually-hidden">Names as signed, beside the proven mailboxes</caption>
				<thead><tr>${this.head('name', 'Name as signed')}<th scope="col">Title</th>${this.head('mailbox', 'Proven mailbox')}${this.head('noticed', 'What we noticed')}<th scope="col"><span class="visually-hidden">Act</span></th></tr></thead>
				<tbody class="tab">${repeat(
					found.slice(page * PAGE, (page + 1) * PAGE),
					(row) => row.key,
					(row) => this.row(row, strikes.get(row.key)),
				)}</tbody></table></div>`
			}
			${
				pages === 1
					? nothing
					: html`<nav class="actions" aria-label="Pages of names"><button class="button plain" ?disabled=${page === 0} @click=${() => this.turn(page - 1)}>Before</button>
				<span class="small quiet tab">${page * PAGE + 1} to ${Math.min(found.length, (page + 1) * PAGE)} of ${found.length.toLocaleString('en')}</span>
				<button class="button plain" ?disabled=${page + 1 >= pages} @click=${() => this.turn(page + 1)}>Next</button></nav>`
			}`;
	}

	private head(order: Order, words: string): TemplateResult {
		const here = this.order === order;
		return html`<th scope="col" aria-sort=${here ? (order === 'noticed' ? 'descending' : 'ascending') : 'none'}><button class="sort" @click=${() => {
			this.order = order;
			this.page = 0;
		}}>${words}${here ? html`<span aria-hidden="true"> ${order === 'noticed' ? '↓' : '↑'}</span>` : nothing}</button></th>`;
	}

	private row(row: NameRow, struck: { reason: StrikeReason; organizer: string } | undefined): TemplateResult {
		const by = this.desk.unlocked.view.organizers.find((one) => one.id === struck?.organizer)?.name;
		return html`<tr class=${struck ? 'struck' : ''}>
			<th scope="row"><bdi>${row.name}</bdi></th><td data-name="Title"><bdi>${row.title}</bdi></td><td data-name="Proven mailbox">${row.mailbox ?? html`<span class="quiet">None</span>`}</td>
			<td data-name="What we noticed">${struck ? html`<span class="reason">${STRIKE_WORDS[struck.reason]}, says ${by}</span>` : this.noticed(row)}</td>
			<td class="act">${struck ? html`<button class="link small" ?disabled=${this.busy !== ''} @click=${() => this.strike(row.key, null)}>Put back<span class="visually-hidden"> ${row.name}</span></button>` : this.strikeForm(row)}</td>
		</tr>`;
	}

	private noticed({ notices }: NameRow): TemplateResult {
		if (notices.length === 0) return html`<span class="quiet">Nothing unusual</span>`;
		return html`${notices.map((notice, i) => html`${i > 0 ? '; ' : ''}<span class=${notice.serious ? 'flag' : ''}>${i > 0 ? lowerFirst(notice.text) : notice.text}</span>`)}`;
	}

	private strikeForm(row: NameRow): TemplateResult {
		if (this.striking !== row.key) {
			return html`<button class="link small" @click=${() => this.ask(row.key)}>Propose to strike<span class="visually-hidden"> ${row.name}</span></button>`;
		}
		// Choosing alone does nothing: with arrow keys, some browsers choose each reason on the way.
		return html`<form class="strike-form" @submit=${(event: SubmitEvent) => this.propose(event, row.key)}><select id="strike-reason" aria-label="Why strike ${row.name}" required>
			<option value="">Why?</option>${STRIKE_REASONS.map((reason) => html`<option value=${reason}>${STRIKE_WORDS[reason]}</option>`)}</select>
			<button class="link small" ?disabled=${this.busy !== ''}>Propose it</button>
			<button class="link small" type="button" @click=${() => {
				this.striking = null;
			}}>Leave it</button></form>`;
	}

	private propose(event: SubmitEvent, key: string): void {
		event.preventDefault();
		const chosen = this.querySelector<HTMLSelectElement>('#strike-reason')?.value;
		const reason = STRIKE_REASONS.find((one) => one === chosen);
		if (reason) void this.strike(key, reason);
	}

	private async ask(key: string): Promise<void> {
		this.striking = key;
		await this.updateComplete;
		this.querySelector<HTMLElement>('#strike-reason')?.focus();
	}

	private async strike(key: string, reason: StrikeReason | null): Promise<void> {
		await this.run(key, () => this.desk.act((call) => strike(call, key, reason)));
		this.striking = null;
	}

	private search(event: Event): void {
		if (event.target instanceof HTMLInputElement) this.find = event.target.value;
		this.page = 0;
	}

	private turn(page: number): void {
		this.page = page;
		this.querySelector('table')?.scrollIntoView();
	}

	private toRelease(event: Event): void {
		event.preventDefault();
		const heading = document.querySelector<HTMLElement>('#release-heading');
		heading?.focus();
		heading?.scrollIntoView();
	}

	private hide(hidden: boolean): void {
		this.hidden = hidden;
	}
}

customElements.define('desk-names', DeskNames);
