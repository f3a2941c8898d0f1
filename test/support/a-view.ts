/** A view of a released letter as its files are made from, without the signatures that it would have been drawn from. */
import { person } from '../../server/command/demo/people.ts';
import type { LetterPageView, NamedSignatory } from '../../shared/pages/letter-view.ts';

const TEXT = `We build the systems that this company sells. We are proud of most of what they are used for, and we answer for _all_ of it.

In January the company told the public that its cloud is “mission-critical” to the agency that carried out the separation of children from their parents at the border.[1] The contract is worth **19.4 million dollars**.[2] It has been described to us as mail, calendars and documents. None of us can check that, and neither can the [families](https://families.example/).

# What we ask for

1. Cancel the contract.
2. Publish a policy that says which work the company will not do, and who decides.
3. Let those who build a product know whom it is built for, before it is built.

> We are the people whose work makes these contracts possible.

We refuse to be complicit.`;

const DOCUMENT: LetterPageView['document'] = {
	title: 'We refuse to be complicit',
	addressees: 'the chief executives and boards of Northwind and Contoso',
	language: 'en',
	text: TEXT,
	references: [
		'Company blog, “Federal agencies move to the cloud”, 24 January 2018. https://blog.example/cloud',
		'Public procurement record of the contract.',
	],
	translations: [],
};

/** Without numbers: they are given in this order, by group in turns. */
export type SomeName = { name: string; title?: string };

/** `named`: so many people of the demo, or these. */
export function aView(
	named: number | readonly SomeName[] = 40,
	document: Partial<LetterPageView['document']> = {},
): LetterPageView {
	const groups = ['Northwind', 'Contoso'];
	const some: readonly SomeName[] =
		typeof named === 'number' ? Array.from({ length: named }, (_, n) => person(n)) : named;
	const signatories = some.map(
		({ name, title = '' }, n): NamedSignatory => ({ number: n + 1, name, title, group: groups[n % 2] ?? '' }),
	);
	const [half, other] = [Math.ceil(some.length / 2), Math.floor(some.length / 2)];
	const whole = { ...DOCUMENT, ...document };
	const group = (name: string, count: number, anonymous: number): LetterPageView['groups'][number] => ({
		...{
			name,
			proof: 'mailbox',
			domains: [`${name.toLowerCase()}.example`],
			named: count,
			anonymous,
			withdrawn: 3,
			struckAfter: 0,
			struckSince: [],
		},
		...{
			credentials: { mailbox: count + anonymous + 5, roster: 0, voucher: 2 },
			struck: [{ reason: 'twice', count: 2 }],
			lapsed: 1,
		},
		headcount: { count: 71_000, source: 'annual report 2026' },
	});
	return {
		...{ isPublic: true, slug: 'we-refuse', origin: 'https://letters.example', document: whole },
		texts: [whole, ...whole.translations].map(({ language, title, addressees, text, references }, n) => ({
			...{ language, title, addressees, text, references },
			path: n === 0 ? 'index.html' : `in-${language}.html`,
		})),
		organizers: ['R.', 'K.', 'Noor'],
		...{ root: 'A'.repeat(43), fingerprint: 'fB6Q-jOyBNjhpW8gm3fE0_NbDMl5D5E4n9P_yZBGvgY' },
		file: { host: 'A'.repeat(43), approvals: 6, signatures: 13 },
		press: 'Noor Haddad, press@letters.example, +1 555 0100',
		...{ closedAt: '2026-11-20T14:00:00Z', releasedAt: '2026-11-21T14:00:00Z' },
		groups: [group('Northwind', half, 520), group('Contoso', other, 72)],
		smallestCell: 5,
		...{ named: signatories, sections: [{ key: 'other', label: '#', letter: '#', names: signatories }] },
		anonymous: [
			{ group: 'Northwind', label: 'Software engineer', count: 231 },
			{ group: 'Northwind', label: null, count: 289 },
			{ group: 'Contoso', label: null, count: 72 },
		],
		totals: { signatures: some.length + 592, named: some.length, anonymous: 592, withdrawn: 6, struckAfter: 0 },
		...{ namedApproved: some.length + 6, restored: false, posts: [] },
	};
}
