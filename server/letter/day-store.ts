import type { VersionedSheet } from '../../shared/api/day.ts';
import type { Db, Transaction } from '../database.ts';

/** Null while nobody has written one. */
export async function findDaySheet(db: Db, letter: string): Promise<VersionedSheet | null> {
	const row = await db
		.selectFrom('day_sheets')
		.select(['version', 'sheet'])
		.where('letter', '=', letter)
		.executeTakeFirst();
	return row ? { version: row.version, sheet: JSON.parse(row.sheet) } : null;
}

export async function saveDaySheet(
	trx: Transaction,
	letter: string,
	{ version, sheet }: VersionedSheet,
): Promise<void> {
	const values = { version, sheet: JSON.stringify(sheet) };
	await trx
		.insertInto('day_sheets')
		.values({ letter, ...values })
		.onConflict((conflict) => conflict.column('letter').doUpdateSet(values))
		.execute();
}
