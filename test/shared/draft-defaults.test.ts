import { expect, test } from 'vitest';
import type { Draft } from '../../shared/api/desk.ts';
import { newGroup } from '../../shared/client/drafting.ts';
import { leastMajority, withDefaults } from '../../shared/draft-defaults.ts';
import { wholeDraft } from '../support/drafts.ts';

const now = new Date('2027-03-01T09:13:27Z');

test('what nobody chose is a majority, two weeks and sixty days; a group bears its domain’s name', () => {
	const groups: Draft['groups'] = [
		{ ...newGroup('mailbox'), domains: ['northwind.example', 'n.example'] },
		newGroup('voucher'),
		newGroup('mailbox'),
	];
	const open = wholeDraft(now, { threshold: null, closesAt: null, expiresOn: null, groups });
	const filled = withDefaults(open, 3, now);
	expect(filled).toMatchObject({ threshold: 2, closesAt: '2027-03-15T18:00:00Z', expiresOn: '2027-05-14T18:00:00Z' });
	expect(filled.groups.map(({ name }) => name)).toEqual(['northwind.example', 'People with a voucher', '']);
	// Late in the evening it is still open for at least thirteen days and some hours.
	expect(withDefaults(open, 3, new Date('2027-03-01T23:59:59Z')).closesAt).toBe('2027-03-15T18:00:00Z');
	expect([1, 2, 3, 4, 5].map(leastMajority)).toEqual([2, 2, 2, 3, 3]);
});

test('what somebody chose stays, also where it does not hold; it is erased sixty days after the closing that was chosen', () => {
	const chosen = wholeDraft(now, { threshold: 7, closesAt: '2027-02-01T10:00:00Z' });
	expect(withDefaults(chosen, 3, now)).toEqual(chosen);
	expect(withDefaults({ ...chosen, expiresOn: null }, 3, now).expiresOn).toBe('2027-04-02T10:00:00Z');
});
