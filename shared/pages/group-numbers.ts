/** The numbers of a letter's groups, counted from its signatures and taken from its terms. */
import type { Charter } from '../charter.ts';
import { STRIKE_REASONS, type StrikeReason } from '../entry.ts';
import type { ReleaseContent } from '../release.ts';

/** Of one group, in the charter's order. */
export interface GroupNumbers {
	name: string;
	proof: 'mailbox' | 'voucher';
	domains: string[];
	/** Printed on this page. */
	named: number;
	anonymous: number;
	/** Approved, and gone since: shown as numbers only. */
	withdrawn: number;
	struckAfter: number;
	/** Stated by the host: how many could have signed, because they proved it. */
	credentials: { mailbox: number; roster: number; voucher: number };
	/** Of `struckAfter`. */
	struckSince: { reason: StrikeReason; count: number }[];
	/** Stated by the organizers: left out before they approved. */
	struck: { reason: StrikeReason; count: number }[];
	lapsed: number;
	headcount: { count: number; source: string } | null;
}

export function groupNumbers(charter: Charter, { terms, signatures }: ReleaseContent): GroupNumbers[] {
	const none = () => ({ named: 0, anonymous: 0, withdrawn: 0, struckFor: new Map<StrikeReason, number>() });
	const numbers = new Map(charter.groups.map((group) => [group.id, none()]));
	for (const signature of signatures) {
		const stub = 'stub' in signature;
		const here = numbers.get(stub ? signature.stub.group : signature.entry.statement.group);
		if (here === undefined) continue;
		const reason = stub ? signature.stub.strike?.reason : undefined;
		if (!stub) here[signature.entry.statement.shown] += 1;
		else if (reason === undefined) here.withdrawn += 1;
		else here.struckFor.set(reason, (here.struckFor.get(reason) ?? 0) + 1);
	}
	return charter.groups.map(({ id, name, proof, domains }) => {
		const tally = terms.tallies.find((one) => one.group === id);
		const { struckFor, ...counted } = numbers.get(id) ?? none();
		const struckSince = STRIKE_REASONS.flatMap((reason) => {
			const count = struckFor.get(reason);
			return count === undefined ? [] : [{ reason, count }];
		});
		return {
			...{ name, proof, domains, ...counted, struckSince },
			struckAfter: struckSince.reduce((all, { count }) => all + count, 0),
			credentials: tally?.credentials ?? { mailbox: 0, roster: 0, voucher: 0 },
			struck: tally?.struck ?? [],
			lapsed: tally?.lapsed ?? 0,
			headcount: tally?.headcount ?? null,
		};
	});
}
