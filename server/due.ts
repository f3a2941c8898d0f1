import type { Deps } from './deps.ts';
import { purgeConfirmations } from './employment/confirmation.ts';
import { mailRosters } from './employment/roster-sending.ts';
import { purgeTestMails } from './employment/test-mail.ts';
import { beat } from './heartbeat.ts';
import { expireDueLetters } from './letter/abandon.ts';
import { closeDueLetters, destroyLeftoverKeys } from './letter/closing.ts';
import { forgetDeeds } from './letter/forget.ts';
import { eraseQuietDrafts } from './letter/quiet-drafts.ts';
import { sweepOrganizers } from './organizer/session.ts';
import { endUnreadStages } from './press/embargo.ts';
import { requestUnstaged } from './press/stage.ts';
import { publishDue } from './release/clock.ts';
import { requestDeliveries } from './release/deliver.ts';
import { forgetDeliveries } from './release/deliveries.ts';
import { forgetStrayDrafts } from './release/draft-pile.ts';
import { requestStaleLetters } from './release/republish.ts';
import { forgetStrayPiles } from './release/scheduled-release.ts';
import { sweepUndone } from './release/unswept.ts';
import { tickWhenDue } from './tick.ts';
import { forgetLogOfLastTick } from './write-ahead-log.ts';

/** Something that a time brings about. It finds out by itself what is due, locks its rows, and may run twice. */
export type DueTask = (deps: Deps, now: Date) => Promise<void>;

/** In this order: what finds out that the database came back from a copy before what closes a letter; what closes or releases before what sweeps up. */
export const dueTasks: readonly DueTask[] = [
	beat,
	closeDueLetters,
	publishDue,
	sweepUndone,
	requestDeliveries,
	forgetDeliveries,
	forgetStrayPiles,
	forgetStrayDrafts,
	requestStaleLetters,
	expireDueLetters,
	eraseQuietDrafts,
	forgetDeeds,
	destroyLeftoverKeys,
	endUnreadStages,
	requestUnstaged,
	sweepOrganizers,
	mailRosters,
	purgeConfirmations,
	purgeTestMails,
	forgetLogOfLastTick,
	tickWhenDue,
];

/**
 * Runs everything that is due at this moment of the clock. One task's failure does not keep the others from running;
 * the first is thrown at the end.
 */
export async function runDue(deps: Deps): Promise<void> {
	const now = deps.clock.now();
	const failures: unknown[] = [];
	for (const task of dueTasks) {
		try {
			await task(deps, now);
		} catch (failure) {
			deps.log('due task failed', { failure, job: task.name });
			failures.push(failure);
		}
	}
	if (failures.length > 0) throw failures[0];
}
