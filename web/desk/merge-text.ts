/** Three-way merge of a text by its lines: two who write in different paragraphs both keep what they wrote. Proven by test/web/desk/merge-text.test.ts. */
import { diffArrays } from 'diff';

/** What both made of the same lines, differently. */
export type TextConflict = { mine: string; theirs: string };

/** `mine` and `theirs`: the whole text with everything that only one of them changed, and in each conflict my lines, or theirs. */
export type TextMerge = { mine: string; theirs: string; conflicts: TextConflict[] };

/** Lines `from` to `to` (without it) of the base became `lines`. */
type Edit = { from: number; to: number; lines: string[] };

/** @param base what both began from */
export function mergeText(base: string, mine: string, theirs: string): TextMerge {
	const lines = base.split('\n');
	const [left, right] = [editsOf(lines, mine), editsOf(lines, theirs)];
	const merge: { mine: string[]; theirs: string[]; conflicts: TextConflict[] } = {
		mine: [],
		theirs: [],
		conflicts: [],
	};
	const put = (one: readonly string[], other = one) => {
		merge.mine.push(...one);
		merge.theirs.push(...other);
	};
	let at = 0;
	while (left.length > 0 || right.length > 0) {
		const { from, to, ours, others } = nextRegion(left, right);
		put(lines.slice(at, from));
		at = to;
		const [a, b] = [applied(lines, from, to, ours), applied(lines, from, to, others)];
		if (others.length === 0 || same(a, b)) put(a);
		else if (ours.length === 0) put(b);
		else if (from === to) put(bothAdded(a, b));
		else {
			put(a, b);
			merge.conflicts.push({ mine: a.join('\n'), theirs: b.join('\n') });
		}
	}
	put(lines.slice(at));
	return { mine: merge.mine.join('\n'), theirs: merge.theirs.join('\n'), conflicts: merge.conflicts };
}

const same = (a: readonly string[], b: readonly string[]) =>
	a.length === b.length && a.every((line, i) => line === b[i]);

function editsOf(base: string[], changed: string): Edit[] {
	const edits: Edit[] = [];
	let at = 0;
	let open: Edit | null = null;
	for (const part of diffArrays(base, changed.split('\n'))) {
		if (!part.added && !part.removed) {
			at += part.value.length;
			open = null;
			continue;
		}
		if (open === null) {
			open = { from: at, to: at, lines: [] };
			edits.push(open);
		}
		if (part.added) open.lines.push(...part.value);
		else open.to = at += part.value.length;
	}
	return edits;
}

type Region = { from: number; to: number; ours: Edit[]; others: Edit[] };

/** Takes the first edits off both lists, as many as lie over one another. Edits of neighbouring lines do not. */
function nextRegion(left: Edit[], right: Edit[]): Region {
	const region: Region = { from: 0, to: 0, ours: [], others: [] };
	const take = (list: Edit[], into: Edit[]): boolean => {
		const [edit] = list;
		const first = region.ours.length + region.others.length === 0;
		if (edit === undefined || !(first || overlaps(region, edit))) return false;
		list.shift();
		into.push(edit);
		region.from = first ? edit.from : Math.min(region.from, edit.from);
		region.to = Math.max(region.to, edit.to);
		return true;
	};
	if (startsFirst(left[0], right[0])) take(left, region.ours);
	else take(right, region.others);
	while (take(left, region.ours) || take(right, region.others));
	return region;
}

/** At one place what is only added comes before what is changed, so that it does not fall into the middle of it. */
function startsFirst(a: Edit | undefined, b: Edit | undefined): boolean {
	if (a === undefined || b === undefined) return b === undefined;
	return a.from < b.from || (a.from === b.from && a.to <= b.to);
}

function overlaps(region: Region, { from, to }: Edit): boolean {
	if (region.from === region.to || from === to) {
		const both = region.from === region.to && from === to;
		return both ? from === region.from : from < region.to && to > region.from;
	}
	return from < region.to && to > region.from;
}

/** What these edits make of the lines `from` to `to`. */
function applied(lines: readonly string[], from: number, to: number, edits: readonly Edit[]): string[] {
	const result: string[] = [];
	let at = from;
	for (const edit of edits) {
		result.push(...lines.slice(at, edit.from), ...edit.lines);
		at = edit.to;
	}
	return [...result, ...lines.slice(at, to)];
}

/** Both added something at one place: theirs, then mine; once where the one has only gone on from the other. */
function bothAdded(mine: readonly string[], theirs: readonly string[]): readonly string[] {
	const [a, b] = [mine.join('\n'), theirs.join('\n')];
	if (a.startsWith(b)) return mine;
	return b.startsWith(a) ? theirs : [...theirs, ...mine];
}
