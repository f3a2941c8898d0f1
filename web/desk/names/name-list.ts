/** The names of one opening, in every order that the table offers, ready to be searched at each key that is pressed. */
import type { OpenedName } from '../../../shared/client/opening.ts';
import { fold } from '../../../shared/fold.ts';
import { type Beside, type NameRow, nameRows } from './notices.ts';
import { Slices, sortInSlices } from './slices.ts';

export type Order = 'noticed' | 'name' | 'mailbox';
/** `look`: with a serious notice. `struck`: proposed to strike. `plain`: nothing noticed. */
export type Show = 'all' | 'look' | 'struck' | 'plain';
export type Wanted = {
	/** Every word of it has to be in name, title or mailbox. */
	typed: string;
	order: Order;
	/** Id, '' for all. */
	group: string;
	show: Show;
};

export class NameList {
	readonly #orders: Record<Order, readonly NameRow[]>;
	readonly #text: ReadonlyMap<string, string>;

	private constructor(orders: Record<Order, readonly NameRow[]>, text: ReadonlyMap<string, string>) {
		this.#orders = orders;
		this.#text = text;
	}

	/** Compares and sorts in slices. */
	static async of(names: readonly OpenedName[], beside: Beside): Promise<NameList> {
		const slices = new Slices();
		const rows = await nameRows(names, beside, slices);
		const text = new Map<string, string>();
		for (const row of rows) {
			await slices.next();
			text.set(row.key, searched(row));
		}
		const { compare } = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
		const name = await sortInSlices(rows, (a, b) => compare(a.name, b.name), slices);
		const mailbox = await sortInSlices(name, (a, b) => compare(a.mailbox ?? '\uffff', b.mailbox ?? '\uffff'), slices);
		return new NameList({ name, mailbox, noticed: byWeight(name) }, text);
	}

	get all(): readonly NameRow[] {
		return this.#orders.name;
	}

	/** @param struck keys that are proposed to strike. @param gone keys that withdrew: never listed */
	find(
		{ typed, order, group, show }: Wanted,
		struck: { has(key: string): boolean },
		gone: ReadonlySet<string>,
	): NameRow[] {
		const words = typed
			.toLowerCase()
			.split(/\s+/)
			.filter((word) => word !== '');
		return this.#orders[order].filter((row) => {
			if (gone.has(row.key) || (group !== '' && row.group !== group) || !shows(show, row, struck)) return false;
			const text = this.#text.get(row.key) ?? '';
			return words.every((word) => text.includes(word));
		});
	}
}

/** As written, and folded: jose finds José. */
function searched({ name, title, mailbox }: NameRow): string {
	const written = `${name} ${title} ${mailbox ?? ''}`.toLowerCase();
	return `${written}\n${fold(written)}`;
}

export const isSerious = (row: NameRow): boolean => row.notices.some((notice) => notice.serious);

function shows(show: Show, row: NameRow, struck: { has(key: string): boolean }): boolean {
	if (show === 'look') return isSerious(row);
	if (show === 'struck') return struck.has(row.key);
	return show === 'all' || row.notices.length === 0;
}

/** What to look at first; within one weight as they came. */
function byWeight(rows: readonly NameRow[]): NameRow[] {
	const buckets = new Map<number, NameRow[]>();
	for (const row of rows) {
		const weight = row.notices.reduce((sum, notice) => sum + (notice.serious ? 10 : 1), 0);
		const bucket = buckets.get(weight);
		if (bucket === undefined) buckets.set(weight, [row]);
		else bucket.push(row);
	}
	return [...buckets].sort(([a], [b]) => b - a).flatMap(([, bucket]) => bucket);
}
