/**
 * Prepares what links under embargo show of a scheduled letter: exactly the approved release, without whoever withdrew since. It is rendered ahead, since a large
 * letter takes longer than a journalist waits, and kept sealed. Proven by test/server/press/stage.test.ts.
 */
import type { Deps } from '../deps.ts';
import { findLetter, lockLetter } from '../letter/letter-store.ts';
import type { Rendered } from '../published/rendering.ts';
import { findScheduledHash } from '../release/release-store.ts';
import { renderRelease } from '../release/render-release.ts';
import { openScheduled, Stopped } from '../release/scheduled-release.ts';
import { hasReaders } from './embargo-store.ts';
import { STAGE } from './request-stage.ts';
import { sealSlice } from './sealed-slices.ts';
import { findStaging, lettersToStage, replaceStaged, type StagedSlice } from './staged-store.ts';

/** Before the jobs are started. */
export function defineStage(deps: Deps): void {
	deps.jobs.define<{ letter: string }>(STAGE, async ({ letter }) => {
		// Somebody may withdraw while it is rendered: what is prepared is put in place all the same, and then prepared again.
		while (await stageOnce(deps, letter));
	});
}

/** Due: whom somebody's withdrawal takes out, and what a server that died has left. Nothing where no link shows it. */
export async function requestUnstaged({ db, jobs }: Deps, now: Date): Promise<void> {
	for (const letter of await lettersToStage(db, now)) await jobs.enqueue(STAGE, { letter });
}

interface Prepared {
	releaseHash: string;
	revision: number;
	rendered: Rendered;
}

/** @returns whether there is more to do */
async function stageOnce(deps: Deps, letter: string): Promise<boolean> {
	const prepared = await prepare(deps, letter);
	return prepared !== null && (await put(deps, letter, prepared).finally(() => prepared.rendered.end()));
}

async function prepare(deps: Deps, letter: string): Promise<Prepared | null> {
	const { db } = deps;
	if ((await findLetter(db, letter))?.state !== 'scheduled' || !(await hasReaders(db, letter, deps.clock.now())))
		return null;
	// Before everything that is rendered: what comes later counts as a change.
	const { revision, staged } = await findStaging(db, letter);
	const scheduled = staged < revision ? await openScheduled(deps, db, letter) : null;
	if (scheduled === null) return null;
	const { releaseHash } = scheduled;
	try {
		const rendered = await renderRelease(deps, db, letter, { ...scheduled, kind: 'embargo', packing: null });
		return { releaseHash, revision, rendered };
	} catch (failure) {
		// Of one that still stands, what is missing was lost: whoever runs the server hears of it, as at its minute.
		if (failure instanceof Stopped && (await findScheduledHash(db, letter)) !== releaseHash) return null;
		throw failure;
	}
}

async function* sealed(deps: Deps, letter: string, { slices }: Rendered): AsyncGenerator<StagedSlice> {
	for await (const one of slices()) yield sealSlice(deps, letter, one);
}

/** Nothing where the letter was stopped, released or given up meanwhile, or scheduled anew: that has a job of its own. */
async function put(deps: Deps, letter: string, { releaseHash, revision, rendered }: Prepared): Promise<boolean> {
	return deps.db.transaction().execute(async (trx) => {
		const { state } = await lockLetter(trx, letter);
		if (state !== 'scheduled' || (await findScheduledHash(trx, letter)) !== releaseHash) return false;
		if (!(await hasReaders(trx, letter, deps.clock.now()))) return false;
		const now = await findStaging(trx, letter);
		if (now.staged < revision) {
			await replaceStaged(trx, letter, revision, sealed(deps, letter, rendered));
		}
		return revision < now.revision;
	});
}
