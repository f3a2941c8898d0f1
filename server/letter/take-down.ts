/**
 * Whoever runs a host can be made to take a released letter off it. The letter stays released, since that cannot be undone: this host shows a page that says so in its place, at every
 * address of its folder, and its organizers can still take the folder elsewhere. Proven by test/server/letter/take-down.test.ts.
 */
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { eraseProofs, proofsOffTheTick } from '../employment/erase-store.ts';
import { lockFiles } from '../published/rendered-store.ts';
import { eraseLetter } from '../release/erase.ts';
import { lettersOffTheTick } from '../release/erase-store.ts';
import { rewriteWithoutDeleted } from '../rewrite-store.ts';
import { lockLetter } from './letter-store.ts';
import {
	changeStanding,
	findReleased,
	findStanding,
	insertTakeDown,
	keepSlug,
	type Standing,
	type Why,
} from './take-down-store.ts';

type TakingDeps = Pick<Deps, 'db' | 'clock'>;

/** What was found: no released letter of this name, one that is shown, or one that is down. */
export type Found = 'unknown' | 'shown' | Standing;

/** Takes it down, or changes why it is down. Nothing of it is erased. @returns what was found */
export async function takeDown({ db, clock }: TakingDeps, slug: string, why: Why): Promise<Found> {
	return await changing(db, slug, async (trx, letter, found) => {
		if (found === 'shown') await insertTakeDown(trx, { letter, slug }, day(clock), why);
		else await changeStanding(trx, letter, why);
	});
}

/** Shows it again, as it is by now: without whoever took their name off meanwhile. @returns what was found; what is erased stays so */
export async function putBack({ db, clock }: TakingDeps, slug: string): Promise<Found> {
	return await changing(db, slug, async (trx, letter, found) => {
		if (found === 'shown' || found.erased) return;
		await changeStanding(trx, letter, { put_back_on: day(clock) });
	});
}

/**
 * Erases everything of a letter that is down, its organizers and their desk included; what stays says that it was taken down. What was deleted leaves the database's files at once, but for
 * tables that the next tick writes anew.
 * @returns what was found, and whether nobody worked in PostgreSQL or read such a table for long: if not, whoever asks again has the files written anew
 */
export async function eraseTakenDown({ db }: TakingDeps, slug: string): Promise<{ found: Found; swept: boolean }> {
	const found = await changing(db, slug, async (trx, letter, before) => {
		if (before === 'shown' || before.erased) return;
		await eraseProofs(trx, letter);
		await eraseLetter(trx, letter);
		await keepSlug(trx, letter, slug);
		await changeStanding(trx, letter, { erased: true });
	});
	if (typeof found !== 'object') return { found, swept: false };
	return { found, swept: await rewriteWithoutDeleted(db, [...lettersOffTheTick, ...proofsOffTheTick]) };
}

type Change = (trx: Transaction, letter: string, found: Exclude<Found, 'unknown'>) => Promise<void>;

/** After whoever renders its files, and one at a time. */
async function changing(db: Deps['db'], slug: string, change: Change): Promise<Found> {
	const letter = await findReleased(db, slug);
	if (letter === null) return 'unknown';
	return await db.transaction().execute(async (trx) => {
		await lockFiles(trx, letter);
		await lockLetter(trx, letter);
		const found = (await findStanding(trx, letter)) ?? 'shown';
		await change(trx, letter, found);
		return found;
	});
}

const day = (clock: Deps['clock']): string => clock.now().toISOString().slice(0, 10);
