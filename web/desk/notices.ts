/** What a person who checks names should look at twice: the claimed name beside the proven mailbox. Hints, not verdicts. */
import type { OpenedName } from '../../shared/client/opening.ts';

export type Notice = { serious: boolean; text: string };
/** One named signature as the table shows it. `mailbox` null: a voucher stands behind it. */
export type NameRow = {
	key: string;
	name: string;
	title: string;
	mailbox: string | null;
	group: string;
	notices: Notice[];
};

/** Lower case, without accents, in pieces of letters. */
function pieces(text: string): string[] {
	const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	return plain
		.replaceAll('ø', 'o')
		.replaceAll('ł', 'l')
		.replaceAll('ß', 'ss')
		.split(/[^\p{L}]+/u)
		.filter((piece) => piece !== '');
}

const latin = (piece: string) => /^[a-z]+$/.test(piece);
const plainName = (name: string) => pieces(name).join(' ');

/**
 * Whether the local part could be made of the name: a whole piece of it, or its initials.
 * Names in other scripts cannot be compared, and count as fitting.
 */
export function fits(name: string, mailbox: string): boolean {
	const own = pieces(name);
	if (own.length === 0 || !own.every(latin)) return true;
	const local = mailbox.slice(0, mailbox.lastIndexOf('@'));
	const letters = local.replace(/[^a-z]/g, '');
	const parts = local.split(/[^a-z]+/).filter((part) => part !== '');
	if (own.some((piece) => piece.length > 1 && letters.includes(piece))) return true;
	const begins = (piece: string, part: string) => piece.startsWith(part) || part.startsWith(piece.slice(0, 5));
	if (own.some((piece) => piece.length > 2 && parts.some((part) => part.length > 2 && begins(piece, part))))
		return true;
	// An initial before the beginning of another piece: dlong, jdoe.
	if (own.some((one) => own.some((other) => other !== one && other.length > 1 && short(letters, one, other))))
		return true;
	const initials = own.map((piece) => piece[0]).join('');
	return initials.length > 1 && letters.startsWith(initials) && letters.length <= initials.length + 1;
}

function short(letters: string, first: string, last: string): boolean {
	const rest = letters.slice(1);
	return letters[0] === first[0] && rest.length > 2 && (last.startsWith(rest) || rest.startsWith(last));
}

/** @param addressees as printed on the letter */
export function nameRows(names: readonly OpenedName[], addressees: string): NameRow[] {
	const rows = names.flatMap(({ key, statement, opened }) => {
		const { display, address } = opened.contents;
		return display === null
			? []
			: [{ key, name: display.name, title: display.title, mailbox: address, group: statement.group, notices: [] }];
	});
	const byName = count(rows.map((row) => plainName(row.name)));
	const byMailbox = count(rows.flatMap((row) => row.mailbox ?? []));
	const addressed = pieces(addressees);
	return rows.map((row) => ({ ...row, notices: notices(row, byName, byMailbox, addressed) }));
}

function notices(
	row: NameRow,
	byName: Map<string, number>,
	byMailbox: Map<string, number>,
	addressed: string[],
): Notice[] {
	const found: Notice[] = [];
	const own = pieces(row.name);
	if (row.mailbox !== null && !fits(row.name, row.mailbox))
		found.push({ serious: true, text: 'Name and mailbox do not fit' });
	if (own.length > 1 && own.every((piece) => addressed.includes(piece)))
		found.push({ serious: true, text: 'Same name as an addressee' });
	const title = pieces(row.title);
	if (title.length > 1 && addressed.join(' ').includes(title.join(' ')))
		found.push({ serious: true, text: 'Same title as an addressee' });
	if (row.mailbox !== null && (byMailbox.get(row.mailbox) ?? 0) > 1)
		found.push({ serious: true, text: 'Same mailbox twice' });
	if ((byName.get(plainName(row.name)) ?? 0) > 1) found.push({ serious: false, text: 'Same name twice' });
	if (row.mailbox === null) found.push({ serious: false, text: 'Voucher: no mailbox behind it' });
	return found;
}

function count(values: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

export type Order = 'noticed' | 'name' | 'mailbox';

/** Rows that hold every word typed, in the order asked for: by default what to look at comes first. */
export function findRows(rows: readonly NameRow[], typed: string, order: Order): NameRow[] {
	const wanted = typed
		.trim()
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== '');
	const found = rows.filter((row) => {
		const all = `${row.name} ${row.title} ${row.mailbox ?? ''}`.toLowerCase();
		return wanted.every((word) => all.includes(word));
	});
	const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
	const weight = (row: NameRow) => row.notices.reduce((sum, notice) => sum + (notice.serious ? 10 : 1), 0);
	const compare: Record<Order, (a: NameRow, b: NameRow) => number> = {
		name: (a, b) => collator.compare(a.name, b.name),
		mailbox: (a, b) => collator.compare(a.mailbox ?? '', b.mailbox ?? ''),
		noticed: (a, b) => weight(b) - weight(a) || collator.compare(a.name, b.name),
	};
	return found.sort(compare[order]);
}
