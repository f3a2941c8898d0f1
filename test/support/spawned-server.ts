import { newEnvironment, type Options } from './environment.ts';
import { endWithTest } from './server.ts';
import { type SpawnedServer, spawnIn } from './spawned-process.ts';

/** A server as a process of its own on data of its own; inside a test it ends with it. */
export async function spawnServer(options: Options & { spare?: boolean } = {}): Promise<SpawnedServer> {
	const { spare = false, now = new Date('2027-03-01T09:00:00Z'), ...rest } = options;
	const server = await spawnIn(await newEnvironment(rest), now, { spare });
	endWithTest(server.stop);
	return server;
}
