import type { LetterState } from '../../shared/api/signing.ts';
import type { Db, Transaction } from '../database.ts';

export interface EmbargoLink {
	id: string;
	outlet: string;
	createdBy: string;
	expiresAt: Date;
	revoked: boolean;
}

export async function insertEmbargoLink(
	trx: Transaction,
	letter: string,
	hash: Uint8Array,
	link: Omit<EmbargoLink, 'revoked'>,
): Promise<void> {
	const { id, outlet, createdBy, expiresAt } = link;
	const values = { id, letter, hash, outlet, created_by: createdBy, expires_at: expiresAt };
	await trx.insertInto('embargo_links').values(values).execute();
}

export async function listEmbargoLinks(db: Db, letter: string): Promise<EmbargoLink[]> {
	return db
		.selectFrom('embargo_links')
		.select(['id', 'outlet', 'created_by as createdBy', 'expires_at as expiresAt', 'revoked'])
		.where('letter', '=', letter)
		.orderBy('outlet')
		.orderBy('id')
		.execute();
}

/** @returns whether there is such a link of this letter */
export async function setRevoked(trx: Transaction, letter: string, id: string): Promise<boolean> {
	const revoked = await trx
		.updateTable('embargo_links')
		.set({ revoked: true })
		.where('letter', '=', letter)
		.where('id', '=', id)
		.executeTakeFirst();
	return revoked.numUpdatedRows === 1n;
}

/** Where a link leads: its letter as it stands, in one look. `staged` is -1 while nothing is prepared. */
export interface Visited {
	letter: string;
	outlet: string;
	expiresAt: Date;
	revoked: boolean;
	state: LetterState;
	slug: string | null;
	releaseAt: Date | null;
	staged: number;
}

export async function findVisited(db: Db, hash: Uint8Array): Promise<Visited | null> {
	const row = await db
		.selectFrom('embargo_links')
		.innerJoin('letters', 'letters.id', 'embargo_links.letter')
		.select([
			...(['embargo_links.letter', 'embargo_links.outlet', 'embargo_links.revoked'] as const),
			...(['embargo_links.expires_at as expiresAt', 'letters.state', 'letters.slug'] as const),
			...(['letters.release_at as releaseAt', 'letters.staged'] as const),
		])
		.where('embargo_links.hash', '=', hash)
		.executeTakeFirst();
	return row ?? null;
}

export async function hasReaders(db: Db, letter: string, now: Date): Promise<boolean> {
	const row = await db
		.selectFrom('embargo_links')
		.select('id')
		.where('letter', '=', letter)
		.where('revoked', '=', false)
		.where('expires_at', '>', now)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** Whom the links were for is nobody's business once everybody reads the letter; that there was a link stays, so that it leads there. */
export async function forgetOutlets(trx: Transaction, letter: string): Promise<void> {
	await trx.updateTable('embargo_links').set({ outlet: '', created_by: '' }).where('letter', '=', letter).execute();
}
