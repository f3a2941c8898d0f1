import type { Transaction } from './database.ts';
import type { Deps } from './deps.ts';
import { tickProofs } from './employment/tick.ts';
import { rewriteOpenings } from './release/tick.ts';
import { tickLostWords } from './signature/lost-words.ts';
import { lettersWithNew, openLetters } from './signature/progress-store.ts';
import { tickSignatures } from './signature/tick.ts';
import { findLastTick, isBusy, type LastTick, lockAllLetters, setLastTick } from './tick-store.ts';

const hourLong = 3_600_000;
const fullHour = (time: Date): Date => new Date(Math.floor(time.getTime() / hourLong) * hourLong);
/** Nights are counted from three in the morning, UTC. */
const night = (time: Date): number => Math.floor((time.getTime() - 3 * hourLong) / (24 * hourLong));
const dayOf = (night: number): string => new Date(night * 24 * hourLong).toISOString().slice(0, 10);
/** Fewer are not enough to hide one among. */
const enough = 5;

/** What a moment calls for: with `mixing` tables are rewritten and no counter moves. */
type Due = 'nothing' | 'mixing' | 'hourly' | 'nightly';

/**
 * The tick: tables of proofs and of signatures are each rewritten in random order in one transaction, and counters move. Nothing that is kept
 * tells afterwards which of what came before belongs together, or in which order it came. The two parts know nothing of each other.
 * Proven by test/server/tick.test.ts.
 */
export async function tick(deps: Deps, now: Date): Promise<void> {
	await tickIf(deps, now, async () => 'nightly');
}

/**
 * Registered in due.ts. A letter's counters move hourly once it has five new signatures, at the latest nightly. When rows were deleted tables are rewritten at
 * once, without moving a counter: otherwise whoever can give up letters of their own would choose when those of others move.
 */
export async function tickWhenDue(deps: Deps, now: Date): Promise<void> {
	await tickIf(deps, now, async ({ hour, asked }, trx) => {
		if (hour === null || night(now) > night(hour)) return 'nightly';
		if (fullHour(now) > hour && (await lettersWithNew(trx, enough)).length > 0) return 'hourly';
		return asked ? 'mixing' : 'nothing';
	});
}

type FindDue = (last: LastTick, trx: Transaction) => Promise<Due>;

async function tickIf(deps: Deps, now: Date, findDue: FindDue): Promise<void> {
	try {
		await deps.db.transaction().execute(async (trx) => {
			if ((await findDue(await findLastTick(trx), trx)) === 'nothing') return;
			await lockAllLetters(trx);
			// Another node may have ticked meanwhile.
			const last = await findLastTick(trx);
			const due = await findDue(last, trx);
			if (due === 'nothing') return;
			// Asked before the tables are rewritten: after that nothing is new.
			const letters = await lettersThatMove(trx, due);
			await tickProofs(trx, letters);
			await tickLostWords(trx);
			await tickSignatures(trx, letters, due === 'nightly' ? dayOf(night(now)) : null);
			if (last.asked) await rewriteOpenings(trx);
			await setLastTick(trx, due === 'mixing' ? last.hour : fullHour(now));
		});
	} catch (failure) {
		if (!isBusy(failure)) throw failure;
		deps.log('tick postponed', { failure });
	}
}

/** Those whose counters move. */
async function lettersThatMove(trx: Transaction, due: Due): Promise<string[]> {
	if (due === 'nightly') return openLetters(trx);
	return due === 'hourly' ? lettersWithNew(trx, enough) : [];
}
