import type { LetterState, Restored } from '../../shared/api/signing.ts';
import type { Db, Transaction } from '../database.ts';
import { Problem } from '../platform/errors.ts';
import { lockOutSigners } from './letter-lock-store.ts';

/** A letter without its documents. Times are null until the step that sets them. */
export interface LetterRow {
	id: string;
	state: LetterState;
	/** Fingerprint of the first charter, b64u; null while a draft. */
	root: string | null;
	slug: string | null;
	closesAt: Date | null;
	lastCallUntil: Date | null;
	expiresOn: Date | null;
	releaseAt: Date | null;
	/** JSON of a `Draft`; null once erased. */
	draft: string | null;
	draftVersion: number;
	/** The database was restored from a dump. */
	restored: Restored;
	/** Of drafts: since when nobody has changed it; null: it was changed since that was last looked at. */
	draftQuietSince: Date | null;
}

const selectLetter = (db: Db) =>
	db
		.selectFrom('letters')
		.select([
			...(['id', 'state', 'root', 'slug', 'draft', 'restored', 'draft_version as draftVersion'] as const),
			...(['closes_at as closesAt', 'last_call_until as lastCallUntil'] as const),
			...(['expires_on as expiresOn', 'release_at as releaseAt', 'draft_quiet_since as draftQuietSince'] as const),
		]);

export async function findLetter(db: Db, id: string): Promise<LetterRow | undefined> {
	return selectLetter(db).where('id', '=', id).executeTakeFirst();
}

/** @throws Problem `not-found` */
export async function getLetter(db: Db, id: string): Promise<LetterRow> {
	return (await findLetter(db, id)) ?? notFound();
}

/** @returns the letter whose first charter has this fingerprint */
export async function findLetterByRoot(db: Db, root: string): Promise<string | null> {
	const row = await db.selectFrom('letters').select('id').where('root', '=', root).executeTakeFirst();
	return row?.id ?? null;
}

/** The first thing that every change of a letter does: changes of one letter come one after the other, and nobody signs it meanwhile. @throws Problem `not-found` */
export async function lockLetter(trx: Transaction, id: string): Promise<LetterRow> {
	await lockOutSigners(trx, id);
	return (await selectLetter(trx).where('id', '=', id).forUpdate().executeTakeFirst()) ?? notFound();
}

function notFound(): never {
	throw new Problem('not-found');
}

export async function insertLetter(trx: Transaction, id: string, draft: string): Promise<void> {
	await trx.insertInto('letters').values({ id, state: 'draft', draft }).execute();
}

/** Only transitions.ts calls this. @returns whether the letter was in `from` */
export async function moveLetter(trx: Transaction, id: string, from: LetterState, to: LetterState): Promise<boolean> {
	const moved = await trx
		.updateTable('letters')
		.set({ state: to })
		.where('id', '=', id)
		.where('state', '=', from)
		.executeTakeFirst();
	return moved.numUpdatedRows === 1n;
}

export async function saveDraft(trx: Transaction, id: string, draft: string, version: number): Promise<void> {
	await trx
		.updateTable('letters')
		.set({ draft, draft_version: version, draft_quiet_since: null })
		.where('id', '=', id)
		.execute();
}

export interface LetterTimes {
	root?: string;
	closes_at?: Date;
	expires_on?: Date;
	last_call_until?: Date;
	restored?: Restored;
}

export async function setLetter(trx: Transaction, id: string, values: LetterTimes): Promise<void> {
	await trx.updateTable('letters').set(values).where('id', '=', id).execute();
}

export async function lettersOpen(db: Db): Promise<string[]> {
	const open = await db.selectFrom('letters').select('id').where('state', '=', 'open').execute();
	return open.map(({ id }) => id);
}

/** Signed for, and not given up: what people may still take their names off. */
export async function lettersAfterSigning(db: Db): Promise<string[]> {
	const over = await db
		.selectFrom('letters')
		.select('id')
		.where('state', 'in', ['review', 'scheduled', 'released'])
		.execute();
	return over.map(({ id }) => id);
}

export async function lettersToClose(db: Db, now: Date): Promise<string[]> {
	const due = await db
		.selectFrom('letters')
		.select('id')
		.where('state', '=', 'open')
		.where('closes_at', '<=', now)
		.execute();
	return due.map(({ id }) => id);
}

/** Not those scheduled for a minute before their expiry: they go out, however late the server is. */
export async function lettersToExpire(db: Db, now: Date): Promise<string[]> {
	const due = await db
		.selectFrom('letters')
		.select('id')
		.where('expires_on', '<=', now)
		.where((where) =>
			where.or([
				where('state', 'in', ['open', 'review']),
				where.and([where('state', '=', 'scheduled'), where('release_at', '>', where.ref('expires_on'))]),
			]),
		)
		.execute();
	return due.map(({ id }) => id);
}

/** Drafts that were changed since this was last asked: nobody has touched them from now on. */
export async function startQuiet(db: Db, now: Date): Promise<void> {
	await db
		.updateTable('letters')
		.set({ draft_quiet_since: now })
		.where('state', '=', 'draft')
		.where('draft_quiet_since', 'is', null)
		.execute();
}

/** Drafts that nobody has changed since then. */
export async function draftsQuietSince(db: Db, then: Date): Promise<string[]> {
	const quiet = await db
		.selectFrom('letters')
		.select('id')
		.where('state', '=', 'draft')
		.where('draft_quiet_since', '<=', then)
		.execute();
	return quiet.map(({ id }) => id);
}
