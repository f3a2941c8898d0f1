import type { Draft } from '../../shared/api/desk.ts';
import { newGroup } from '../../shared/client/drafting.ts';

export const hours = (count: number) => count * 60 * 60 * 1000;
export const instant = (at: Date | number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** A complete draft, ready to freeze: Northwind by mailbox, contractors by voucher; open for a week, last call of a day. */
export function wholeDraft(now: Date, changes: Partial<Draft> = {}): Draft {
	return {
		title: 'We refuse to be complicit',
		addressees: 'the board of Northwind',
		language: 'en',
		text: 'We build what this company sells.[1]\n\nCancel the contract.',
		references: ['Public procurement record.'],
		translations: [],
		groups: [
			{
				...newGroup('mailbox'),
				name: 'Northwind',
				domains: ['northwind.example'],
				headcount: { count: 900, source: 'annual report' },
			},
			{ ...newGroup('voucher'), name: 'Contractors', limit: 20 },
		],
		labels: ['Software engineer', 'Researcher'],
		advice: 'The works council, +1 555 0100',
		press: 'press@letter.example',
		deliveries: [],
		threshold: 2,
		closesAt: instant(now.getTime() + hours(24 * 7)),
		lastCallHours: 24,
		expiresOn: instant(now.getTime() + hours(24 * 30)),
		smallestCell: 2,
		codeOnly: false,
		...changes,
	};
}
