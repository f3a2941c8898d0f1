import { sql } from 'kysely';
import type { Db } from '../../server/database.ts';

/** All rows of all tables, as text: what a copy of the database would hold. */
export async function everyRow(db: Db): Promise<string[]> {
	const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db);
	const rows: string[] = [];
	for (const { name } of tables.rows) {
		const found = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} as t`.execute(db);
		rows.push(...found.rows.map(({ row }) => `${name} ${row}`).sort());
	}
	return rows;
}
