import type { Db } from './database.ts';
import type { Deps } from './deps.ts';
import { findLastTick } from './tick-store.ts';
import { forgetLog } from './write-ahead-log-store.ts';

/** By database: the tick after which its log was let go of last, or before which its server started. */
const forgotten = new WeakMap<Db, string>();

/**
 * Due, before the tick: lets go of what the log of the embedded database holds of the time up to the last one. Not right after the tick, for which people who sign have just waited, nor at the start:
 * a stop does it as well, and what a server that died has left goes after the next tick. Proven by test/server/write-ahead-log.test.ts.
 */
export async function forgetLogOfLastTick({ db, config }: Pick<Deps, 'db' | 'config'>): Promise<void> {
	if (config.databaseUrl !== undefined) return;
	const { version } = await findLastTick(db);
	const before = forgotten.get(db) ?? version;
	const isForgotten = before === version || (await forgetLog(db, config.data));
	// Where there is no room for it, each minute tries again.
	forgotten.set(db, isForgotten ? version : before);
}
