import { sql } from 'kysely';
import type { Db } from '../../server/database.ts';

/** Until some query in the cluster waits for a row that another transaction holds. */
export async function waitingForLock(db: Db): Promise<void> {
	for (;;) {
		const { rows } =
			await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
				db,
			);
		if (rows.length > 0) return;
		await new Promise((resolve) => setImmediate(resolve));
	}
}
