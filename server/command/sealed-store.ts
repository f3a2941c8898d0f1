import type { Db } from '../database.ts';

/** Rows that only the host secret under which they were sealed can open, with what they are to whoever runs the host. */
const sealed = [
	['scheduled_releases', 'approved releases that wait for their minute'],
	['staged', 'pages under embargo'],
	['deliveries', 'addresses to which a letter goes or went, up to 30 days after its release'],
	['roster_mailings', 'lists that organizers write to, while their letter is open'],
] as const;

/** @returns what there is of them, in words */
export async function listSealed(db: Db): Promise<string[]> {
	const found: string[] = [];
	for (const [table, words] of sealed) {
		const row = await db.selectFrom(table).select('letter').limit(1).executeTakeFirst();
		if (row) found.push(words);
	}
	return found;
}
