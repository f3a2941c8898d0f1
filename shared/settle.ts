/**
 * Settling (docs/protocol.md, section 6): which signatures stand once conditions and small groups are counted, and which labels are shown.
 * Pure counting: every organizer's browser, the server and a recount come to the same result, whatever the order of the input.
 */

/** `null`, or "only if at least so many sign" (`signatures`) or "…sign by name" (`named`); both counts include the signature itself. */
export type SettleCondition = { signatures: number } | { named: number } | null;

/** What settling needs to know of a signature. */
export type Settleable = {
	shown: 'named' | 'anonymous';
	group: string;
	condition: SettleCondition;
};

/** Numbers of those that are left, and of the anonymous among them by group. */
type Left = { signatures: number; named: number; anonymous: Map<string, number> };

/**
 * The largest set in which everyone's condition holds and no group has anonymous signatures fewer than `smallestCell`.
 * It is unique, since a larger set never breaks a condition that a smaller one keeps. Both results keep the order of `all`.
 * Takes n log n steps also where each drop causes the next. Proven against brute force in test/shared/settle.test.ts.
 */
export function settle<T extends Settleable>(all: readonly T[], smallestCell: number): { kept: T[]; lapsed: T[] } {
	const gone = new Set<T>();
	const left: Left = { signatures: all.length, named: 0, anonymous: new Map() };
	for (const one of all) {
		if (one.shown === 'named') left.named += 1;
		else left.anonymous.set(one.group, (left.anonymous.get(one.group) ?? 0) + 1);
	}
	const drop = (one: T): void => {
		if (gone.has(one)) return;
		gone.add(one);
		left.signatures -= 1;
		if (one.shown === 'named') left.named -= 1;
		else left.anonymous.set(one.group, (left.anonymous.get(one.group) ?? 0) - 1);
	};
	const bySignatures = hardestLast(all, (condition) => ('signatures' in condition ? condition.signatures : null));
	const byNamed = hardestLast(all, (condition) => ('named' in condition ? condition.named : null));
	const small = anonymousByGroup(all);

	for (let before = -1; before !== gone.size; ) {
		before = gone.size;
		dropWhile(bySignatures, (needed) => needed > left.signatures, drop);
		dropWhile(byNamed, (needed) => needed > left.named, drop);
		for (const [group, members] of small) {
			if ((left.anonymous.get(group) ?? 0) >= smallestCell) continue;
			small.delete(group);
			members.forEach(drop);
		}
	}
	return { kept: all.filter((one) => !gone.has(one)), lapsed: all.filter((one) => gone.has(one)) };
}

/** Whether a condition holds among so many signatures, of which so many are shown by name. */
export function conditionHolds(condition: SettleCondition, counts: { signatures: number; named: number }): boolean {
	if (condition === null) return true;
	return 'signatures' in condition ? condition.signatures <= counts.signatures : condition.named <= counts.named;
}

/**
 * The labels shown among the anonymous signatures of one group. `labels` has one element for each of them, null for none; a label that is not
 * the charter's counts as none. Never leaves fewer than `smallestCell` behind a shown label, nor (unless nobody) without one.
 */
export function shownLabels(
	labels: readonly (string | null)[],
	smallestCell: number,
	charterLabels: readonly string[],
): Set<string> {
	const bearers = new Map<string, number>(charterLabels.map((label) => [label, 0]));
	for (const label of labels) {
		const count = label === null ? undefined : bearers.get(label);
		if (label !== null && count !== undefined) bearers.set(label, count + 1);
	}
	const shown = charterLabels.filter(
		(label) => (bearers.get(label) ?? 0) >= smallestCell && (bearers.get(label) ?? 0) > 0,
	);
	let without = labels.length - shown.reduce((sum, label) => sum + (bearers.get(label) ?? 0), 0);
	while (without > 0 && without < smallestCell && shown.length > 0) {
		let rarest = 0;
		shown.forEach((label, at) => {
			if ((bearers.get(label) ?? 0) <= (bearers.get(shown[rarest] ?? '') ?? 0)) rarest = at;
		});
		for (const label of shown.splice(rarest, 1)) without += bearers.get(label) ?? 0;
	}
	return new Set(shown);
}

type Hurdle<T> = { one: T; needed: number };

function hardestLast<T extends Settleable>(
	all: readonly T[],
	needs: (condition: NonNullable<SettleCondition>) => number | null,
): Hurdle<T>[] {
	return all
		.flatMap((one) => {
			const needed = one.condition === null ? null : needs(one.condition);
			return needed === null ? [] : [{ one, needed }];
		})
		.sort((a, b) => a.needed - b.needed);
}

function dropWhile<T>(hurdles: Hurdle<T>[], fails: (needed: number) => boolean, drop: (one: T) => void): void {
	for (let hardest = hurdles.at(-1); hardest !== undefined && fails(hardest.needed); hardest = hurdles.at(-1)) {
		hurdles.pop();
		drop(hardest.one);
	}
}

function anonymousByGroup<T extends Settleable>(all: readonly T[]): Map<string, T[]> {
	const members = new Map<string, T[]>();
	for (const one of all) {
		if (one.shown === 'named') continue;
		const group = members.get(one.group);
		if (group === undefined) members.set(one.group, [one]);
		else group.push(one);
	}
	return members;
}
