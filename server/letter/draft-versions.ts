/** What a draft was, kept while it is one. Proven by test/server/letter/draft-versions.test.ts. */
import * as v from 'valibot';
import { type Draft, draftShape } from '../../shared/api/desk.ts';
import type { KeptVersion } from '../../shared/api/draft-versions.ts';
import { writeTime } from '../../shared/document.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Db, Transaction } from '../database.ts';
import { listOrganizers } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import {
	type DraftVersion,
	findDraftVersion,
	insertDraftVersion,
	listDraftVersions,
	removeDraftVersions,
	setDraftVersion,
} from './draft-version-store.ts';

/** What one organizer writes in so long is one version. */
const STINT_MS = 10 * 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface Written {
	organizer: string;
	/** As it is stored in the letter. */
	draft: string;
	now: Date;
	/** A version of its own, whoever wrote the last one: what was brought back. */
	apart: boolean;
}

/**
 * The last version is the draft as it stands, so it moves with what its organizer goes on writing. It stays behind as soon as another one writes,
 * ten minutes after it was begun, and where an earlier one is brought back. The letter is locked.
 */
export async function keepVersion(trx: Transaction, letter: string, written: Written): Promise<void> {
	const { organizer, draft, now, apart } = written;
	const [last] = await listDraftVersions(trx, letter);
	const goesOn = last?.organizer === organizer && now.getTime() - last.begunAt.getTime() < STINT_MS;
	if (last && goesOn && !apart) return setDraftVersion(trx, letter, last.number, draft);
	const number = (last?.number ?? 0) + 1;
	// The minute is enough to count ten of them from.
	const begunAt = new Date(now.getTime() - (now.getTime() % MINUTE_MS));
	await insertDraftVersion(trx, letter, { number, organizer, begunAt, draft });
	const tooMany = oneTooMany(await listDraftVersions(trx, letter), await listOrganizers(trx, letter));
	if (tooMany !== null) await removeDraftVersions(trx, letter, tooMany);
}

/**
 * The oldest of whoever has the most: or one organizer alone could push out within seconds what all others wrote, from two seats in turn. With twenty organizers the last two versions
 * of each stay. Those who have left count as one, since seats can be taken and left without end.
 */
function oneTooMany(versions: readonly DraftVersion[], organizers: readonly { id: string }[]): number | null {
	if (versions.length <= LIMITS.draftVersions) return null;
	const seated = new Set(organizers.map(({ id }) => id));
	const piles = [...Map.groupBy(versions, ({ organizer }) => (seated.has(organizer) ? organizer : null)).values()];
	const most = Math.max(...piles.map(({ length }) => length));
	const largest = piles.filter(({ length }) => length === most);
	return Math.min(...largest.flat().map(({ number }) => number));
}

/** To the day and hour: more than that nobody needs to know of a colleague. */
const shown = ({ number, organizer, begunAt }: DraftVersion): KeptVersion => ({
	...{ number, organizer },
	at: writeTime(new Date(begunAt.getTime() - (begunAt.getTime() % HOUR_MS))),
});

export async function readDraftVersions(db: Db, letter: string): Promise<KeptVersion[]> {
	return (await listDraftVersions(db, letter)).map(shown);
}

/** @throws Problem `not-found` once it is gone: the letter is open, or too many newer ones were written */
export async function readDraftVersion(
	db: Db,
	letter: string,
	number: number,
): Promise<KeptVersion & { draft: Draft }> {
	const found = await findDraftVersion(db, letter, number);
	if (!found) throw new Problem('not-found');
	return { ...shown(found), draft: v.parse(draftShape, JSON.parse(found.draft)) };
}
