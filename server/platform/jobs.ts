import type { PGlite } from '@electric-sql/pglite';
import { fromKysely, fromPglite, type JobResult, PgBoss } from 'pg-boss';
import type { Transaction } from '../database.ts';
import type { Log } from './log.ts';
import type { Secret } from './secret.ts';

/**
 * Work that must survive a crash and that any node can do: pg-boss on either database. A job's data holds ids of
 * letters and the like, never an address or a name. What a time brings about is no delayed job but a due task, since
 * only those follow the server's own clock. Nothing that a signer does before the release asks for a job, since its row
 * would keep the moment: a due task finds what is to do. Proven by test/server/signature/no-job-per-signer.test.ts.
 */
export interface Jobs {
	/** Before start(). A handler may run twice: after a crash, or when it failed. */
	define<Data extends object>(name: string, handler: (data: Data) => Promise<void>): void;
	/** With `within` the job exists exactly if that transaction commits. */
	enqueue(name: string, data: object, options?: { within?: Transaction }): Promise<void>;
	start(): Promise<void>;
	/** Resolves once nothing is queued or being worked on. */
	idle(): Promise<void>;
	/** How many have failed for good, or have waited for longer than so many minutes. */
	overdue(minutes: number): Promise<number>;
	/** Lets running handlers finish for a moment; what they leave is done after the next start. */
	stop(): Promise<void>;
}

type Where = { databaseUrl: Secret | undefined; pglite: PGlite | undefined };

const schema = 'pgboss';
/** What is done is kept so long, and swept away as often: a copy of the database has little use for when it was asked for. */
const KEPT_SECONDS = 60;

function connect({ databaseUrl, pglite }: Where, keptSeconds: number): PgBoss {
	const settings = {
		...{ schema, schedule: false, registerInstance: false, monitorVacuum: false, useListenNotify: true },
		// The sweep is part of the supervision, and of its own accord would take place once a day.
		...{ superviseIntervalSeconds: keptSeconds, maintenanceIntervalSeconds: keptSeconds },
	};
	if (pglite) return new PgBoss({ ...settings, db: fromPglite(pglite), backend: 'pglite' });
	if (databaseUrl) return new PgBoss({ ...settings, connectionString: databaseUrl.reveal(), max: 3 });
	throw new Error('the job queue needs a database');
}

/**
 * An embedded database belongs to one process, so what is still active as it starts belongs to one that died. pg-boss would wait a quarter of an hour for it; where nodes share a
 * database it does, and what must not wait is asked for again by a due task with the next minute. Proven by test/server/jobs.test.ts.
 */
async function takeUpAgain(boss: PgBoss): Promise<void> {
	await boss.getDb().executeSql(`update ${schema}.job set state = 'retry', start_after = now() where state = 'active'`);
}

/** @param keptSeconds what is done is gone after twice as long at the latest */
export function openJobs(where: Where, log: Log, keptSeconds = KEPT_SECONDS): Jobs {
	const boss = connect(where, keptSeconds);
	const handlers = new Map<string, (data: object) => Promise<void>>();
	boss.on('error', (failure) => log('job queue failed', { failure }));

	/** A failed job is tried again later. Of why, only the log learns anything: errors quote people's data. */
	const attempt = async (name: string, handler: (data: object) => Promise<void>, data: object) => {
		try {
			await handler(data);
			return 'completed' as const;
		} catch (failure) {
			log('job failed', { job: name, failure });
			return 'failed' as const;
		}
	};

	return {
		define(name, handler) {
			if (handlers.has(name)) throw new Error(`job ${name} is defined twice`);
			handlers.set(name, handler as (data: object) => Promise<void>);
		},
		async enqueue(name, data, { within } = {}) {
			if (!handlers.has(name)) throw new Error(`job ${name} is not defined`);
			// Told with each job, since a queue that exists keeps what it was made with.
			await boss.send(name, data, { deleteAfterSeconds: keptSeconds, ...(within && { db: fromKysely(within) }) });
		},
		async start() {
			await boss.start();
			if (where.pglite) await takeUpAgain(boss);
			for (const [name, handler] of handlers) {
				const queue = { notify: true, retryLimit: 20, retryDelay: 5, retryBackoff: true };
				await boss.createQueue(name, queue);
				const fetching = { perJobResults: true, batchSize: 10, burstWhenBatchFull: true } as const;
				const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 2 };
				await boss.work<object>(name, { ...fetching, ...polling }, async (batch) => {
					const results: JobResult[] = [];
					for (const { id, data } of batch) results.push({ id, status: await attempt(name, handler, data) });
					return results;
				});
			}
		},
		async idle() {
			const busy = `select 1 from ${schema}.job where state in ('created', 'retry', 'active') and start_after <= now() limit 1`;
			for (;;) {
				const { rows } = await boss.getDb().executeSql(busy);
				if (rows.length === 0) return;
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		},
		async overdue(minutes) {
			const late = `state = 'failed' or (state in ('created', 'retry', 'active') and created_on < now() - interval '${minutes} minutes')`;
			const { rows } = await boss.getDb().executeSql(`select count(*)::int as count from ${schema}.job where ${late}`);
			return Number(rows[0]?.count);
		},
		stop: () => boss.stop({ graceful: true, timeout: 1_500 }),
	};
}
