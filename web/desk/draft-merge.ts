/** Two people write at once: what only one of them changed is taken from that one, in texts line by line; what both changed is for a person to decide. */
import type { Draft } from '../../shared/api/desk.ts';
import { mergeText, type TextConflict } from './merge-text.ts';

export type DraftField = keyof Draft;
/** `conflicts`: fields that both changed, differently. In `merged` they are still mine. */
export type Merge = { merged: Draft; conflicts: DraftField[] };

/** Both ways to decide: each with everything that only one of us changed. */
type Ways = { mine: unknown; theirs: unknown; conflict: boolean };

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** @param base what both began from */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Merge {
	const fields = Object.keys(theirs) as DraftField[];
	const ways = fields.map((field) => [field, waysOf(base[field], mine[field], theirs[field], field)] as const);
	return {
		merged: { ...mine, ...Object.fromEntries(ways.map(([field, way]) => [field, way.mine])) },
		conflicts: ways.filter(([, { conflict }]) => conflict).map(([field]) => field),
	};
}

/** The draft with theirs where both changed a field, and still with what I alone changed in it. */
export function takeTheirs(base: Draft, mine: Draft, theirs: Draft, field: DraftField): Draft {
	return { ...mine, [field]: waysOf(base[field], mine[field], theirs[field], field).theirs };
}

/** What of a field is to be decided: of a text only the lines that both changed. */
export function conflictsOf(base: Draft, mine: Draft, theirs: Draft, field: DraftField): TextConflict[] {
	if (field === 'text') return mergeText(base.text, mine.text, theirs.text).conflicts;
	return [{ mine: words(mine[field]), theirs: words(theirs[field]) }];
}

const words = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));

function waysOf(base: unknown, mine: unknown, theirs: unknown, name: string): Ways {
	if (same(mine, theirs) || same(theirs, base)) return { mine, theirs: mine, conflict: false };
	if (same(mine, base)) return { mine: theirs, theirs, conflict: false };
	if (name === 'text' && isText(base) && isText(mine) && isText(theirs)) {
		const merged = mergeText(base, mine, theirs);
		return { mine: merged.mine, theirs: merged.theirs, conflict: merged.conflicts.length > 0 };
	}
	return insideOf(base, mine, theirs) ?? { mine, theirs, conflict: true };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Members one by one where all three have the same ones: a list that got longer or shorter is decided as a whole. Null where that cannot be. */
function insideOf(base: unknown, mine: unknown, theirs: unknown): Ways | null {
	const [a, b, c] = [membersOf(base), membersOf(mine), membersOf(theirs)];
	if (
		a === null ||
		b === null ||
		c === null ||
		!same([...b.keys()], [...c.keys()]) ||
		!same([...a.keys()], [...b.keys()])
	)
		return null;
	const ways = [...b.keys()].map((key) => [key, waysOf(a.get(key), b.get(key), c.get(key), key)] as const);
	const put = (way: 'mine' | 'theirs') => {
		const entries = ways.map(([key, one]) => [key, one[way]] as const);
		return Array.isArray(mine) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
	};
	return { mine: put('mine'), theirs: put('theirs'), conflict: ways.some(([, { conflict }]) => conflict) };
}

/** Of a list by place, or by id where its members have one; of an object by name. */
function membersOf(value: unknown): Map<string, unknown> | null {
	if (Array.isArray(value)) return new Map(value.map((one, i) => [idOf(one) ?? `${i}`, one]));
	return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

const idOf = (one: unknown): string | null =>
	typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? one.id : null;

export function differ(a: Draft, b: Draft, field: DraftField): boolean {
	return !same(a[field], b[field]);
}

/** What of mine is not in the base, in words. */
export function changedFrom(base: Draft, mine: Draft): [field: DraftField, words: string][] {
	const fields = Object.keys(mine) as DraftField[];
	return fields.filter((field) => differ(base, mine, field)).map((field) => [field, words(mine[field])]);
}

export function sameDraft(a: Draft, b: Draft): boolean {
	return same(a, b);
}
