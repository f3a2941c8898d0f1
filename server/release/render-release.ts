import type { Approval } from '../../shared/approval.ts';
import { readCharter } from '../../shared/charter.ts';
import { signReleaseJws } from '../../shared/release-jws.ts';
import { hostKey } from '../credential/keyring.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listCharters } from '../letter/charter-store.ts';
import { getLetter } from '../letter/letter-store.ts';
import { listStandingPosts } from '../press/post-store.ts';
import type { RenderTask } from '../published/render-program.ts';
import { type Rendered, render, type SealFile } from '../published/rendering.ts';
import { readAgreedStrikes } from './late-strike-store.ts';
import { readWithdrawn } from './signature-store.ts';

/** What rendering needs of a server. */
export type RenderingDeps = Pick<Deps, 'config' | 'secretBox' | 'assets'>;

export interface ReleaseFile {
	/** Its bytes, piece by piece, and how many. */
	file: AsyncIterable<Uint8Array>;
	length: number;
	/** Those of the release, where the file has none yet. */
	approvals: Approval[] | null;
	kind: RenderTask['kind'];
	/** What waits under embargo is sealed, and packed on the way to whoever reads it: null. */
	packing: RenderTask['packing'];
}

/**
 * The files of a release as it stands now: with what was withdrawn or struck since, and with what was said after it. Whoever asks ends what it gets.
 * @param db or the transaction that sees what is to be rendered
 */
export async function renderRelease(
	deps: RenderingDeps,
	db: Db,
	letter: string,
	{ file, length, approvals, kind, packing }: ReleaseFile,
): Promise<Rendered> {
	const since = { withdrawn: await readWithdrawn(db, letter), strikes: await readAgreedStrikes(db, letter), approvals };
	const posts = await listStandingPosts(db, letter);
	const seal = await chartered(deps, db, letter);
	const restored = (await getLetter(db, letter)).restored !== null;
	const assets = deps.assets.letter();
	return render({ length, since, posts, restored, assets, kind, packing }, file, seal);
}

/** A letter keeps the host key that its charter names; where that one is lost, no other stands in for it. */
async function chartered(deps: RenderingDeps, db: Db, letter: string): Promise<SealFile> {
	const host = await hostKey(deps);
	const charter = (await listCharters(db, letter)).findLast(({ standing }) => standing);
	if (!charter || readCharter(charter.charter).host.x !== host.jwk.x) return async () => null;
	const der = new Uint8Array(host.privateKey.export({ format: 'der', type: 'pkcs8' }));
	const key = await crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']);
	return (sha256) => signReleaseJws(key, sha256);
}
