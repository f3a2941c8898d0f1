import { type DatabaseKind, newPlace } from './databases.ts';
import { environmentOn, type HostOptions, type TestEnvironment } from './server-environment.ts';

export interface Options extends HostOptions {
	database?: DatabaseKind;
	/** The clock stands here until a test moves it. */
	now?: Date;
}

/** For a test: on an empty, migrated database of its own. */
export async function newEnvironment({ database = 'pglite', ...host }: Options): Promise<TestEnvironment> {
	return environmentOn(await newPlace(database), host);
}
