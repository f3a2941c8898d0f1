import type { NewPost } from '../../../shared/client/posting.ts';

/** What the organizers of the demo's released letter say under it. */
export const POSTS: readonly NewPost[] = [
	{
		kind: 'update',
		title: 'The board will meet us',
		text: `This morning the chair of the board wrote to us. She offers to meet three of the people who signed, **with their names known to the company**.

We have asked for a public answer first. What we were told, we will write here.`,
	},
	{
		kind: 'reply',
		from: 'the chief executive of Northwind',
		text: `We respect that people here hold strong views. The contract is for mail, calendars and documents.

We will publish what it covers by the end of the year.`,
	},
	{
		kind: 'coverage',
		outlet: 'The Morning Ledger',
		title: 'Hundreds at Northwind and Contoso ask their employers to drop a border contract',
		address: 'https://ledger.example/2026/northwind-contoso-letter',
	},
	{ kind: 'listing', listed: true },
];
