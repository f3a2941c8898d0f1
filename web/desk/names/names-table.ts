import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Order } from './name-list.ts';
import { nameRow, type RowActs, type StrikeWish, type Struck } from './name-row.ts';
import type { NameRow } from './notices.ts';
import { RowWindow } from './row-window.ts';

/** Rows beyond those in sight, so that scrolling shows no gap; and how near one may come to the last of them. */
const BEYOND = 12;
const NEAR = 4;

/**
 * `<names-table>`: however many rows, of which only those in sight are on the page. One stop for the keyboard: arrows, Home, End and page keys move, `s` asks why
 * to strike, Enter goes to the row's button. Fires `sort` with an Order and `strike` with a StrikeWish.
 */
export class NamesTable extends LitElement {
	static override properties: PropertyDeclarations = {
		rows: { attribute: false },
		strikes: { attribute: false },
		order: { attribute: false },
		busy: { type: Boolean },
		from: { state: true },
		to: { state: true },
		active: { state: true },
		striking: { state: true },
	};
	declare rows: readonly NameRow[];
	declare strikes: ReadonlyMap<string, Struck>;
	declare order: Order;
	declare busy: boolean;
	/** Rows on the page: `from` until before `to`. */
	declare from: number;
	declare to: number;
	/** Key of the row that the keyboard is at. */
	declare active: string | null;
	/** Key of the row whose reason is being chosen. */
	declare striking: string | null;
	readonly #window = new RowWindow();
	readonly #resized = new ResizeObserver(([entry]) => this.resize(entry?.contentRect.width ?? 0));
	readonly #acts: RowActs = {
		activate: (key) => {
			this.active = key;
		},
		ask: (key) => void this.ask(key),
		leave: () => this.leave(),
		wish: (wish) => this.wish(wish),
	};
	#width = 0;
	#places = new Map<string, number>();
	/** Has to be brought into sight once it was measured. */
	#wanted: string | null = null;

	constructor() {
		super();
		this.rows = [];
		this.strikes = new Map();
		this.order = 'noticed';
		this.busy = false;
		this.from = 0;
		this.to = 2 * BEYOND;
		this.active = null;
		this.striking = null;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#resized.disconnect();
		this.#width = 0;
	}

	protected override willUpdate(changed: Map<string, unknown>): void {
		if (!changed.has('rows')) return;
		this.#places = new Map(this.rows.map((row, at) => [row.key, at]));
		this.#window.list(this.rows.map((row) => row.key));
		if (this.active !== null && !this.#places.has(this.active)) this.active = null;
		if (changed.get('rows') !== undefined && this.#moved(changed.get('rows') as readonly NameRow[])) this.#toTop();
	}

	/** Another search or order begins at its top; a row less does not move what is read. */
	#moved(before: readonly NameRow[]): boolean {
		return Math.abs(before.length - this.rows.length) > 1 || before[0]?.key !== this.rows[0]?.key;
	}

	#toTop(): void {
		const scroller = this.#scroller;
		if (scroller) scroller.scrollTop = 0;
		this.from = 0;
		this.to = 2 * BEYOND;
	}

	protected override render(): TemplateResult {
		const to = Math.min(this.to, this.rows.length);
		const place = this.active === null ? -1 : (this.#places.get(this.active) ?? -1);
		const seen = place >= this.from && place < to;
		return html`<div class="names-scroll" @scroll=${() => this.look()}><div class="names-space">
			<table class="names-table list" role="grid" tabindex="0" aria-label="Names as signed, beside the proven mailboxes" aria-describedby="names-keys"
				aria-rowcount=${this.rows.length + 1} aria-activedescendant=${seen ? `name-row-${place}` : nothing}
				@keydown=${(event: KeyboardEvent) => this.press(event)} @focus=${() => this.enter()}>
			<thead role="rowgroup"><tr role="row" aria-rowindex="1">${this.head('name', 'Name as signed')}<th role="columnheader" scope="col">Title</th>${this.head('mailbox', 'Proven mailbox')}${this.head('noticed', 'What we noticed')}<th role="columnheader" scope="col"><span class="visually-hidden">Act</span></th></tr></thead>
			<tbody role="rowgroup" class="tab">${repeat(
				this.rows.slice(this.from, to),
				(row) => row.key,
				(row, i) => this.row(row, this.from + i),
			)}</tbody></table></div></div>`;
	}

	private head(order: Order, words: string): TemplateResult {
		const here = this.order === order;
		const direction = order === 'noticed' ? 'descending' : 'ascending';
		return html`<th role="columnheader" scope="col" aria-sort=${here ? direction : 'none'}><button class="sort" @click=${() => this.say('sort', order)}>${words}${here ? html`<span aria-hidden="true"> ${order === 'noticed' ? '↓' : '↑'}</span>` : nothing}</button></th>`;
	}

	private row(row: NameRow, at: number): TemplateResult {
		const { key } = row;
		const struck = this.strikes.get(key);
		const state = { active: key === this.active, asked: key === this.striking, busy: this.busy };
		return nameRow({ row, at, struck, ...state }, this.#acts);
	}

	/** The table gets the focus back: what was pressed is about to go. */
	private wish(wish: StrikeWish): void {
		this.active = wish.key;
		this.say('strike', wish);
		this.leave();
	}

	private say(type: 'sort' | 'strike', detail: unknown): void {
		this.dispatchEvent(new CustomEvent(type, { detail }));
	}

	private async ask(key: string): Promise<void> {
		this.active = key;
		this.striking = key;
		await this.updateComplete;
		this.querySelector<HTMLElement>('#strike-reason')?.focus();
	}

	private leave(): void {
		this.striking = null;
		this.focusTable();
	}

	focusTable(): void {
		this.querySelector<HTMLElement>('table')?.focus({ preventScroll: true });
	}

	private enter(): void {
		if (this.active !== null) return;
		this.active = this.rows[this.#window.rowAt(this.#scroller?.scrollTop ?? 0)]?.key ?? null;
	}

	private press(event: KeyboardEvent): void {
		if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
		if (event.target.closest('form') !== null) {
			if (event.key !== 'Escape') return;
			event.preventDefault();
			this.leave();
			return;
		}
		const to = this.target(event.key);
		if (to !== null) this.go(to);
		else if (event.key === 's' && this.active !== null) this.act(this.active);
		else if (event.key === 'Enter' && event.target instanceof HTMLTableElement) this.button()?.focus();
		else return;
		event.preventDefault();
	}

	/** Where a key leads to; null for other keys. */
	private target(key: string): number | null {
		const at = this.active === null ? 0 : (this.#places.get(this.active) ?? 0);
		const page = Math.max(1, this.inSight().last - this.inSight().first - 1);
		const steps: Record<string, number> = {
			ArrowDown: at + 1,
			ArrowUp: at - 1,
			PageDown: at + page,
			PageUp: at - page,
		};
		if (key === 'Home') return 0;
		return key === 'End' ? this.rows.length - 1 : (steps[key] ?? null);
	}

	private go(to: number): void {
		const row = this.rows[Math.max(0, Math.min(to, this.rows.length - 1))];
		if (row === undefined) return;
		this.active = row.key;
		this.#wanted = row.key;
		this.reveal();
		this.requestUpdate();
	}

	private act(key: string): void {
		if (this.strikes.has(key)) this.button()?.focus();
		else void this.ask(key);
	}

	private button(): HTMLElement | null {
		return this.querySelector<HTMLElement>('tr.active .act button');
	}

	get #scroller(): HTMLElement | null {
		return this.querySelector<HTMLElement>('.names-scroll');
	}

	/** Height that rows have under the head, which stays. */
	#room(scroller: HTMLElement): number {
		return scroller.clientHeight - (this.querySelector('thead')?.offsetHeight ?? 0);
	}

	private inSight(): { first: number; last: number } {
		const scroller = this.#scroller;
		if (scroller === null) return { first: 0, last: BEYOND };
		const { scrollTop } = scroller;
		return { first: this.#window.rowAt(scrollTop), last: this.#window.rowAt(scrollTop + this.#room(scroller)) };
	}

	/** Draws other rows where those on the page come to an end. */
	private look(): void {
		const { first, last } = this.inSight();
		const early = this.from > 0 && first - NEAR < this.from;
		const late = this.to < this.rows.length && last + NEAR >= this.to;
		if (!early && !late) return;
		this.from = Math.max(0, first - BEYOND);
		this.to = last + BEYOND + 1;
	}

	private reveal(): void {
		const at = this.#wanted === null ? undefined : this.#places.get(this.#wanted);
		const scroller = this.#scroller;
		if (at === undefined || scroller === null) return;
		const [top, bottom] = [this.#window.topOf(at), this.#window.topOf(at + 1)];
		const room = this.#room(scroller);
		if (top < scroller.scrollTop) scroller.scrollTop = top;
		else if (bottom > scroller.scrollTop + room) scroller.scrollTop = Math.min(top, bottom - room);
		this.look();
	}

	private resize(width: number): void {
		if (width === this.#width) return;
		this.#width = width;
		this.#window.forgetHeights();
		this.requestUpdate();
	}

	/** What rows turned out to be as high as; what is read stays where it is. */
	protected override updated(): void {
		const scroller = this.#scroller;
		const space = this.querySelector<HTMLElement>('.names-space');
		if (scroller === null || space === null) return;
		if (this.#width === 0) {
			this.#width = scroller.clientWidth;
			this.#resized.observe(scroller);
		}
		const anchor = this.#window.rowAt(scroller.scrollTop);
		const within = scroller.scrollTop - this.#window.topOf(anchor);
		for (const tr of this.querySelectorAll<HTMLElement>('tbody > tr'))
			this.#window.measured(tr.dataset.key ?? '', tr.getBoundingClientRect().height);
		const to = Math.min(this.to, this.rows.length);
		space.style.paddingTop = `${this.#window.topOf(this.from)}px`;
		space.style.paddingBottom = `${this.#window.height - this.#window.topOf(to)}px`;
		const stays = this.#window.topOf(anchor) + within;
		if (Math.abs(stays - scroller.scrollTop) > 1) scroller.scrollTop = stays;
		this.reveal();
		if (this.#wanted !== null && this.#isDrawn(this.#wanted)) this.#wanted = null;
		this.look();
	}

	#isDrawn(key: string): boolean {
		const at = this.#places.get(key) ?? 0;
		return at >= this.from && at < this.to;
	}
}

customElements.define('names-table', NamesTable);
