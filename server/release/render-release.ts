import { createHash, type Hash } from 'node:crypto';
import { couldProveTwice } from '../../shared/api/signing.ts';
import type { Approval } from '../../shared/approval.ts';
import { readCharter } from '../../shared/charter.ts';
import { signReleaseJws, verifyReleaseJws } from '../../shared/release-jws.ts';
import { type HostKey, hostKey } from '../credential/keyring.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listCharters } from '../letter/charter-store.ts';
import { getLetter } from '../letter/letter-store.ts';
import { listStandingPosts } from '../press/post-store.ts';
import type { RenderTask } from '../published/render-program.ts';
import { type Rendered, render } from '../published/rendering.ts';
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
	/** Of a file that was published before: the host's signature of it as it lies there, null where it has none. */
	before?: { jws: string | null };
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
	{ file, length, approvals, before, kind, packing }: ReleaseFile,
): Promise<Rendered> {
	const since = { withdrawn: await readWithdrawn(db, letter), strikes: await readAgreedStrikes(db, letter), approvals };
	const posts = await listStandingPosts(db, letter);
	const hash = createHash('sha256');
	const host = await charteredKey(deps, db, letter);
	// By then all of the file was read.
	const seal = async (sha256: string) => {
		if (host === null || (before && !(await wasSealed(host, before.jws, hash.digest('hex'))))) return null;
		return await signed(host, sha256);
	};
	const restored = couldProveTwice((await getLetter(db, letter)).restored);
	const assets = deps.assets.letter();
	return render({ length, since, posts, restored, assets, kind, packing }, hashed(file, hash), seal);
}

/** A letter keeps the host key that its charter names; where that one is lost, no other stands in for it. */
async function charteredKey(deps: RenderingDeps, db: Db, letter: string): Promise<HostKey | null> {
	const host = await hostKey(deps);
	const charter = (await listCharters(db, letter)).findLast(({ standing }) => standing);
	return charter && readCharter(charter.charter).host.x === host.jwk.x ? host : null;
}

/**
 * Whether this host signed a file as it lies in the database: whoever can write there gets no signature of what they altered. One without a signature, of a time when the key was lost,
 * gets none either. Proven by test/server/release/republish.test.ts. @throws Error where it has one, of another file
 */
async function wasSealed({ jwk }: HostKey, jws: string | null, sha256: string): Promise<boolean> {
	if (jws === null) return false;
	if (await verifyReleaseJws(jwk, jws, sha256)) return true;
	throw new Error('the release file in the database is not the one that this host signed');
}

async function signed({ privateKey }: HostKey, sha256: string): Promise<string> {
	const der = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
	return await signReleaseJws(await crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']), sha256);
}

async function* hashed(file: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
	for await (const piece of file) {
		hash.update(piece);
		yield piece;
	}
}
