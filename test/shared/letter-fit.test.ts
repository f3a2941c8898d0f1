import { beforeAll, describe, expect, test } from 'vitest';
import type { Charter } from '../../shared/charter.ts';
import { type LetterFit, letterFit } from '../../shared/letter-fit.ts';
import { makeLetter } from '../support/charter.ts';

let charter: Charter;
beforeAll(async () => {
	({ charter } = await makeLetter());
});

const fitOf = (change: Partial<Charter>): LetterFit => letterFit({ ...charter, ...change });
const ofProof = (proof: 'mailbox' | 'voucher') => charter.groups.filter((group) => group.proof === proof);

describe('what is said to signers fits the letter', () => {
	test('how one proves: by its groups', () => {
		expect(fitOf({}).proofs).toBe('either');
		expect(fitOf({ groups: ofProof('mailbox') }).proofs).toBe('mailbox');
		expect(fitOf({ groups: ofProof('voucher') }).proofs).toBe('voucher');
	});

	test.each([
		[4, 'none'],
		[5, 'guessable'],
		[49, 'guessable'],
		[50, 'usual'],
	] as const)('of a group of %i, five of whom are listed at least, it is %s', (count, anonymity) => {
		const [group] = ofProof('mailbox');
		const headcounts = [{ group: group?.id ?? '', count, source: 'intranet' }];
		const found = fitOf({ headcounts, smallestCell: 5 }).groups.find(({ id }) => id === group?.id);
		expect(found).toMatchObject({ people: count, anonymity });
	});

	test('vouchers bound a group as its headcount does; without either nothing is said', () => {
		const [group] = ofProof('voucher');
		const of = (limit: number, headcounts: Charter['headcounts']) =>
			fitOf({ groups: group ? [{ ...group, limit }] : [], headcounts, smallestCell: 5 }).groups[0];
		expect(of(4, [])).toMatchObject({ people: 4, anonymity: 'none' });
		expect(of(4, [{ group: group?.id ?? '', count: 900, source: 'union' }])).toMatchObject({ people: 4 });
		expect(of(400, [{ group: group?.id ?? '', count: 9, source: 'union' }])).toMatchObject({ people: 9 });
		expect(fitOf({ groups: ofProof('mailbox'), headcounts: [] }).groups[0]).toMatchObject({
			people: null,
			anonymity: 'usual',
		});
	});
});
