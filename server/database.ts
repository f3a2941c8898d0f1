import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import {
	CompiledQuery,
	type DatabaseConnection,
	Kysely,
	type Transaction as KyselyTransaction,
	PGliteDialect,
	PostgresDialect,
	sql,
} from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { withLateBegin } from './late-begin.ts';
import { lockFolder } from './platform/folder-lock.ts';
import type { Secret } from './platform/secret.ts';
import type { Database } from './tables.ts';
import { forgetLog, unrecycled } from './write-ahead-log-store.ts';

export type Db = Kysely<Database>;

/**
 * What a function takes that must not run outside a transaction. Inside a transaction() callback use only this: on the
 * embedded database, which has one connection, a query through `db` would wait for ever.
 */
export type Transaction = KyselyTransaction<Database>;

export interface OpenDatabase {
	db: Db;
	kind: 'postgres' | 'pglite';
	/** The embedded database itself, for the job queue. */
	pglite: PGlite | undefined;
	close(): Promise<void>;
}

/** Both databases give int8 as a number and bytea as a Uint8Array; a count past 2^53 is an error, never a rounded number. */
function safeInteger(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError('a bigint from the database is too large');
	return value;
}

const int8 = 20;
const bytea = 17;

/** Copied where Node would make it a part of a buffer that others are parts of. */
function bytesFromHex(text: string): Uint8Array {
	const bytes = Buffer.from(text.slice(2), 'hex');
	return bytes.buffer.byteLength === bytes.length ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
}

/** The database does not answer, or its tables cannot be brought up to date: in words for whoever starts the server. */
export class DatabaseNotReady extends Error {
	override name = 'DatabaseNotReady';
}

/**
 * Opens the database that the configuration names and brings its tables up to date, all of it or nothing: proven by test/faults/migration.test.ts.
 * @throws DatabaseNotReady, FolderInUse
 */
export async function openDatabase(
	where: { databaseUrl: Secret | undefined; data: string },
	migrations: () => Promise<Migrations> = ownMigrations,
): Promise<OpenDatabase> {
	const open = where.databaseUrl ? openPostgres(where.databaseUrl) : await openPglite(join(where.data, 'database'));
	try {
		if (migrations !== ownMigrations || !(await isUpToDate(open.db))) await migrate(open.db, await migrations());
	} catch (failure) {
		await open.close();
		throw failure;
	}
	return open;
}

/**
 * Whatever an operator has chosen for the whole database: whoever waits for a lock reads what was committed meanwhile, or a tick would lose who signed while it copied, and a closing
 * would leave what came while it waited; and what is acknowledged is on the disk. Proven by test/server/letter/isolation.test.ts, test/server/database.test.ts.
 */
const settings = CompiledQuery.raw(`select set_config('default_transaction_isolation', 'read committed', false),
	case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', false) end`);

/**
 * While a large letter is released, or a tick puts its tables in place, whoever changes a letter waits for it on a connection. Others must still
 * find one, and where there is none left it is better to wait as well than to fail. Proven by test/scale/many-signatures.test.ts.
 */
const poolSize = { max: 20, connectionTimeoutMillis: 60_000, keepAlive: true };

function openPostgres(url: Secret): OpenDatabase {
	const types: pg.CustomTypesConfig = {
		getTypeParser(type, format) {
			if (format !== 'binary' && type === int8) return safeInteger;
			if (format !== 'binary' && type === bytea) return bytesFromHex;
			return pg.types.getTypeParser(type, format);
		},
	};
	const pool = new pg.Pool({ connectionString: url.reveal(), types, ...poolSize });
	// A connection that the server drops while idle is replaced on the next query; unheard, the event would end the process. So it would of one that is in use:
	// whoever uses it hears of it from the next query. Proven by test/faults/postgres-gone.test.ts.
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	const onCreateConnection = async (one: DatabaseConnection) => void (await one.executeQuery(settings));
	const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: withLateBegin(pool), onCreateConnection }) });
	return { db, kind: 'postgres', pglite: undefined, close: () => db.destroy() };
}

/** PostgreSQL's own 128 MB of buffers would be set up, and kept in this process, before the first query: a fifth of a second and 100 MB for a letter that has 10. */
const buffers = ['-c', 'shared_buffers=32MB'];
/** The only one of PostgreSQL's ways that synced-files.ts hears of. */
const synced = ['-c', 'wal_sync_method=fsync'];

/**
 * Makes the folder, for this user only, and looks whether it can be written to. Proven by test/command/wrong-input.test.ts.
 * @throws DatabaseNotReady that names the variable which says where it is
 */
export function ownFolder(variable: string, folder: string): void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		accessSync(folder, constants.W_OK | constants.X_OK);
	} catch (failure) {
		const message = `${variable}: ${folder} cannot be written to (${codeOf(failure)}). Let the user that runs this write there, or name another folder.`;
		throw new DatabaseNotReady(message, { cause: failure });
	}
}

function unopened(folder: string, cause: unknown): DatabaseNotReady {
	const message = `DATA: the embedded database in ${folder} does not open (${codeOf(cause)}). Is its disk full, or a file damaged or missing? Keep a copy of the folder as it is before you try anything; a backup of DATA goes in its place.`;
	return new DatabaseNotReady(message, { cause });
}

async function openPglite(folder: string): Promise<OpenDatabase> {
	ownFolder('DATA', folder);
	// Two processes on one folder lose rows, and PGlite does not lock it.
	const unlock = lockFolder(folder);
	try {
		// A database of its own, which whoever has PostgreSQL does not load.
		const { PGlite } = await import('@electric-sql/pglite');
		const { SyncedFiles } = await import('./synced-files.ts');
		// -F is PostgreSQL's way to say that nothing needs to reach the disk.
		const own = [...buffers, ...synced, ...unrecycled];
		const startParams = [...PGlite.defaultStartParams.filter((given) => given !== '-F'), ...own];
		const fs = new SyncedFiles(join(folder, 'pglite'));
		const pglite = await PGlite.create({ fs, parsers: { [int8]: safeInteger }, startParams }).catch((failure) => {
			throw unopened(folder, failure);
		});
		const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
		const close = async () => {
			await forgetLog(db, folder).catch(() => {});
			await db.destroy();
			unlock();
		};
		return { db, kind: 'pglite', pglite, close };
	} catch (failure) {
		unlock();
		throw failure;
	}
}

/** By name, in whose order they run. */
export type Migrations = Record<string, Migration>;

const migrationsFolder = new URL('../migrations/', import.meta.url);

const migrationFiles = () => readdirSync(migrationsFolder).filter((file) => /^\d{4}-.*\.ts$/.test(file));

export async function ownMigrations(): Promise<Migrations> {
	const files = migrationFiles();
	const load = async (file: string) => [file.slice(0, -3), await import(new URL(file, migrationsFolder).href)] as const;
	return Object.fromEntries(await Promise.all(files.map(load)));
}

/** The usual start: one question, where the migrator asks for every table and column, and no migration is loaded. */
async function isUpToDate(db: Db): Promise<boolean> {
	const ran = sql<{ name: string }>`select name from kysely_migration order by name`;
	// No table, or no database: the migrator finds out which.
	const { rows } = await ran.execute(db).catch(() => ({ rows: [] }));
	const own = migrationFiles().map((file) => file.slice(0, -3));
	return rows.map(({ name }) => name).join() === own.sort().join();
}

/**
 * Runs those that are missing, in one transaction. On PostgreSQL the migrator holds an advisory lock, so that nodes may start together.
 * @throws DatabaseNotReady
 */
async function migrate(db: Db, migrations: Migrations): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error, results } = await migrator.migrateToLatest();
	if (!error) return;
	if (isAway(error))
		throw new DatabaseNotReady('DATABASE_URL: the database does not answer. Start it, then try again.', {
			cause: error,
		});
	const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
	if (failed)
		throw new DatabaseNotReady(
			`The database could not be brought up to date: ${failed} failed (${codeOf(error)}). Nothing was changed: the version from before still starts on it.`,
			{ cause: error },
		);
	const newer = error instanceof Error && error.message.startsWith('corrupted migrations');
	const message = newer
		? 'The database was brought up to date by a newer version. Start that one, or restore a dump from before it.'
		: `DATABASE_URL: the database could not be opened (${codeOf(error)}). Its log says more.`;
	throw new DatabaseNotReady(message, { cause: error });
}

const codeOf = (failure: unknown): string =>
	failure instanceof Error ? String('code' in failure ? failure.code : failure.name) : typeof failure;

/** PostgreSQL's classes of what passes (appendix A of its manual): no connection, no room or memory, started or stopped by its operator. */
const PASSING = /^(08...|53...|57P..)$/;
const UNREACHABLE: ReadonlySet<unknown> = new Set([
	...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
	...['ENOSPC', 'EDQUOT'],
]);
/** What pg says without a code, of a connection that broke off or that it did not get. */
const BROKEN = [
	...['Connection terminated', 'timeout exceeded when trying to connect'],
	...['Client has encountered a connection error', 'Client was closed'],
];

/** Whether a query failed because the database cannot be reached or cannot work now: nothing is wrong with what was asked, and it may be asked again. */
export function isAway(failure: unknown): boolean {
	if (!(failure instanceof Error)) return false;
	const code = 'code' in failure ? failure.code : undefined;
	if (typeof code === 'string') return PASSING.test(code) || UNREACHABLE.has(code);
	return BROKEN.some((words) => failure.message.startsWith(words));
}

/** Milliseconds. Whoever watches a server gives up sooner than a connection to a machine that says nothing. */
const PATIENCE_MS = 3_000;

/** Whether the database answers, within three seconds: /readyz and the metrics ask, after the start has migrated it. */
export async function answers(db: Db): Promise<boolean> {
	const asked = db.selectFrom('letters').select('id').limit(1).execute();
	return await Promise.race([
		asked.then(
			() => true,
			() => false,
		),
		pause(PATIENCE_MS, false, { ref: false }),
	]);
}
