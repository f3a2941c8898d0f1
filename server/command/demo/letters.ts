/** The six letters of the demo, one for each state that a letter can be in. */
import type { Draft } from '../../../shared/api/desk.ts';
import { newGroup } from '../../../shared/client/drafting.ts';
import { TRANSLATIONS } from './translations.ts';

export const STATES = ['draft', 'open', 'review', 'scheduled', 'released', 'abandoned'] as const;
export type DemoState = (typeof STATES)[number];

type Words = Pick<Draft, 'title' | 'addressees' | 'text' | 'references'>;

const LETTERS: Record<DemoState, Words> = {
	released: {
		title: 'We refuse to be complicit',
		addressees: 'the chief executives and boards of Northwind and Contoso',
		text: `We build the systems that this company sells. We are proud of most of what they are used for, and we answer for all of it.

In January the company told the public that its cloud is “mission-critical” to the agency that carried out the separation of children from their parents at the border.[1] The contract is worth 19.4 million dollars.[2] It has been described to us as mail, calendars and documents. None of us can check that, and neither can the families.

We ask for three things:

1. Cancel the contract.
2. Publish a policy that says which work the company will not do, and who decides.
3. Let those who build a product know whom it is built for, before it is built.

We are the people whose work makes these contracts possible. **We refuse to be complicit.**`,
		references: [
			'Company blog, “Federal agencies move to the cloud”, 24 January.',
			'Public procurement record of the contract, https://procurement.example/records/19400',
		],
	},
	open: {
		title: 'Nobody should be watched at their desk',
		addressees: 'the management board of Northwind',
		text: `Since the spring a program on our machines counts our keystrokes and photographs our screens.

It was introduced as a security measure. It is read by managers, and it has been quoted in appraisals.[1] We were not asked, and we were not told what is kept.

Switch it off, delete what it has gathered, and agree with us on what may be measured at work.`,
		references: ['Staff forum, thread “Productivity insights”, May.'],
	},
	review: {
		title: 'Pay the people who clean our offices',
		addressees: 'the chief financial officer of Northwind',
		text: `The people who clean our offices were moved to a contractor last year. They do the same work in the same rooms for a third less.

We work beside them every day. Take them back on, at the pay that they had, with the months in between made up.`,
		references: [],
	},
	scheduled: {
		title: 'Publish the safety report',
		addressees: 'the board of Contoso',
		text: `In March our own engineers found a fault that can start a fire in the battery of the Model 4.[1] Their report was classified as internal.

The people who sleep beside these batteries have a right to it. Publish the report in full, and recall what it says must be recalled.`,
		references: ['Internal report, quoted in the press on 2 April.'],
	},
	abandoned: {
		title: 'A day without meetings',
		addressees: 'our managers',
		text: 'We asked for one day in the week without meetings. You have agreed, so this letter is not needed any more.',
		references: [],
	},
	draft: {
		title: 'Keep the kitchen open at night',
		addressees: 'the facilities team',
		text: 'Those of us on the night shift cannot get a warm meal. *Two sentences about the petition of last winter go here.*',
		references: [],
	},
};

const DAY = 24 * 60 * 60 * 1000;
const HOURS_OF_LAST_CALL = 48;

/** @param organizers how many of them have to agree follows from it: the smallest majority. @param now the server's time */
export function demoDraft(state: DemoState, organizers: number, now: Date): Draft {
	const inDays = (days: number) => `${new Date(now.getTime() + days * DAY).toISOString().slice(0, 19)}Z`;
	const employer = (name: string, domain: string, count: number) => ({
		...newGroup('mailbox'),
		name,
		domains: [domain],
		headcount: { count, source: 'annual report' },
	});
	return {
		...LETTERS[state],
		language: 'en',
		translations: state === 'released' ? TRANSLATIONS : [],
		groups: [
			employer('Northwind', 'northwind.example', 71_000),
			employer('Contoso', 'contoso.example', 15_000),
			{ ...newGroup('voucher'), name: 'Contractors of Northwind', limit: 50 },
		],
		labels: ['Software engineer', 'Product or programme manager', 'Researcher', 'Operations'],
		advice: 'The works council’s lawyer, Tuesdays 17:00 to 19:00, +1 555 0100',
		press: 'Ruth Weissman, press@letter.example, +1 555 0199',
		threshold: Math.floor(organizers / 2) + 1,
		closesAt: inDays(14),
		lastCallHours: HOURS_OF_LAST_CALL,
		expiresOn: inDays(60),
		smallestCell: 5,
		deliveries: ['board@northwind.example', 'board@contoso.example'],
		codeOnly: false,
	};
}

/** Past this many minutes last call is over. */
export const LAST_CALL_MINUTES = HOURS_OF_LAST_CALL * 60 + 1;
