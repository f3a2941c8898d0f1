/** What a recount counts, and compares with the tallies that were approved (docs/protocol.md, section 9, check 4). */
import type { Charter, Group } from './charter.ts';
import { STRIKE_REASONS } from './entry.ts';
import { Fault } from './fault.ts';
import type { CountedSignature } from './recount-batch.ts';
import type { RecountCounts } from './recount-report.ts';
import type { Tally } from './tally.ts';

/** What was counted in one group. `labels` are those shown, with their numbers. */
export type GroupCount = {
	group: string;
	named: number;
	anonymous: number;
	/** Of `anonymous`, stubs: whether they bore a label is not known any more. */
	anonymousStubs: number;
	labels: Map<string, number>;
};

/** A condition that asks for more than every one before it: if any is unmet, the first unmet one is among these. */
type Hurdle = { place: string; needed: number };

/** Adds up signatures in the file's order; one state for one file. */
export class RecountTallies {
	/** Over the whole file. */
	readonly counted: Omit<RecountCounts, 'lines' | 'charters' | 'approvals'> = {
		signatures: 0,
		named: 0,
		withdrawn: 0,
		struck: 0,
		attestations: 0,
		conditions: 0,
		beyondLimit: 0,
	};
	readonly groups: Map<string, GroupCount>;
	readonly #charter: Charter;
	readonly #hurdles = { signatures: [] as Hurdle[], named: [] as Hurdle[] };

	constructor(charter: Charter) {
		this.#charter = charter;
		this.groups = new Map(
			charter.groups.map(({ id }) => [id, { group: id, named: 0, anonymous: 0, anonymousStubs: 0, labels: new Map() }]),
		);
	}

	add(signature: CountedSignature, place: string): void {
		const { shown, label, condition, attested, gone } = signature;
		const group = this.#count(signature);
		if (gone !== null) {
			if (group !== undefined && shown === 'anonymous') group.anonymousStubs += 1;
			this.counted[gone] += 1;
		}
		if (attested) this.counted.attestations += 1;
		if (label !== null) group?.labels.set(label, (group.labels.get(label) ?? 0) + 1);
		if (condition === null) return;
		this.counted.conditions += 1;
		if ('signatures' in condition) raise(this.#hurdles.signatures, { place, needed: condition.signatures });
		else raise(this.#hurdles.named, { place, needed: condition.named });
	}

	/**
	 * @param place of the terms
	 * @throws Fault `tally-mismatch`, `condition-unmet`, `cell-too-small`
	 */
	compare(tallies: readonly Tally[], place: string): void {
		const { groups } = this.#charter;
		if (tallies.length !== groups.length)
			throw new Fault('tally-mismatch', place, "There is not one tally for each of the charter's groups.");
		tallies.forEach((tally, at) => {
			const allowed = groups[at];
			const group = allowed && this.groups.get(allowed.id);
			if (allowed && group) this.#compareGroup(tally, group, allowed, `${place}, tally ${at + 1}`);
		});
		this.#conditions();
		tallies.forEach((_, at) => {
			const group = groups[at] && this.groups.get(groups[at].id);
			if (group !== undefined) this.#cells(group, `${place}, tally ${at + 1}`);
		});
	}

	#count({ shown, group: id }: { shown: 'named' | 'anonymous'; group: string }): GroupCount | undefined {
		const group = this.groups.get(id);
		this.counted.signatures += 1;
		if (shown === 'named') this.counted.named += 1;
		if (group !== undefined) group[shown] += 1;
		return group;
	}

	#compareGroup(tally: Tally, group: GroupCount, allowed: Group, place: string): void {
		if (tally.group !== group.group)
			throw new Fault('tally-mismatch', place, "The tallies are not in the order of the charter's groups.");
		for (const shown of ['named', 'anonymous'] as const) {
			if (tally[shown] !== group[shown]) {
				throw new Fault(
					'tally-mismatch',
					`${place}, ${shown}`,
					`The tally says ${tally[shown]}, the file has ${group[shown]}.`,
				);
			}
		}
		const { mailbox, roster, voucher } = tally.credentials;
		const signatures = group.named + group.anonymous;
		if (signatures > mailbox + roster + voucher) {
			throw new Fault(
				'tally-mismatch',
				`${place}, credentials`,
				`There are ${signatures} signatures, more than the credentials stated.`,
			);
		}
		if (allowed.proof === 'mailbox' ? voucher > 0 : mailbox + roster > 0) {
			const said = 'Proofs are stated of a kind that the group does not take.';
			throw new Fault('tally-mismatch', `${place}, credentials`, said);
		}
		if (allowed.limit !== null) {
			if (signatures > allowed.limit) {
				const said = `There are ${signatures} signatures with vouchers, more than the ${allowed.limit} that the charter allows.`;
				throw new Fault('tally-mismatch', place, said);
			}
			// What is only stated is no fault: a host that has to say so after a restore would else have to say less than it knows.
			if (voucher > allowed.limit) this.counted.beyondLimit += 1;
		}
		const order = tally.struck.map(({ reason }) => STRIKE_REASONS.indexOf(reason));
		if (order.some((reason, at) => at > 0 && reason <= (order[at - 1] ?? -1))) {
			throw new Fault('tally-mismatch', `${place}, struck`, 'The reasons are not in their order, each once.');
		}
		const headcount = this.#charter.headcounts.find((one) => one.group === group.group);
		if (tally.headcount?.count !== headcount?.count || tally.headcount?.source !== headcount?.source) {
			throw new Fault('tally-mismatch', `${place}, headcount`, 'The headcount is not that of the last charter.');
		}
	}

	#conditions(): void {
		const { signatures, named } = this.counted;
		const unmet =
			this.#hurdles.signatures.find(({ needed }) => needed > signatures) ??
			this.#hurdles.named.find(({ needed }) => needed > named);
		if (unmet !== undefined) {
			throw new Fault('condition-unmet', unmet.place, `The condition of this signature, ${unmet.needed}, is not met.`);
		}
	}

	#cells(group: GroupCount, place: string): void {
		const { smallestCell } = this.#charter;
		if (group.anonymous > 0 && group.anonymous < smallestCell) {
			throw new Fault(
				'cell-too-small',
				`${place}, anonymous`,
				`Fewer than ${smallestCell} anonymous signatures stand in this group.`,
			);
		}
		let without = group.anonymous - group.anonymousStubs;
		for (const count of group.labels.values()) {
			without -= count;
			if (count + group.anonymousStubs < smallestCell) {
				throw new Fault(
					'cell-too-small',
					`${place}, labels`,
					`A label is shown that fewer than ${smallestCell} in this group bear.`,
				);
			}
		}
		if (group.labels.size > 0 && without > 0 && without + group.anonymousStubs < smallestCell) {
			throw new Fault(
				'cell-too-small',
				`${place}, labels`,
				`Labels are shown that leave fewer than ${smallestCell} in this group without one.`,
			);
		}
	}
}

function raise(hurdles: Hurdle[], hurdle: Hurdle): void {
	if (hurdle.needed > (hurdles.at(-1)?.needed ?? 0)) hurdles.push(hurdle);
}
