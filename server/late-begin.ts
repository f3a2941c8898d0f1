import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';

/** What is said of a command that was not sent. */
const unsent = { command: 'SELECT', rowCount: 0 } as const;

/**
 * A connection that sends the beginning of a transaction with its first statement, in one message, where that one has no parameters: the locks of those who sign. Each message
 * wakes another process, and that takes a hundredth of what a signature does. Of a transaction in which nothing is asked nothing is sent.
 * What the database would refuse or undo of a transaction whose beginning fails is refused and undone here, too: proven by test/server/late-begin.test.ts.
 */
class LateBegin implements PostgresPoolClient {
	readonly #client: PostgresPoolClient;
	/** What is to be sent first. */
	#begin: string | undefined;
	/** It is on its way; whatever is asked meanwhile comes after it. Never rejects. */
	#beginning: Promise<void> | undefined;
	/** It failed, or what went with it: there may be no transaction at all. */
	#failed = false;

	constructor(client: PostgresPoolClient) {
		this.#client = client;
	}

	query<Row>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
	query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
	query<Row>(
		asked: string | PostgresCursor<Row>,
		parameters: readonly unknown[] = [],
	): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
		if (typeof asked !== 'string') throw new TypeError('there are no cursors on these connections');
		return this.#ask(asked, parameters);
	}

	async #ask<Row>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
		if (this.#beginning !== undefined) await this.#beginning;
		const ends = statement === 'commit' || statement === 'rollback';
		if (this.#failed) {
			// As PostgreSQL says it of a transaction in which something failed.
			if (!ends) throw new Error('the transaction is aborted: its beginning failed');
			this.#failed = false;
			return this.#client.query('rollback', []);
		}
		const begin = this.#begin;
		if (begin === undefined) {
			if (!/^(begin|start transaction)\b/.test(statement)) return this.#client.query(statement, parameters);
			this.#begin = statement;
			return { ...unsent, rows: [] };
		}
		this.#begin = undefined;
		if (ends) return { ...unsent, rows: [] };
		const alone = parameters.length > 0;
		// Of several statements pg gives a list of results.
		const answer: Promise<PostgresQueryResult<Row> | PostgresQueryResult<Row>[]> = this.#client.query(
			alone ? begin : `${begin}; ${statement}`,
			[],
		);
		this.#beginning = answer.then(
			() => {},
			() => {
				this.#failed = true;
			},
		);
		await this.#beginning;
		this.#beginning = undefined;
		if (alone && !this.#failed) return this.#client.query(statement, parameters);
		const results = await answer;
		return Array.isArray(results) ? (results.at(-1) ?? { ...unsent, rows: [] }) : results;
	}

	release(destroy?: boolean): void {
		this.#begin = undefined;
		this.#failed = false;
		this.#client.release(destroy);
	}
}

/** The same pool; each connection is one and the same whenever it is lent, so that what was remembered of it holds. */
export function withLateBegin(pool: PostgresPool): PostgresPool {
	const known = new WeakMap<PostgresPoolClient, LateBegin>();
	return {
		options: pool.options,
		end: () => pool.end(),
		async connect() {
			const client = await pool.connect();
			const late = known.get(client) ?? new LateBegin(client);
			known.set(client, late);
			return late;
		},
	};
}
