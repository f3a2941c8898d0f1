import type { Transaction } from './database.ts';
import type { Deps } from './deps.ts';
import { tickProofs } from './employment/tick.ts';
import { countNewOfOneLetter } from './signature/progress-store.ts';
import { tickSignatures } from './signature/tick.ts';
import { findTickHour, lockAllLetters, setTickHour } from './tick-store.ts';

const hourLong = 3_600_000;
const fullHour = (time: Date): Date => new Date(Math.floor(time.getTime() / hourLong) * hourLong);
/** Nights are counted from three in the morning, UTC. */
const night = (time: Date): number => Math.floor((time.getTime() - 3 * hourLong) / (24 * hourLong));
/** Fewer are not enough to hide one among. */
const enough = 5;

/**
 * The tick: tables of proofs and of signatures are each rewritten in random order in one transaction, and counters move. Nothing that is kept
 * tells afterwards which of what came before belongs together, or in which order it came. The two parts know nothing of each other.
 * Proven by test/server/tick.test.ts.
 */
export async function tick(deps: Deps, now: Date): Promise<void> {
	await tickIf(deps, now, async () => true);
}

/** Registered in due.ts: hourly once a letter has five new signatures, at the latest nightly, at once when it was asked for. */
export async function tickWhenDue(deps: Deps, now: Date): Promise<void> {
	await tickIf(deps, now, async (last, trx) => {
		if (last === null) return true;
		if (fullHour(now) <= last) return false;
		return night(now) > night(last) || (await countNewOfOneLetter(trx)) >= enough;
	});
}

type IsDue = (last: Date | null, trx: Transaction) => Promise<boolean>;

async function tickIf(deps: Deps, now: Date, isDue: IsDue): Promise<void> {
	try {
		await deps.db.transaction().execute(async (trx) => {
			if (!(await isDue(await findTickHour(trx), trx))) return;
			await lockAllLetters(trx);
			// Another node may have ticked meanwhile.
			if (!(await isDue(await findTickHour(trx), trx))) return;
			await tickProofs(trx);
			await tickSignatures(trx);
			await setTickHour(trx, fullHour(now));
		});
	} catch (failure) {
		if (!isBusy(failure)) throw failure;
		deps.log('tick postponed', { failure });
	}
}

/** PostgreSQL's lock_not_available and deadlock_detected: somebody reads or writes for long, such as a dump. */
const isBusy = (failure: unknown): boolean =>
	failure instanceof Error && 'code' in failure && (failure.code === '55P03' || failure.code === '40P01');
