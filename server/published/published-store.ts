import type { Db, Transaction } from '../database.ts';
import { spent } from '../platform/spent-buffers.ts';

/** How the bytes of a body are packed (RFC 9110, section 8.4.1). */
export type Coding = 'identity' | 'br' | 'gzip';

/** A file of a released letter in one coding, as it is served. `path` is below /letters/SLUG/. */
export interface PublishedFile {
	path: string;
	coding: Coding;
	mediaType: string;
	/** Strong, with its quotes: another value for every other body. */
	etag: string;
	body: Uint8Array;
}

/** What there is of a file, without its body. */
export interface PublishedHead {
	letter: string;
	path: string;
	coding: Coding;
	mediaType: string;
	etag: string;
	/** Bytes. */
	length: number;
}

/** What there is of a rendered file before its body: `length` in bytes. */
export type FileHead = Omit<PublishedFile, 'body'> & { length: number };

/** Part `slice` of a file's body, counted from 0: `SLICE` bytes, the last one what is left. */
export interface FileSlice {
	file: FileHead;
	slice: number;
	body: Uint8Array;
}

/** Files in all their codings. `slices` gives those of each file in turn, in the order of `files`; an empty file has one. */
export interface Folder {
	files: readonly FileHead[];
	slices(): AsyncIterable<FileSlice>;
}

/** A row holds as much: a large file is never in memory as a whole, neither here nor in the database. */
export const SLICE = 2 ** 20;

/** Kept when another build renders a letter anew: pages in somebody's cache still ask for them. They tell nobody's name. */
const outlives = (path: string): boolean => path.startsWith('assets/');

/** Puts these in place of what a letter had. A file that stays the same is left as it is. Proven by test/server/published/published-store.test.ts. */
export async function replacePublished(trx: Transaction, letter: string, { files, slices }: Folder): Promise<void> {
	const had = await trx
		.selectFrom('published')
		.select(['path', 'coding', 'media_type as mediaType', 'etag'])
		.where('letter', '=', letter)
		.where('slice', '=', 0)
		.execute();
	const nameOf = ({ path, coding }: { path: string; coding: Coding }) => `${coding} ${path}`;
	const same = new Set<string>();
	const fresh = new Map(files.map((file) => [nameOf(file), file]));
	for (const { path, coding, mediaType, etag } of had) {
		const next = fresh.get(nameOf({ path, coding }));
		if (next === undefined ? outlives(path) : next.etag === etag && next.mediaType === mediaType) {
			same.add(nameOf({ path, coding }));
			continue;
		}
		const row = trx.deleteFrom('published').where('letter', '=', letter);
		await row.where('path', '=', path).where('coding', '=', coding).execute();
	}
	for await (const { file, slice, body } of slices()) {
		if (same.has(nameOf(file))) continue;
		const { path, coding, etag, length, mediaType: media_type } = file;
		await trx.insertInto('published').values({ letter, path, coding, slice, media_type, etag, length, body }).execute();
	}
}

/** Of a released letter, by its slug, in the first of these codings that there is. */
export async function findHead(
	db: Db,
	slug: string,
	path: string,
	codings: readonly Coding[],
): Promise<PublishedHead | null> {
	const rows = await db
		.selectFrom('published')
		.innerJoin('letters', 'letters.id', 'published.letter')
		.select([
			...(['published.letter', 'published.path', 'published.coding'] as const),
			...(['published.media_type as mediaType', 'published.etag', 'published.length'] as const),
		])
		.where('letters.slug', '=', slug)
		.where('letters.state', '=', 'released')
		.where('published.path', '=', path)
		.where('published.coding', 'in', codings)
		.where('published.slice', '=', 0)
		.execute();
	return codings.flatMap((coding) => rows.find((row) => row.coding === coding) ?? [])[0] ?? null;
}

/** Of a letter that the caller knows to be released. */
export async function findOwnHead(db: Db, letter: string, path: string): Promise<PublishedHead | null> {
	const row = await db
		.selectFrom('published')
		.select(['letter', 'path', 'coding', 'media_type as mediaType', 'etag', 'length'])
		.where('letter', '=', letter)
		.where('path', '=', path)
		.where('coding', '=', 'identity')
		.where('slice', '=', 0)
		.executeTakeFirst();
	return row ?? null;
}

/**
 * Bytes of one version of a file, as many as come in one piece; null once another version took its place.
 * @param from counts from 0, below the file's length
 */
export async function readPiece(db: Db, file: PublishedHead, from: number): Promise<Uint8Array | null> {
	const row = await db
		.selectFrom('published')
		.select('body')
		.where('letter', '=', file.letter)
		.where('path', '=', file.path)
		.where('coding', '=', file.coding)
		.where('slice', '=', Math.floor(from / SLICE))
		.where('etag', '=', file.etag)
		.executeTakeFirst();
	return row?.body.subarray(from % SLICE) ?? null;
}

/** A whole file, piece by piece. @throws Replaced once another version took its place */
export async function* readPieces(db: Db, file: PublishedHead): AsyncGenerator<Uint8Array> {
	for (let from = 0; from < file.length; ) {
		const piece = await readPiece(db, file, from);
		if (piece === null) throw new Replaced();
		from += piece.length;
		yield piece;
		spent(piece);
	}
}

/** Another version took the place of a file that was being read. */
export class Replaced extends Error {
	override name = 'Replaced';
}

/** A whole file; null once another version took its place. For those that are known to be small. */
export async function readWhole(db: Db, file: PublishedHead): Promise<Uint8Array | null> {
	const whole = new Uint8Array(file.length);
	for (let from = 0; from < file.length; ) {
		const piece = await readPiece(db, file, from);
		if (piece === null) return null;
		whole.set(piece, from);
		from += piece.length;
	}
	return whole;
}
