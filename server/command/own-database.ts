import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type OpenDatabase, openDatabase } from '../database.ts';
import { NotNow } from './told.ts';

/**
 * The database that a server has worked on. With a wrong DATA, or without DATABASE_URL, openDatabase would make an empty embedded one, and a command would find
 * nothing in it and say so. Proven by test/command/wrong-input.test.ts.
 * @throws NotNow, and what openDatabase throws
 */
export async function openOwnDatabase(config: Config): Promise<OpenDatabase> {
	if (!config.databaseUrl && !existsSync(join(config.data, 'database')))
		throw new NotNow(
			`DATA: there is no database in ${config.data}. Run this with the settings that the server has, once it has started for the first time.`,
		);
	return openDatabase(config);
}
