import type { Approval } from '../../shared/approval.ts';
import { readCharter } from '../../shared/charter.ts';
import { hostKey } from '../credential/keyring.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listCharters } from '../letter/charter-store.ts';
import { getLetter } from '../letter/letter-store.ts';
import { listStandingPosts } from '../press/post-store.ts';
import type { RenderTask } from '../published/render-worker.ts';
import { type Rendered, render } from '../published/rendering.ts';
import { readAgreedStrikes } from './late-strike-store.ts';
import { readWithdrawn } from './signature-store.ts';

/** What rendering needs of a server. */
export type RenderingDeps = Pick<Deps, 'config' | 'secretBox' | 'assets'>;

export interface ReleaseFile {
	file: Uint8Array;
	/** Those of the release, where the file has none yet. */
	approvals: Approval[] | null;
	kind: RenderTask['kind'];
	/** What waits under embargo is sealed, and packed on the way to whoever reads it: null. */
	packing: RenderTask['packing'];
}

/**
 * The files of a release as it stands now: with what was withdrawn or struck since, and with what was said after it. The bytes of `file` are no longer
 * there afterwards. @param db or the transaction that sees what is to be rendered
 */
export async function renderRelease(
	deps: RenderingDeps,
	db: Db,
	letter: string,
	{ file, approvals, kind, packing }: ReleaseFile,
): Promise<Rendered> {
	const since = { withdrawn: await readWithdrawn(db, letter), strikes: await readAgreedStrikes(db, letter), approvals };
	const posts = await listStandingPosts(db, letter);
	const host = await charteredHost(deps, db, letter);
	const restored = (await getLetter(db, letter)).restored !== null;
	const assets = deps.assets.letter();
	return render({ file, since, host, posts, restored, assets, kind, packing });
}

/** A letter keeps the host key that its charter names; where that one is lost, no other stands in for it. */
async function charteredHost(deps: RenderingDeps, db: Db, letter: string) {
	const host = await hostKey(deps);
	const charter = (await listCharters(db, letter)).findLast(({ standing }) => standing);
	return charter && readCharter(charter.charter).host.x === host.jwk.x ? host.privateKey : null;
}
