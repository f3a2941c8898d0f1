import type { Db } from '../database.ts';

export interface Link {
	link: string;
	note: string;
	revoked: boolean;
	/** Organizers; null once that is forgotten, and of links of before it was kept. */
	createdBy: string | null;
	revokedBy: string | null;
}

export async function insertLink(
	db: Db,
	letter: string,
	{ link, note, createdBy }: Pick<Link, 'link' | 'note' | 'createdBy'>,
): Promise<void> {
	await db.insertInto('links').values({ link, letter, note, created_by: createdBy }).execute();
}

/** @returns the letter's id, unless the link was revoked */
export async function findLinkedLetter(db: Db, link: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('links')
		.select('letter')
		.where('link', '=', link)
		.where('revoked', '=', false)
		.executeTakeFirst();
	return row?.letter;
}

export async function listLinks(db: Db, letter: string): Promise<Link[]> {
	return db
		.selectFrom('links')
		.select(['link', 'note', 'revoked', 'created_by as createdBy', 'revoked_by as revokedBy'])
		.where('letter', '=', letter)
		.orderBy('note')
		.orderBy('link')
		.execute();
}

/** Who revoked it first stays. @returns whether there is such a link of this letter */
export async function revokeLink(db: Db, letter: string, link: string, by: string): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('links')
		.set(({ eb, ref, val }) => ({
			revoked: true,
			// Of a link that was revoked before it was kept who did it, nobody is said to have.
			revoked_by: eb.case().when('revoked', '=', false).then(val(by)).else(ref('revoked_by')).end(),
		}))
		.where('letter', '=', letter)
		.where('link', '=', link)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}
