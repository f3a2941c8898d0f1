import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';

/** A command whose result nobody looks at. */
const unsent = { command: 'SELECT', rowCount: 0, rows: [] } as const;

/**
 * A connection that sends the beginning of a transaction with its first statement, in one message, where that one has no parameters: the locks of those who sign. Each message
 * wakes another process, and that takes a hundredth of what a signature does. Of a transaction in which nothing is asked nothing is sent.
 * Proven by test/server/late-begin.test.ts.
 */
class LateBegin implements PostgresPoolClient {
	readonly #client: PostgresPoolClient;
	/** What is to be sent first. */
	#begin: string | undefined;

	constructor(client: PostgresPoolClient) {
		this.#client = client;
	}

	query<Row>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
	query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
	query<Row>(
		asked: string | PostgresCursor<Row>,
		parameters: readonly unknown[] = [],
	): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
		return typeof asked === 'string' ? this.#ask(asked, parameters) : this.#client.query(asked);
	}

	async #ask<Row>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
		const begin = this.#begin;
		if (begin === undefined) {
			if (!/^(begin|start transaction)\b/.test(statement)) return this.#client.query(statement, parameters);
			this.#begin = statement;
			return { ...unsent, rows: [] };
		}
		this.#begin = undefined;
		if (statement === 'commit' || statement === 'rollback') return { ...unsent, rows: [] };
		if (parameters.length > 0) {
			await this.#client.query(begin, []);
			return this.#client.query(statement, parameters);
		}
		// Of several statements pg gives a list of results.
		const results: PostgresQueryResult<Row> | PostgresQueryResult<Row>[] = await this.#client.query(
			`${begin}; ${statement}`,
			[],
		);
		return Array.isArray(results) ? results.at(-1) : results;
	}

	release(destroy?: boolean): void {
		this.#begin = undefined;
		this.#client.release(destroy);
	}
}

/** The same pool; each connection is one and the same whenever it is lent, so that what was remembered of it holds. */
export function withLateBegin(pool: PostgresPool): PostgresPool {
	const known = new WeakMap<PostgresPoolClient, LateBegin>();
	return {
		options: pool.options,
		end: () => pool.end(),
		...(pool.Client && { Client: pool.Client }),
		async connect() {
			const client = await pool.connect();
			const late = known.get(client) ?? new LateBegin(client);
			known.set(client, late);
			return late;
		},
	};
}
