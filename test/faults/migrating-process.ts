/** A process that brings a database up to date, and ends itself with kill -9 in the middle of the last migration. */
import { readConfig } from '../../server/config.ts';
import { openDatabase, ownMigrations } from '../../server/database.ts';
import { halfWay } from './half-way.ts';

await openDatabase(readConfig(process.env), async () => ({
	...(await ownMigrations()),
	...halfWay(async () => void process.kill(process.pid, 'SIGKILL')),
}));
