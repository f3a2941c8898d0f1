/**
 * The one place that makes names public. A letter is rendered first, and then everything happens in one transaction, so that it is published once
 * or not at all, with any number of nodes and whenever one is killed: test/server/release/clock.test.ts, test/server/release/killed.test.ts.
 */
import type { Db, Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { findLetter, lockLetter } from '../letter/letter-store.ts';
import { transition } from '../letter/transitions.ts';
import { forgetOutlets } from '../press/embargo-store.ts';
import { unstage } from '../press/request-stage.ts';
import { buildName } from '../published/build-name.ts';
import type { Packing } from '../published/pack.ts';
import { replacePublished } from '../published/published-store.ts';
import { lockFiles, readRevision, setRendered } from '../published/rendered-store.ts';
import type { Rendered } from '../published/rendering.ts';
import { askForTick } from '../tick-store.ts';
import { forgetDraftDeliveries } from './delivery-store.ts';
import { eraseOpening } from './erase-store.ts';
import { findScheduledHash } from './release-store.ts';
import { type RenderingDeps, renderRelease } from './render-release.ts';
import { openScheduled, Stopped } from './scheduled-release.ts';
import { markPublished } from './signature-store.ts';
import { beginWriting, endWriting } from './unswept-store.ts';

/** What publishing needs of a server. */
export type PublishingDeps = RenderingDeps & Pick<Deps, 'db' | 'clock' | 'log'>;

/** A due release, rendered outside of any lock; it goes out only if nothing has changed by then. */
interface Ready {
	releaseHash: string;
	revision: number;
	rendered: Rendered;
	packing: Packing;
}

/** Bytes of a release file above which its files are first packed quickly: at its minute everybody waits. */
const LARGE = 16 * 2 ** 20;

/** Undoes what was written of a release that is not to go out as it was rendered. */
class Changed extends Error {
	/** Whether names were written: rows that are undone stay on the disk until they are swept. */
	readonly written: boolean;

	constructor(written: boolean) {
		super('the release has changed');
		this.written = written;
	}
}

/**
 * Publishes a scheduled letter whose minute has come. @returns false when there is nothing to do (any more)
 * @throws when the sealed release cannot be opened or rendered, with nothing changed
 */
export async function publish(deps: PublishingDeps, letter: string): Promise<boolean> {
	const ready = await makeReady(deps, deps.db, letter);
	if (ready === null) return false;
	// However this ends, by kill -9 too: what was written and is not made public, the due task takes off the disk.
	let attempt = await beginWriting(deps.db, letter);
	try {
		return await deps.db.transaction().execute((trx) => makePublic(deps, trx, letter, { ...ready, attempt }));
	} catch (failure) {
		if (!(failure instanceof Changed)) throw failure;
		if (failure.written) attempt = await beginWriting(deps.db, letter);
	} finally {
		ready.rendered.end();
	}
	// Somebody withdrew while it was rendered, or stopped it. This time they wait, or one withdrawal after the other could put a release off for ever.
	return deps.db.transaction().execute(async (trx) => {
		await endWriting(trx, letter, attempt);
		await lockFiles(trx, letter);
		await lockLetter(trx, letter);
		const again = await makeReady(deps, trx, letter);
		if (again === null) return false;
		return makePublic(deps, trx, letter, { ...again, attempt }).finally(() => again.rendered.end());
	});
}

async function makeReady(deps: PublishingDeps, db: Db, letter: string): Promise<Ready | null> {
	const row = await findLetter(db, letter);
	if (row?.state !== 'scheduled' || row.releaseAt === null || row.releaseAt > deps.clock.now()) return null;
	// Before everything that is rendered: what comes later counts as a change.
	const { revision } = await readRevision(db, letter);
	const scheduled = await openScheduled(deps, db, letter);
	if (scheduled === null) return null;
	const { releaseHash, length, notBefore } = scheduled;
	// Whoever can write into the database brings no release forward. Proven by test/server/release/scheduled-release.test.ts.
	if (notBefore !== null && notBefore > deps.clock.now()) throw new Error('not the minute that was approved');
	const packing = length > LARGE ? 'quick' : 'best';
	try {
		const rendered = await renderRelease(deps, db, letter, { ...scheduled, kind: 'released', packing });
		return { releaseHash, revision, rendered, packing };
	} catch (failure) {
		// Of one that still stands, what is missing was lost: whoever runs the server hears of it each minute.
		if (failure instanceof Stopped && (await findScheduledHash(db, letter)) !== releaseHash) return null;
		throw failure;
	}
}

/** The files are written first, unseen, and the letter is locked for the rest: nobody waits long. @throws Changed */
async function makePublic(
	deps: PublishingDeps,
	trx: Transaction,
	letter: string,
	{ releaseHash, revision, rendered, packing, attempt }: Ready & { attempt: string },
): Promise<boolean> {
	await endWriting(trx, letter, attempt);
	await lockFiles(trx, letter);
	const before = await readRevision(trx, letter);
	if (before.state === 'released') return false;
	if (before.state !== 'scheduled' || before.revision !== revision) throw new Changed(false);
	await replacePublished(trx, letter, rendered);
	await lockLetter(trx, letter);
	const now = await readRevision(trx, letter);
	const same = now.state === 'scheduled' && now.revision === revision;
	if (!same || (await findScheduledHash(trx, letter)) !== releaseHash) throw new Changed(true);
	await markPublished(trx, letter, rendered.keys);
	await eraseOpening(trx, letter);
	await forgetDraftDeliveries(trx, letter);
	await unstage(trx, letter);
	await forgetOutlets(trx, letter);
	// The rows that held the sealed names are dead now, and must not stay on the disk.
	await askForTick(trx);
	// Packed quickly it counts as another build's: the next due task has it packed as well as can be.
	const build = `${buildName(deps.assets.letter())}${packing === 'best' ? '' : `, ${packing}`}`;
	await setRendered(trx, letter, { revision, build }, rendered.listing);
	await transition(trx, letter, 'scheduled', 'released');
	return true;
}
