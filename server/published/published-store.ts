import { sql } from 'kysely';
import type { Db, Transaction } from '../database.ts';

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

export async function replacePublished(
	trx: Transaction,
	letter: string,
	files: readonly PublishedFile[],
): Promise<void> {
	await trx.deleteFrom('published').where('letter', '=', letter).execute();
	for (const { path, coding, mediaType, etag, body } of files) {
		await trx.insertInto('published').values({ letter, path, coding, media_type: mediaType, etag, body }).execute();
	}
}

/** As it was rendered, not packed. */
export async function findPublished(db: Db, letter: string, path: string): Promise<PublishedFile | null> {
	const row = await db
		.selectFrom('published')
		.select(['path', 'coding', 'media_type as mediaType', 'etag', 'body'])
		.where('letter', '=', letter)
		.where('path', '=', path)
		.where('coding', '=', 'identity')
		.executeTakeFirst();
	return row ?? null;
}

export interface PublishedHead {
	letter: string;
	path: string;
	coding: Coding;
	mediaType: string;
	etag: string;
	/** Bytes. */
	length: number;
}

/** Of a released letter, by its slug; `codings` in the order of preference. */
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
			...(['published.media_type as mediaType', 'published.etag'] as const),
			sql<number>`octet_length(published.body)`.as('length'),
		])
		.where('letters.slug', '=', slug)
		.where('letters.state', '=', 'released')
		.where('published.path', '=', path)
		.where('published.coding', 'in', codings)
		.execute();
	const inOrder = codings.map((coding) => rows.find((row) => row.coding === coding));
	return inOrder.find((row) => row !== undefined) ?? null;
}

/** Bytes of one version of a file; null once another version took its place. @param from counts from 0 */
export async function readSlice(db: Db, file: PublishedHead, from: number, most: number): Promise<Uint8Array | null> {
	const row = await db
		.selectFrom('published')
		.select(sql<Uint8Array>`substring(body from cast(${from + 1} as integer) for cast(${most} as integer))`.as('slice'))
		.where('letter', '=', file.letter)
		.where('path', '=', file.path)
		.where('coding', '=', file.coding)
		.where('etag', '=', file.etag)
		.executeTakeFirst();
	return row?.slice ?? null;
}
