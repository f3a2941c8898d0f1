import { utf8 } from '../../shared/bytes.ts';
import { readCharter } from '../../shared/charter.ts';
import { letterPages } from '../../shared/pages/letter-files.ts';
import type { LetterFrame } from '../../shared/pages/letter-frame.ts';
import { letterView } from '../../shared/pages/letter-view.ts';
import type { PageFile } from '../../shared/pages/page-file.ts';
import { recountPage } from '../../shared/pages/recount-page.ts';
import { type StandingPost, showPosts } from '../../shared/post.ts';
import type { Release } from '../../shared/release.ts';
import { writeUpdates } from '../../shared/updates-file.ts';
import type { LetterAssets } from '../assets.ts';
import { type ListedFile, listedFile, writeFilesList } from './files-list.ts';
import type { RenderedFile } from './rendered-file.ts';

/** Where the files of a letter stand, below /letters/SLUG/. */
export const PAGE_PATH = 'index.html';
export const RELEASE_PATH = 'release.json';
export const JWS_PATH = 'release.json.jws';
export const UPDATES_PATH = 'updates.json';

export interface RenderInput {
	/** The release, and the bytes of its file. */
	release: Release;
	releaseFile: Uint8Array;
	/** Null where the host has lost the key that the letter's charter names. */
	jws: string | null;
	posts: readonly StandingPost[];
	assets: LetterAssets;
	kind: 'released' | 'embargo';
}

/** Every file of a letter's folder, one at a time: the same bytes for the same input. What is large comes first. */
export async function* renderLetter(input: RenderInput): AsyncGenerator<RenderedFile> {
	const listed: ListedFile[] = [];
	for await (const file of filesOf(input)) {
		listed.push(listedFile(file));
		yield file;
	}
	yield writeFilesList(listed);
}

async function* filesOf({ release, releaseFile, jws, posts, assets, kind }: RenderInput): AsyncGenerator<RenderedFile> {
	const sizes = new Map<string, number>();
	const sized = (file: RenderedFile): RenderedFile => {
		sizes.set(file.path, file.body.length);
		return file;
	};
	const charter = readCharter(release.chain.charters.at(-1) ?? '');
	yield sized({ path: RELEASE_PATH, mediaType: 'application/json', body: releaseFile });
	if (jws !== null) yield sized({ path: JWS_PATH, mediaType: 'application/jose', body: utf8(`${jws}\n`) });
	const view = await letterView(release, { rehearsal: false });
	view.posts = await showPosts(posts, charter, view.root);
	if (posts.length > 0) {
		yield sized({ path: UPDATES_PATH, mediaType: 'application/json', body: utf8(writeUpdates(view.root, posts)) });
	}
	const frame: LetterFrame = { kind, assets, sizes };
	for (const page of letterPages(view, frame)) yield asFile(page);
	const recount = recountPage({
		...{ title: view.document.title, language: view.document.language },
		links: { letter: 'index.html', release: RELEASE_PATH, jws: JWS_PATH },
		...{ styles: [assets.style], scripts: [assets.recount] },
	});
	yield asFile({ path: 'recount.html', mediaType: 'text/html; charset=utf-8', text: recount });
	yield* assets.files;
}

const asFile = ({ path, mediaType, text }: PageFile): RenderedFile => ({ path, mediaType, body: utf8(text) });
