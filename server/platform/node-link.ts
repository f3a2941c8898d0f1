import pg from 'pg';
import type { Log } from './log.ts';
import type { Secret } from './secret.ts';

const CHANNEL = 'undersigned_nodes';
/** A connection that breaks off is made again after this. */
const AGAIN_MS = 5_000;

/** How nodes reach each other. */
export interface Link {
	/** To every node, this one too; lost where there is no connection. At most 7,999 characters of ASCII. */
	send(text: string): void;
	close(): Promise<void>;
}

export interface Hearing {
	heard(text: string): void;
	/** There is a connection, for the first time or again. */
	linked(): void;
}

/**
 * NOTIFY of PostgreSQL: no row, and nothing of what was said in the write-ahead log or in a dump; the log only has that something was committed, and when. What was said lies in a queue
 * that every node has read within moments, and that PostgreSQL empties when it starts. Whoever may connect to the database can listen, and send.
 */
export function linkOverPostgres(url: Secret, log: Log): (hearing: Hearing) => Link {
	return (hearing) => {
		let client: pg.Client | undefined;
		let again: NodeJS.Timeout | undefined;
		let closed = false;
		let told = false;

		const lost = (broken: pg.Client, failure?: unknown) => {
			if (closed || broken !== connecting) return;
			client = undefined;
			// Once for each time that it breaks off: each node then counts for itself.
			if (!told) log('nodes not linked', { failure });
			told = true;
			broken.removeAllListeners('end');
			broken.end().catch(() => {});
			clearTimeout(again);
			again = setTimeout(connect, AGAIN_MS).unref();
		};
		let connecting: pg.Client;
		const connect = () => {
			const fresh = new pg.Client({ connectionString: url.reveal(), keepAlive: true });
			connecting = fresh;
			fresh.on('error', (failure) => lost(fresh, failure));
			fresh.on('end', () => lost(fresh));
			fresh.on('notification', ({ payload }) => payload && hearing.heard(payload));
			fresh
				.connect()
				.then(() => fresh.query(`listen ${CHANNEL}`))
				.then(() => {
					if (closed || fresh !== connecting) return;
					client = fresh;
					told = false;
					hearing.linked();
				})
				.catch((failure: unknown) => lost(fresh, failure));
		};
		connect();
		return {
			send(text) {
				client?.query('select pg_notify($1, $2)', [CHANNEL, text]).catch(() => {});
			},
			async close() {
				closed = true;
				clearTimeout(again);
				await connecting.end().catch(() => {});
			},
		};
	};
}
