/** The thread of one rendering (rendering.ts): reads a release, brings it up to date, renders and packs its files, and ends. */
import { createHash, type KeyObject } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { readCharter, standingText } from '../../shared/charter.ts';
import type { StandingPost } from '../../shared/post.ts';
import type { ReleaseContent } from '../../shared/release.ts';
import { signReleaseJws } from '../../shared/release-jws.ts';
import type { LetterAssets } from '../assets.ts';
import { readOwnRelease } from './own-release.ts';
import { asItIs, type Packing, pack } from './pack.ts';
import type { PublishedFile } from './published-store.ts';
import { releaseAsItIs, type Since } from './release-as-it-is.ts';
import { renderLetter } from './render.ts';
import type { RenderedFile } from './rendered-file.ts';

/** What a rendering starts from. All of it goes to the thread; `file` is no longer here afterwards. */
export interface RenderTask {
	/** The release file as it was approved or last published. */
	file: Uint8Array;
	since: Since;
	/** The host's key, where it is the one that the letter's charter names. */
	host: KeyObject | null;
	posts: readonly StandingPost[];
	/** Of LetterPageView. */
	restored?: boolean;
	assets: LetterAssets;
	kind: 'released' | 'embargo';
	/** Null for files that are not served as they are. */
	packing: Packing | null;
}

/** What stands on the host's front page of a letter that chose it. */
export interface Listing {
	slug: string;
	title: string;
	addressees: string;
	language: string;
	signatures: number;
	releasedAt: Date;
}

/** Each file, and then the end. */
export type RenderMessage =
	| { file: PublishedFile }
	/** `keys`: of the signatures that are in the release and stand. */
	| { done: { listing: Listing; keys: string[] } };

/** Files that are packed at the same time; packing has threads of its own. */
const ABREAST = 3;

async function run(task: RenderTask): Promise<void> {
	const releaseFile = await releaseAsItIs(task.file, task.since);
	const release = readOwnRelease(releaseFile);
	const jws = task.host && (await sealOf(task.host, releaseFile));
	const { posts, restored = false, assets, kind, packing } = task;
	const underWay = new Set<Promise<void>>();
	for await (const file of renderLetter({ release, releaseFile, jws, posts, restored, assets, kind })) {
		const work = (packing ? pack(file, packing) : plain(file))
			.then((files) => files.forEach(send))
			.finally(() => underWay.delete(work));
		underWay.add(work);
		if (underWay.size >= ABREAST) await Promise.race(underWay);
	}
	await Promise.all(underWay);
	parentPort?.postMessage({
		done: { listing: await listingOf(release), keys: keysOf(release) },
	} satisfies RenderMessage);
}

async function sealOf(host: KeyObject, file: Uint8Array): Promise<string> {
	const der = new Uint8Array(host.export({ format: 'der', type: 'pkcs8' }));
	const key = await crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']);
	return signReleaseJws(key, createHash('sha256').update(file).digest('hex'));
}

const plain = async (file: RenderedFile): Promise<PublishedFile[]> => [asItIs(file)];

/** Bytes that fill their memory move to whoever waits for them; others, such as a part of a pool, are copied. */
function send(file: PublishedFile): void {
	const { buffer, byteLength } = file.body;
	const whole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
	parentPort?.postMessage({ file } satisfies RenderMessage, whole ? [buffer] : []);
}

const keysOf = ({ signatures }: ReleaseContent): string[] =>
	signatures.flatMap((signature) => ('entry' in signature ? [signature.entry.statement.key] : []));

async function listingOf({ chain, terms, signatures }: ReleaseContent): Promise<Listing> {
	const charter = readCharter(chain.charters.at(-1) ?? '');
	const { title, addressees, language } = await standingText(charter, chain.texts);
	return {
		...{ slug: terms.slug, title, addressees, language, releasedAt: new Date(terms.releaseAt) },
		signatures: signatures.filter((signature) => 'entry' in signature).length,
	};
}

// Last, when everything above is there.
if (parentPort) await run(workerData as RenderTask);
