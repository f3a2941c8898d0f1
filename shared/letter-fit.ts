/** What of the words to a signer depends on the letter at hand: how one proves, and which groups are small. Pure, and without words. */
import type { Charter, Group } from './charter.ts';

/** How one proves: through a work mailbox, with a voucher, or either. */
export type Proofs = 'mailbox' | 'voucher' | 'either';

/**
 * What is known of a group before anybody has signed. `none`: it has fewer people than are listed anonymously at all. `guessable`: whoever is listed may be
 * one of a few. `usual`: neither, or nobody has said how many there are.
 */
export type Anonymity = 'none' | 'guessable' | 'usual';

/** `people`: at most so many can sign, by the organizers' headcount and by the number of vouchers; null where neither says. */
export interface GroupFit {
	id: string;
	name: string;
	people: number | null;
	anonymity: Anonymity;
}

export interface LetterFit {
	proofs: Proofs;
	/** The mail holds a code, and no link. Nothing where no mail is sent. */
	codeOnly: boolean;
	/** Whom signers may ask; the empty string where the organizers name nobody. */
	advice: string;
	organizers: string[];
	threshold: number;
	smallestCell: number;
	groups: GroupFit[];
}

/** Where the fewest that are listed anonymously are one in less than this many, they can be guessed by whoever knows the group. */
const ONE_IN = 10;

export function letterFit(charter: Charter): LetterFit {
	const { groups, codeOnly, advice, organizers, threshold, smallestCell, headcounts } = charter;
	const headcount = new Map(headcounts.map(({ group, count }) => [group, count]));
	return {
		proofs: proofsOf(groups),
		codeOnly,
		advice: advice.trim(),
		organizers: organizers.map(({ name }) => name),
		threshold,
		smallestCell,
		groups: groups.map(({ id, name, limit }) => {
			const people = fewest([headcount.get(id) ?? null, limit]);
			return { id, name, people, anonymity: anonymityOf(people, smallestCell) };
		}),
	};
}

function proofsOf(groups: readonly Group[]): Proofs {
	const ways = new Set(groups.map(({ proof }) => proof));
	return ways.size > 1 ? 'either' : ways.has('voucher') ? 'voucher' : 'mailbox';
}

function fewest(counts: readonly (number | null)[]): number | null {
	const known = counts.filter((count) => count !== null);
	return known.length === 0 ? null : Math.min(...known);
}

function anonymityOf(people: number | null, smallestCell: number): Anonymity {
	if (people === null) return 'usual';
	if (people < smallestCell) return 'none';
	return people < smallestCell * ONE_IN ? 'guessable' : 'usual';
}
