import type { Db } from '../database.ts';

export interface Link {
	link: string;
	note: string;
	revoked: boolean;
}

export async function insertLink(db: Db, letter: string, link: string, note: string): Promise<void> {
	await db.insertInto('links').values({ link, letter, note }).execute();
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
		.select(['link', 'note', 'revoked'])
		.where('letter', '=', letter)
		.orderBy('note')
		.orderBy('link')
		.execute();
}

/** @returns whether there is such a link of this letter */
export async function revokeLink(db: Db, letter: string, link: string): Promise<boolean> {
	const revoked = await db
		.updateTable('links')
		.set({ revoked: true })
		.where('letter', '=', letter)
		.where('link', '=', link)
		.executeTakeFirst();
	return revoked.numUpdatedRows === 1n;
}
