/** Two people write at once: field by field, what only one of them changed is taken from that one; what both changed is for a person to decide. */
import type { Draft } from '../../shared/api/desk.ts';

export type DraftField = keyof Draft;
/** `conflicts`: fields that both changed, differently. In `merged` they are still mine. */
export type Merge = { merged: Draft; conflicts: DraftField[] };

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** @param base what both began from */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Merge {
	const merged: Draft = { ...mine };
	const conflicts: DraftField[] = [];
	for (const field of Object.keys(theirs) as DraftField[]) {
		if (same(mine[field], theirs[field])) continue;
		if (same(mine[field], base[field])) take(merged, theirs, field);
		else if (!same(theirs[field], base[field])) conflicts.push(field);
	}
	return { merged, conflicts };
}

export function differ(a: Draft, b: Draft, field: DraftField): boolean {
	return !same(a[field], b[field]);
}

/** Puts one field of `from` into `into`. */
export function take<F extends DraftField>(into: Draft, from: Draft, field: F): void {
	into[field] = from[field];
}

export function sameDraft(a: Draft, b: Draft): boolean {
	return same(a, b);
}
