import { beforeAll, describe, expect, test } from 'vitest';
import {
	APPROVAL_KINDS,
	abandonSubject,
	approvalsNeeded,
	approve,
	closeSubject,
	requireApprovals,
	verifyApproval,
} from '../../shared/approval.ts';
import { approveAll, makeLetter, type TestLetter } from '../support/charter.ts';
import { faultOf } from '../support/fault-of.ts';

let letter: TestLetter;
let other: TestLetter;
beforeAll(async () => {
	[letter, other] = [await makeLetter(3, 2), await makeLetter(3, 2)];
});

test('an approval is of one kind, letter, subject and organizer', async () => {
	const { charter, root, organizers } = letter;
	const subject = other.root;
	for (const kind of APPROVAL_KINDS) {
		const [approval] = await approveAll(organizers.slice(0, 1), kind, root, subject);
		for (const asked of APPROVAL_KINDS) {
			expect(await verifyApproval(charter.organizers, approval!, asked, root, subject)).toBe(asked === kind);
		}
		expect(await verifyApproval(charter.organizers, approval!, kind, other.root, subject)).toBe(false);
		expect(await verifyApproval(charter.organizers, approval!, kind, root, root)).toBe(false);
		const borrowed = { ...approval!, organizer: organizers[1]!.id };
		expect(await verifyApproval(charter.organizers, borrowed, kind, root, subject)).toBe(false);
		expect(await verifyApproval(other.charter.organizers, approval!, kind, root, subject)).toBe(false);
	}
});

test('all approve a charter, M the rest, one a stop', () => {
	const needed = APPROVAL_KINDS.map((kind) => approvalsNeeded(letter.charter, kind));
	expect(Object.fromEntries(APPROVAL_KINDS.map((kind, i) => [kind, needed[i]]))).toEqual({
		charter: 3,
		amendment: 2,
		close: 2,
		release: 2,
		stop: 1,
		abandon: 2,
		strike: 2,
		post: 2,
		suspend: 2,
		mailing: 2,
	});
});

describe('requireApprovals', () => {
	const what = () => ({ kind: 'release', root: letter.root, subject: other.root }) as const;
	const make = (from: TestLetter, count: number) =>
		approveAll(from.organizers.slice(0, count), 'release', letter.root, other.root);

	test('counts M organizers', async () => {
		await requireApprovals(letter.charter, await make(letter, 2), what());
		expect(await faultOf(async () => requireApprovals(letter.charter, await make(letter, 1), what()))).toBe(
			'approval-missing',
		);
	});

	test('counts one organizer once', async () => {
		const [first] = await make(letter, 1);
		expect(await faultOf(() => requireApprovals(letter.charter, [first!, first!], what()))).toBe('approval-twice');
	});

	test('refuses a stranger even where there are enough', async () => {
		const approvals = [...(await make(letter, 2)), ...(await make(other, 1))];
		expect(await faultOf(() => requireApprovals(letter.charter, approvals, what()))).toBe('approval-invalid');
	});

	test('asks for as many as it is told', async () => {
		expect(await faultOf(async () => requireApprovals(letter.charter, await make(letter, 2), what(), 3))).toBe(
			'approval-missing',
		);
	});
});

test('closing and abandoning are about one charter', async () => {
	const subjects = [await closeSubject(letter.root), await abandonSubject(letter.root), await closeSubject(other.root)];
	expect(new Set([...subjects, letter.root]).size).toBe(4);
	expect(await approve(letter.organizers[0]!.secrets.approval, 'close', letter.root, subjects[0]!)).toHaveLength(86);
});
