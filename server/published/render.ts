import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import { readCharter } from '../../shared/charter.ts';
import { namesPages, wholePages } from '../../shared/pages/letter-files.ts';
import type { LetterFrame } from '../../shared/pages/letter-frame.ts';
import { letterStyle } from '../../shared/pages/letter-style.ts';
import { type LetterPageView, letterView } from '../../shared/pages/letter-view.ts';
import type { PageFile } from '../../shared/pages/page-file.ts';
import { recountPages } from '../../shared/pages/recount-pages.ts';
import { type StandingPost, showPosts } from '../../shared/post.ts';
import type { ReleaseContent } from '../../shared/release.ts';
import { UPDATES_PATH, writeUpdates } from '../../shared/updates-file.ts';
import { type LetterAssets, sameInAll } from '../assets.ts';
import { spokenIn } from '../platform/languages.ts';
import './fonts.ts';
import { letterPdf } from '../../shared/print/letter-pdf.ts';
import { letterText } from '../../shared/print/letter-text.ts';
import { signatoriesCsv } from '../../shared/print/signatories-csv.ts';
import { type ListedFile, listedFile, writeFilesList } from './files-list.ts';
import { JWS_PATH, RELEASE_PATH, type RenderedFile } from './rendered-file.ts';
import { shareCard } from './share-card.ts';

export interface RenderInput {
	/** The release, and the bytes of its file. */
	release: ReleaseContent;
	releaseFile: Uint8Array;
	/** Null where the host has lost the key that the letter's charter names. */
	jws: string | null;
	posts: readonly StandingPost[];
	/** Of LetterPageView. */
	restored?: boolean;
	assets: LetterAssets;
	kind: 'released' | 'embargo';
	/** Makes the PDF; here and at once, unless told. */
	print?: (view: LetterPageView) => Promise<Uint8Array>;
}

/** Every file of a letter's folder, one at a time: the same bytes for the same input. What takes long comes first, and what says how large the PDF is last. */
export async function* renderLetter(input: RenderInput): AsyncGenerator<RenderedFile> {
	const listed: ListedFile[] = [];
	for await (const file of filesOf(input)) {
		listed.push(listedFile(file));
		yield file;
	}
	yield writeFilesList(listed);
}

async function* filesOf(input: RenderInput): AsyncGenerator<RenderedFile> {
	const { release, releaseFile, jws, posts, restored = false, assets, kind, print } = input;
	const sizes = new Map<string, number>();
	const sized = (file: RenderedFile): RenderedFile => {
		sizes.set(file.path, file.body.length);
		return file;
	};
	const charter = readCharter(release.chain.charters.at(-1) ?? '');
	yield sized({ path: RELEASE_PATH, mediaType: 'application/json', body: releaseFile });
	if (jws !== null) yield sized({ path: JWS_PATH, mediaType: 'application/jose', body: utf8(`${jws}\n`) });
	const view = await letterView(release, { isPublic: kind === 'released' });
	view.restored = restored;
	view.posts = await showPosts(posts, charter, view.root);
	if (posts.length > 0) {
		yield sized({ path: UPDATES_PATH, mediaType: 'application/json', body: utf8(writeUpdates(view.root, posts)) });
	}
	const pdf = print ? print(view) : Promise.resolve(letterPdf(view));
	// Awaited below, unless something else fails before.
	pdf.catch(() => undefined);
	yield sized({ path: 'letter.txt', mediaType: 'text/plain; charset=utf-8', body: utf8(letterText(view)) });
	yield sized({
		path: 'signatories.csv',
		mediaType: 'text/csv; charset=utf-8',
		body: utf8(signatoriesCsv(view, release)),
	});
	yield sized({ path: 'card.png', mediaType: 'image/png', body: await shareCard(view) });
	const style = ownStyle(view, assets);
	const programs = assets.files.filter(({ path }) => path.endsWith('.js')).map(listedFile);
	const frame: LetterFrame = { kind, assets: { ...assets, style: style.path }, sizes, programs, speaker: spokenIn };
	yield style;
	yield* sameInAll(assets);
	for (const page of recountPages(view, frame)) yield asFile(page);
	for (const page of namesPages(view, frame)) yield sized(asFile(page));
	yield sized({ path: 'letter.pdf', mediaType: 'application/pdf', body: await pdf });
	for (const page of wholePages(view, frame)) yield asFile(page);
}

/** A letter's style sheet ends with its own paper. */
function ownStyle(view: LetterPageView, { style, files }: LetterAssets): RenderedFile {
	const built = files.find(({ path }) => path === style);
	if (built === undefined) throw new Error(`${style} is not among the files of a letter.`);
	return asFile(letterStyle(view, { path: style, text: fromUtf8(built.body) }, spokenIn));
}

const asFile = ({ path, mediaType, text }: PageFile): RenderedFile => ({ path, mediaType, body: utf8(text) });
