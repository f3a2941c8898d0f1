/**
 * What happens after a release reaches its files: a signature withdrawn or struck, a post, another build. A job renders the letter again; until it has, the files
 * before stay whole. Proven by test/server/release/republish.test.ts.
 */
import { fromUtf8 } from '../../shared/bytes.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { buildName } from '../published/build-name.ts';
import { findOwnHead, Replaced, readPieces, readWhole, replacePublished } from '../published/published-store.ts';
import { JWS_PATH, RELEASE_PATH } from '../published/rendered-file.ts';
import {
	lockFiles,
	type Revision,
	raiseRevision,
	readRevision,
	releasedRevisions,
	setRendered,
} from '../published/rendered-store.ts';
import type { Rendered } from '../published/rendering.ts';
import { type RenderingDeps, renderRelease } from './render-release.ts';

const REPUBLISH = 'republish';

type RepublishingDeps = RenderingDeps & Pick<Deps, 'db' | 'log' | 'kept'>;

/** Before the jobs start. */
export function defineRepublish(deps: Deps): void {
	deps.jobs.define<{ letter: string }>(REPUBLISH, ({ letter }) => republish(deps, letter));
}

/** In the transaction that changes what a released letter shows: every file that it touches is replaced within a minute. */
export async function requestRepublish({ jobs }: Pick<Deps, 'jobs'>, trx: Transaction, letter: string): Promise<void> {
	await raiseRevision(trx, letter);
	await jobs.enqueue(REPUBLISH, { letter }, { within: trx });
}

/** Due: what another build rendered, and what a server that died has left. */
export async function requestStaleLetters({ db, jobs, assets }: Deps): Promise<void> {
	for (const { letter, ...at } of await releasedRevisions(db)) {
		if (isBehind(at, buildName(assets.letter()))) await jobs.enqueue(REPUBLISH, { letter });
	}
}

const isBehind = ({ state, revision, rendered, renderedBy }: Revision, build: string): boolean =>
	// Of one that was taken down and erased nothing is left to render.
	state === 'released' && rendered >= 0 && (rendered < revision || renderedBy !== build);

/** Renders a letter until nothing is new. Of several requests the first does the work, and two nodes at once end with the newer files. */
export async function republish(deps: RepublishingDeps, letter: string): Promise<void> {
	const build = buildName(deps.assets.letter());
	for (;;) {
		// Before everything that is rendered: what comes later is for the next round.
		const at = await readRevision(deps.db, letter);
		if (!isBehind(at, build)) return;
		const rendered = await renderAgain(deps, letter);
		if (rendered === null) continue;
		const done = await deps.db
			.transaction()
			.execute(async (trx) => {
				await lockFiles(trx, letter);
				const now = await readRevision(trx, letter);
				// Another node has stored files meanwhile, and may have read later than this one: what it took off would come back.
				if (now.rendered !== at.rendered || now.renderedBy !== at.renderedBy || !isBehind(now, build)) return false;
				await replacePublished(trx, letter, rendered);
				await setRendered(trx, letter, { revision: at.revision, build }, rendered.listing);
				return true;
			})
			.finally(() => rendered.end());
		if (!done) continue;
		deps.kept.clear();
		deps.log('rendered again');
	}
}

/** Null where another node has replaced the file while it was read. @throws Error where the file is not the one that this host signed: nothing is signed or stored */
async function renderAgain(deps: RepublishingDeps, letter: string): Promise<Rendered | null> {
	const head = await findOwnHead(deps.db, letter, RELEASE_PATH);
	if (head === null) throw new Error('a released letter has no release file');
	const { length } = head;
	const jws = await readJws(deps, letter);
	// Both are replaced at once: what was there before and after belongs together.
	if ((await findOwnHead(deps.db, letter, RELEASE_PATH))?.etag !== head.etag) return null;
	const file = readPieces(deps.db, head);
	try {
		return await renderRelease(deps, deps.db, letter, {
			file,
			length,
			approvals: null,
			before: { jws },
			kind: 'released',
			packing: 'best',
		});
	} catch (failure) {
		if (failure instanceof Replaced) return null;
		throw failure;
	}
}

async function readJws({ db }: RepublishingDeps, letter: string): Promise<string | null> {
	const head = await findOwnHead(db, letter, JWS_PATH);
	const jws = head && (await readWhole(db, head));
	return jws && fromUtf8(jws);
}
