/** The names of one opening, in every order that the table offers, ready to be searched at each key that is pressed. */
import type { OpenedName } from '../../../shared/client/opening.ts';
import { fold } from '../../../shared/fold.ts';
import { Slices, sortInSlices } from '../../../shared/slices.ts';
import { type Beside, type NameRow, nameRows } from './notices.ts';

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

/** `text`: what is searched. */
type Searched = { row: NameRow; text: string };

export class NameList {
	/** In the order of names. */
	readonly all: readonly NameRow[];
	readonly #orders: Record<Order, readonly Searched[]>;

	private constructor(orders: Record<Order, readonly Searched[]>) {
		this.#orders = orders;
		this.all = orders.name.map(({ row }) => row);
	}

	/** Compares and sorts in slices. */
	static async of(names: readonly OpenedName[], beside: Beside, slices = new Slices()): Promise<NameList> {
		const rows = await nameRows(names, beside, slices);
		const searchable: Searched[] = [];
		for (const row of rows) {
			await slices.next();
			searchable.push({ row, text: searched(row) });
		}
		const { compare } = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
		const name = await sortInSlices(searchable, (a, b) => compare(a.row.name, b.row.name), slices);
		const mailboxOf = ({ row }: Searched) => row.mailbox ?? '\uffff';
		const mailbox = await sortInSlices(name, (a, b) => compare(mailboxOf(a), mailboxOf(b)), slices);
		return new NameList({ name, mailbox, noticed: byWeight(name) });
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
		const found: NameRow[] = [];
		for (const { row, text } of this.#orders[order]) {
			if (gone.has(row.key) || (group !== '' && row.group !== group) || !shows(show, row, struck)) continue;
			if (words.every((word) => text.includes(word))) found.push(row);
		}
		return found;
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
function byWeight(rows: readonly Searched[]): Searched[] {
	const buckets = new Map<number, Searched[]>();
	for (const one of rows) {
		const weight = one.row.notices.reduce((sum, notice) => sum + (notice.serious ? 10 : 1), 0);
		const bucket = buckets.get(weight);
		if (bucket === undefined) buckets.set(weight, [one]);
		else bucket.push(one);
	}
	return [...buckets].sort(([a], [b]) => b - a).flatMap(([, bucket]) => bucket);
}
