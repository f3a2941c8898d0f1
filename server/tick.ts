import type { Transaction } from './database.ts';
import type { Deps } from './deps.ts';
import { moveProofCounters, proofTables } from './employment/tick.ts';
import { copyInRandomOrder, putInPlace } from './random-order-store.ts';
import { openingTables } from './release/tick.ts';
import { lettersWithNew, openLetters } from './signature/progress-store.ts';
import { moveProgress, signatureTables } from './signature/tick.ts';
import {
	findLastTick,
	isBusy,
	type LastTick,
	lockAllLetters,
	lookWhetherFree,
	setLastTick,
	ticksAlone,
} from './tick-store.ts';

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
 * tells afterwards which of what came before belongs together, or in which order it came; what comes while it copies has come after it. The two parts
 * know nothing of each other. Where another node is at it, nothing is done. Proven by test/server/tick.test.ts.
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
			if (!(await ticksAlone(trx))) return;
			const last = await findLastTick(trx);
			const due = await findDue(last, trx);
			if (due !== 'nothing') await rewrite(trx, due, last, now);
		});
	} catch (failure) {
		if (!isBusy(failure)) throw failure;
		deps.log('tick postponed', { failure });
	}
}

async function rewrite(trx: Transaction, due: Exclude<Due, 'nothing'>, last: LastTick, now: Date): Promise<void> {
	// Asked before the tables are rewritten: after that nothing is new.
	const withNew = due === 'hourly' ? await lettersWithNew(trx, enough) : [];
	const tables = [...proofTables, ...signatureTables, ...(last.asked ? openingTables : [])];
	await lookWhetherFree(trx, tables);
	// 1. The long part: nobody waits for it.
	for (const table of tables) await copyInRandomOrder(trx, table);
	// 2. The short one: everybody does.
	await lockAllLetters(trx);
	for (const table of tables) await putInPlace(trx, table);
	// Counters of a letter that was closed meanwhile are gone.
	const open = due === 'mixing' ? [] : await openLetters(trx);
	const moving = due === 'nightly' ? open : open.filter((letter) => withNew.includes(letter));
	await moveProofCounters(trx, moving);
	await moveProgress(trx, moving, due === 'nightly' ? dayOf(night(now)) : null);
	await setLastTick(trx, due === 'mixing' ? last.hour : fullHour(now), last);
}
