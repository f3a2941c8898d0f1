/** The process that renders (rendering.ts), one letter after the other: reads a release, brings it up to date, renders and packs its files, and hands them over. */
import { readCharter, standingText } from '../../shared/charter.ts';
import type { StandingPost } from '../../shared/post.ts';
import type { ReleaseContent } from '../../shared/release.ts';
import { type LetterAssets, sameInAll } from '../assets.ts';
import { asChild, type Parent } from '../platform/child-side.ts';
import { asShown } from './own-release.ts';
import { asItIs, type Packing, pack } from './pack.ts';
import { printed } from './print.ts';
import type { FileHead, PublishedFile } from './published-store.ts';
import { readRelease } from './read-release.ts';
import type { Since } from './release-as-it-is.ts';
import { renderLetter } from './render.ts';
import type { RenderedFile } from './rendered-file.ts';

/** What a rendering starts from, beside the release file as it was approved or last published. */
export interface RenderTask {
	/** Bytes of that file. */
	length: number;
	since: Since;
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

/** First: the SHA-256 of the release file as it is now, in hexadecimal. Answered with the host's signature of it. */
export interface Hashed {
	sha256: string;
}
export interface Sealed {
	jws: string | null;
}
/** Last, before the files themselves, one after the other. */
export interface RenderedHeads {
	files: FileHead[];
	listing: Listing;
	/** Of the signatures that are in the release and stand. */
	keys: string[];
}

/** Files that are packed at the same time; packing has threads of its own. */
const ABREAST = 3;

async function work(parent: Parent): Promise<void> {
	const task = await parent.next<RenderTask>();
	const { since, posts, restored = false, assets, kind, packing } = task;
	const {
		file: releaseFile,
		sha256,
		release,
	} = await readRelease(upTo(parent.input(), task.length), task.length, {
		...{ since, keep: asShown },
	});
	await parent.say({ sha256 } satisfies Hashed);
	const { jws } = await parent.next<Sealed>();
	const rendered: PublishedFile[] = [];
	// Packed once for all letters, by the server.
	const built = new Set(packing ? sameInAll(assets).map(({ path }) => path) : []);
	const underWay = new Set<Promise<void>>();
	for await (const file of renderLetter({ release, releaseFile, jws, posts, restored, assets, kind, print: printed })) {
		if (built.has(file.path)) continue;
		const packed = (packing ? pack(file, packing) : plain(file))
			.then((files) => {
				rendered.push(...files);
			})
			.finally(() => underWay.delete(packed));
		underWay.add(packed);
		if (underWay.size >= ABREAST) await Promise.race(underWay);
	}
	await Promise.all(underWay);
	const files = rendered.map(({ body, ...head }) => ({ ...head, length: body.length }));
	await parent.say({ files, listing: await listingOf(release), keys: keysOf(release) } satisfies RenderedHeads);
	for (const { body } of rendered) await parent.write(body);
}

/** The input goes on: another letter may come after it. */
async function* upTo(pieces: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
	let at = 0;
	for await (const piece of pieces) {
		at += piece.length;
		yield piece;
		if (at >= length) break;
	}
}

const plain = async (file: RenderedFile): Promise<PublishedFile[]> => [asItIs(file)];

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
await asChild(async (parent) => {
	// Until the server ends it.
	for (;;) await work(parent);
});
