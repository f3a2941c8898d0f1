import { sql } from 'kysely';
import type { Db, Transaction } from '../database.ts';

/** A file of a released letter, as it is served. `path` is below the letter's own address; the page itself is ''. */
export interface PublishedFile {
	path: string;
	mediaType: string;
	/** Strong, with its quotes: another value for every other body. */
	etag: string;
	body: Uint8Array;
}

export async function replacePublished(
	trx: Transaction,
	letter: string,
	files: readonly PublishedFile[],
): Promise<void> {
	await trx.deleteFrom('published').where('letter', '=', letter).execute();
	for (const { path, mediaType, etag, body } of files) {
		await trx.insertInto('published').values({ letter, path, media_type: mediaType, etag, body }).execute();
	}
}

export async function findPublished(db: Db, letter: string, path: string): Promise<PublishedFile | null> {
	const row = await db
		.selectFrom('published')
		.select(['path', 'media_type as mediaType', 'etag', 'body'])
		.where('letter', '=', letter)
		.where('path', '=', path)
		.executeTakeFirst();
	return row ?? null;
}

export interface PublishedHead {
	letter: string;
	path: string;
	mediaType: string;
	etag: string;
	/** Bytes. */
	length: number;
}

/** Of a released letter, by its slug; `paths` in the order of preference. */
export async function findHead(db: Db, slug: string, paths: readonly string[]): Promise<PublishedHead | null> {
	const rows = await db
		.selectFrom('published')
		.innerJoin('letters', 'letters.id', 'published.letter')
		.select([
			...(['published.letter', 'published.path', 'published.media_type as mediaType', 'published.etag'] as const),
			sql<number>`octet_length(published.body)`.as('length'),
		])
		.where('letters.slug', '=', slug)
		.where('letters.state', '=', 'released')
		.where('published.path', 'in', paths)
		.execute();
	const inOrder = paths.map((path) => rows.find((row) => row.path === path));
	return inOrder.find((row) => row !== undefined) ?? null;
}

/** Bytes of one version of a file; null once another version took its place. @param from counts from 0 */
export async function readSlice(db: Db, file: PublishedHead, from: number, most: number): Promise<Uint8Array | null> {
	const row = await db
		.selectFrom('published')
		.select(sql<Uint8Array>`substring(body from cast(${from + 1} as integer) for cast(${most} as integer))`.as('slice'))
		.where('letter', '=', file.letter)
		.where('path', '=', file.path)
		.where('etag', '=', file.etag)
		.executeTakeFirst();
	return row?.slice ?? null;
}
