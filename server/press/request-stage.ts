/** Asks for what links under embargo show to be prepared, and takes it away. The work itself is in stage.ts. */
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { raiseRevision } from '../published/rendered-store.ts';
import { askForTick } from '../tick-store.ts';
import { deleteStaged } from './staged-store.ts';

/** The job that prepares them; its data is `{letter}`. */
export const STAGE = 'stage';

/** In the transaction that schedules a letter, and that makes it its first link. A withdrawal only raises the revision: see withdraw.ts. */
export async function requestStage({ jobs }: Pick<Deps, 'jobs'>, trx: Transaction, letter: string): Promise<void> {
	await raiseRevision(trx, letter);
	await jobs.enqueue(STAGE, { letter }, { within: trx });
}

/** In the transaction that stops or publishes a release, or that ends the last link. What was sealed leaves the disk with the next tick. */
export async function unstage(trx: Transaction, letter: string): Promise<void> {
	if (await deleteStaged(trx, letter)) await askForTick(trx);
}
