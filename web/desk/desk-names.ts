import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { readCharter } from '../../shared/charter.ts';
import { strike } from '../../shared/client/releasing.ts';
import { DeskElement } from './desk-element.ts';
import { textOf } from './letter-title.ts';
import { isSerious, NameList, type Order, type Show, type Wanted } from './names/name-list.ts';
import type { StrikeWish, Struck } from './names/name-row.ts';
import type { NameRow, Notice } from './names/notices.ts';
import './names/names-table.ts';

const SHOWS: Record<Show, string> = {
	all: 'Everybody',
	look: 'What to look at',
	struck: 'Proposed to strike',
	plain: 'Nothing unusual',
};
const NONE: ReadonlyMap<string, readonly Notice[]> = new Map();

/**
 * `<desk-names>`: the names beside their proven mailboxes; find, sort, propose to strike, hide. `extra`: notices from elsewhere, by signer's key.
 * Keys: `/` finds, Escape hides everything that was opened, and those of `<names-table>`. Fires nothing.
 */
export class DeskNames extends DeskElement {
	static override properties: PropertyDeclarations = {
		extra: { attribute: false },
		list: { state: true },
		wanted: { state: true },
	};
	declare extra: ReadonlyMap<string, readonly Notice[]>;
	/** Null while the names are compared. */
	declare list: NameList | null;
	declare wanted: Wanted;
	#from: unknown[] = [];
	/** The rows as they were handed to the table: the same ones until something changes. */
	#found: { of: unknown[]; rows: NameRow[] } = { of: [], rows: [] };
	readonly #pressed = (event: KeyboardEvent) => this.press(event);

	constructor() {
		super();
		this.extra = NONE;
		this.list = null;
		this.wanted = { typed: '', order: 'noticed', group: '', show: 'all' };
	}

	override connectedCallback(): void {
		super.connectedCallback();
		document.addEventListener('keydown', this.#pressed);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		document.removeEventListener('keydown', this.#pressed);
	}

	/** Names are compared once for each opening. */
	protected override willUpdate(): void {
		super.willUpdate();
		const { opening } = this.desk.opening;
		if (opening === null || (this.#from[0] === opening && this.#from[1] === this.extra)) return;
		const from = [opening, this.extra];
		this.#from = from;
		const { view } = this.desk.unlocked;
		const beside = {
			addressees: textOf(view)?.addressees ?? '',
			organizers: view.organizers.map((one) => one.name),
			extra: this.extra,
		};
		void NameList.of(opening.names, beside).then((list) => {
			if (this.#from === from) this.list = list;
		});
	}

	protected override render(): TemplateResult {
		const { opening } = this.desk;
		if (opening.hidden) {
			return html`<div class="bar"><p class="quiet">Everything that was opened is hidden.</p><button class="button plain" @click=${() => opening.hide(false)}>Show the names</button></div>`;
		}
		if (this.list === null) return html`<p class="quiet" role="status">Comparing the names.</p>`;
		const { view } = this.desk.unlocked;
		const gone = new Set(view.withdrawn.map((one) => one.key));
		const strikes = this.strikes();
		const all = this.list.all.filter((row) => !gone.has(row.key));
		const found = this.find(this.list, strikes, gone);
		return html`${this.summary()}
			<div class="bar">
				<input id="find-name" type="search" aria-label="Find a name or mailbox" placeholder="Find a name or mailbox" .value=${this.wanted.typed} @input=${(event: Event) => this.typed(event)} />
				<button class="button plain" @click=${() => opening.hide(true)}>Hide the names</button>
				<a class="button plain" href="#release-heading" @click=${(event: Event) => this.toRelease(event)}>To the release</a>
			</div>
			<div class="bar filters">${this.choose('show-names', 'Show', Object.entries(SHOWS), this.wanted.show)}${this.groups()}
				<span class="small quiet tab" role="status">${this.counts(all, strikes, found.length)}</span>
			</div>
			${
				all.length === 0
					? html`<p class="quiet">Nobody signed by name.</p>`
					: html`<names-table .rows=${found} .strikes=${strikes} .order=${this.wanted.order} ?busy=${this.busy !== ''}
				@sort=${(event: CustomEvent<Order>) => this.want({ order: event.detail })} @strike=${(event: CustomEvent<StrikeWish>) => this.strike(event.detail)}></names-table>
				<p class="small quiet" id="names-keys">Keys, in the table: <kbd>↑</kbd> <kbd>↓</kbd> <kbd>Home</kbd> <kbd>End</kbd> and the page keys move, <kbd>s</kbd> proposes to strike, <kbd>/</kbd> finds. <kbd>Esc</kbd> hides everything that was opened. Without a touch for five minutes the desk locks.</p>`
			}`;
	}

	private counts(all: readonly NameRow[], strikes: ReadonlyMap<string, Struck>, found: number): string {
		const look = all.filter(isSerious).length;
		const struck = all.filter((row) => strikes.has(row.key)).length;
		const plain = all.filter((row) => row.notices.length === 0).length;
		const number = (count: number) => count.toLocaleString('en');
		const said = `${number(look)} to look at · ${number(struck)} proposed to strike · ${number(plain)} without anything unusual`;
		return found === all.length ? said : `${said} · ${number(found)} shown`;
	}

	private strikes(): ReadonlyMap<string, Struck> {
		const { strikes, organizers } = this.desk.unlocked.view;
		const nameOf = new Map(organizers.map((one) => [one.id, one.name]));
		return new Map(strikes.map(({ key, reason, organizer }) => [key, { reason, by: nameOf.get(organizer) ?? '' }]));
	}

	private find(list: NameList, strikes: ReadonlyMap<string, Struck>, gone: ReadonlySet<string>): NameRow[] {
		const of = [list, this.wanted, gone.size, this.wanted.show === 'struck' ? [...strikes.keys()].join() : ''];
		if (of.some((one, i) => one !== this.#found.of[i]))
			this.#found = { of, rows: list.find(this.wanted, strikes, gone) };
		return this.#found.rows;
	}

	/** Only where there is something to choose. */
	private groups(): TemplateResult | typeof nothing {
		const document = this.desk.unlocked.view.chain?.charters.at(-1);
		const groups = document === undefined ? [] : readCharter(document).groups;
		if (groups.length < 2) return nothing;
		const options: [string, string][] = [
			['', 'All groups'],
			...groups.map(({ id, name }): [string, string] => [id, name]),
		];
		return this.choose('name-group', 'Group', options, this.wanted.group);
	}

	private choose(id: string, label: string, options: [string, string][], chosen: string): TemplateResult {
		const change = (event: Event) => {
			if (!(event.target instanceof HTMLSelectElement)) return;
			const { value } = event.target;
			const show = (Object.keys(SHOWS) as Show[]).find((one) => one === value);
			this.want(id === 'name-group' ? { group: value } : { show: show ?? 'all' });
		};
		return html`<label class="small" for=${id}>${label}</label><select id=${id} @change=${change}>${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}</select>`;
	}

	private want(change: Partial<Wanted>): void {
		this.wanted = { ...this.wanted, ...change };
	}

	private typed(event: Event): void {
		if (event.target instanceof HTMLInputElement) this.want({ typed: event.target.value });
	}

	private strike({ key, reason }: StrikeWish): Promise<boolean> {
		return this.run(key, () => this.desk.act((call) => strike(call, key, reason)));
	}

	private press(event: KeyboardEvent): void {
		const { opening } = this.desk;
		if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || opening.hidden) return;
		const { target } = event;
		const field = this.querySelector<HTMLInputElement>('#find-name');
		if (event.key === 'Escape' && target === field && this.wanted.typed !== '') this.want({ typed: '' });
		else if (event.key === 'Escape') opening.hide(true);
		else if (event.key === '/' && target instanceof Node && this.contains(target) && target !== field) field?.focus();
		else return;
		event.preventDefault();
	}

	private toRelease(event: Event): void {
		event.preventDefault();
		const heading = document.querySelector<HTMLElement>('#release-heading');
		heading?.focus();
		heading?.scrollIntoView();
	}
}

customElements.define('desk-names', DeskNames);
