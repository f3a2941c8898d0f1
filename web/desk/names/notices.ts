/** What a person who checks names should look at twice: the claimed name beside the proven mailbox. Hints, not verdicts. */

import type { OpenedName } from '../../../shared/client/opening.ts';
import type { StrikeReason } from '../../../shared/entry.ts';
import { mixedWords } from '../../../shared/mixed-letters.ts';
import type { Slices } from '../../../shared/slices.ts';
import { type Fit, mailboxFit } from './fit.ts';
import { isLatin, pieces } from './spelling.ts';

/** `strike`: the reason that this notice is itself enough for, so that its row offers to propose it with one press. */
export type Notice = { serious: boolean; text: string; strike?: StrikeReason };
/** One named signature as the table shows it. `mailbox` null: a voucher stands behind it. */
export type NameRow = {
	key: string;
	name: string;
	title: string;
	mailbox: string | null;
	/** Id. */
	group: string;
	notices: Notice[];
};
/** What names are compared with besides each other. `extra`: notices from elsewhere, by signer's key. */
export type Beside = {
	/** As printed on the letter. */
	addressees: string;
	/** Display names. */
	organizers: readonly string[];
	extra: ReadonlyMap<string, readonly Notice[]>;
};

/** Where mailboxes are not made of names at all, each of them would be noticed. */
const FEW = 20;

type Counted = {
	row: NameRow;
	own: string[];
	/** Its pieces in one order: Li Wei and Wei Li. */
	same: string;
	fit: Fit;
};

type Met = {
	names: Map<string, { count: number; vouchers: number; titles: Map<string, number> }>;
	mailboxes: Map<string, number>;
	/** By domain. */
	unlike: Map<string, { of: number; unlike: number }>;
	/** One list of pieces for each addressee. */
	addressees: string[][];
	organizers: Set<string>;
};

/** The named signatures with what was noticed, in the order of their keys. Thousands take a moment, so it is done in slices. */
export async function nameRows(names: readonly OpenedName[], beside: Beside, slices: Slices): Promise<NameRow[]> {
	const all: Counted[] = [];
	const met = meet(beside);
	for (const name of names) {
		await slices.next();
		const row = rowOf(name);
		if (row === null) continue;
		const own = pieces(row.name);
		const counted = {
			row,
			own,
			same: own.toSorted().join(' '),
			fit: row.mailbox === null ? 'unknown' : mailboxFit(row.name, row.mailbox),
		} as const;
		all.push(counted);
		count(met, counted);
	}
	for (const one of all) {
		await slices.next();
		one.row.notices = [...(beside.extra.get(one.row.key) ?? []), ...notices(one, met)];
	}
	return all.map(({ row }) => row);
}

function rowOf({ key, statement, opened }: OpenedName): NameRow | null {
	const { display, address } = opened.contents;
	if (display === null) return null;
	const { name, title } = display;
	return { key, name, title, mailbox: address, group: statement.group, notices: [] };
}

function meet({ addressees, organizers }: Beside): Met {
	return {
		...{ names: new Map(), mailboxes: new Map(), unlike: new Map() },
		addressees: addressees.split(/[;\n]/).map(pieces),
		organizers: new Set(organizers.map((name) => pieces(name).join(' ')).filter((name) => name.length > 2)),
	};
}

function count(met: Met, { row, same, fit }: Counted): void {
	const name = met.names.get(same) ?? { count: 0, vouchers: 0, titles: new Map<string, number>() };
	met.names.set(same, name);
	name.count += 1;
	if (row.mailbox === null) name.vouchers += 1;
	const title = pieces(row.title).join(' ');
	name.titles.set(title, (name.titles.get(title) ?? 0) + 1);
	if (row.mailbox === null) return;
	met.mailboxes.set(row.mailbox, (met.mailboxes.get(row.mailbox) ?? 0) + 1);
	if (fit === 'unknown') return;
	const domain = met.unlike.get(domainOf(row.mailbox)) ?? { of: 0, unlike: 0 };
	met.unlike.set(domainOf(row.mailbox), domain);
	domain.of += 1;
	if (fit === 'unlike') domain.unlike += 1;
}

const domainOf = (mailbox: string): string => mailbox.slice(mailbox.lastIndexOf('@') + 1);

function notices(one: Counted, met: Met): Notice[] {
	const { row, own } = one;
	const found: Notice[] = [];
	const say = (serious: boolean, text: string) => void found.push({ serious, text });
	if (unlikeAName(row.name, own)) say(true, 'Not written like a name');
	if (mixedWords(row.name).length > 0) say(true, 'Letters of different scripts in one word');
	fitNotice(one, met, say);
	if (isAddressee(own, met.addressees)) say(true, 'Same name as an addressee');
	const title = pieces(row.title);
	if (title.length > 1 && met.addressees.some((list) => runsIn(title, list))) say(true, 'Same title as an addressee');
	if (met.organizers.has(own.join(' '))) say(false, 'Same name as an organizer');
	if (row.mailbox !== null && (met.mailboxes.get(row.mailbox) ?? 0) > 1) say(true, 'Same mailbox twice');
	twiceNotice(one, met, say);
	if (row.mailbox === null) say(false, 'Voucher: no mailbox behind it');
	return found;
}

type Say = (serious: boolean, text: string) => void;

function fitNotice({ row, fit }: Counted, met: Met, say: Say): void {
	if (fit === 'perhaps not') say(false, 'Name and mailbox may not fit');
	if (fit !== 'unlike' || row.mailbox === null) return;
	const domain = met.unlike.get(domainOf(row.mailbox));
	const usual = domain !== undefined && domain.of >= FEW && domain.unlike * 2 > domain.of;
	if (usual) say(false, 'Mailbox says nothing of the name, as most here');
	else say(true, 'Name and mailbox do not fit');
}

/** Two people may bear one name; with one title, or once by voucher, it is rather one person twice. */
function twiceNotice({ row, same }: Counted, met: Met, say: Say): void {
	const name = met.names.get(same);
	if (same === '' || name === undefined || name.count < 2) return;
	const title = pieces(row.title).join(' ');
	if (title !== '' && (name.titles.get(title) ?? 0) > 1) say(true, 'Same name and title twice');
	else if (name.vouchers > 0 && name.vouchers < name.count) say(true, 'Same name twice, once by voucher');
	else say(false, 'Same name twice');
}

/** A single character is a whole name in some scripts, and none in Latin letters. */
function unlikeAName(name: string, own: readonly string[]): boolean {
	if (/[\d@<>{}=\\|_~^*#$%]|https?:|www\.|\p{Extended_Pictographic}/iu.test(name)) return true;
	const letters = own.join('');
	return letters === '' || (letters.length < 2 && /[a-z]/.test(letters));
}

/** Its first and last piece near each other, in either order, whatever stands between them: people leave middle names out. */
function isAddressee(own: readonly string[], addressees: readonly string[][]): boolean {
	const whole = own.filter((piece) => piece.length > 1 || !isLatin(piece));
	const [first = '', last = ''] = [whole[0], whole.at(-1)];
	if (whole.length < 2) return first.length > 1 && !isLatin(first) && addressees.some((list) => list.includes(first));
	return addressees.some((list) => near(list, first, last) || near(list, last, first));
}

const BETWEEN = 3;
const near = (list: readonly string[], first: string, last: string): boolean =>
	list.some((piece, at) => piece === first && list.slice(at + 1, at + 1 + BETWEEN).includes(last));

const runsIn = (run: readonly string[], list: readonly string[]): boolean =>
	` ${list.join(' ')} `.includes(` ${run.join(' ')} `);
