import type { Readiness } from '../../shared/api/readiness.ts';
import type { Db } from '../database.ts';
import { readTestMails } from '../employment/test-mail.ts';
import { listTestNames } from '../organizer/test-name-store.ts';
import { readCompared } from './compare-charter.ts';

/** What organizers have tried before the letter opens. */
export async function readReadiness(db: Db, letter: string): Promise<Readiness> {
	const names = await listTestNames(db, letter);
	return {
		testNames: names.map(({ answer: _, ...name }) => name),
		testMails: await readTestMails(db, letter),
		compared: await readCompared(db, letter),
	};
}
