/**
 * Seals the keyring under another host secret: NEW_HOST_SECRET, given like HOST_SECRET. Only while no server runs, and while the database holds nothing that is sealed
 * under the old one. Ends with 0, or 1 and the reason. See docs/operate.md, “Changing secrets”.
 */
import { createConnection } from 'node:net';
import { readConfig } from '../config.ts';
import { resealKeys } from '../credential/keyring.ts';
import { openDatabase } from '../database.ts';
import { SecretBox } from '../platform/secret-box.ts';
import { listSealed } from './sealed-store.ts';
import { NotNow, told } from './told.ts';

function listens(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = createConnection({ port, host: '127.0.0.1' }).setTimeout(2_000, () => socket.destroy());
		socket.once('connect', () => {
			resolve(true);
			socket.destroy();
		});
		socket.on('error', () => {}).once('close', () => resolve(false));
	});
}

async function change(): Promise<string> {
	const { NEW_HOST_SECRET } = process.env;
	const config = readConfig(process.env);
	const next = readConfig({ ...process.env, HOST_SECRET: NEW_HOST_SECRET });
	if (!NEW_HOST_SECRET || !config.hostSecret || !next.hostSecret) throw new NotNow('Give NEW_HOST_SECRET.');
	if (await listens(config.port)) throw new NotNow('A server is running. Stop every node first.');
	const database = await openDatabase(config);
	try {
		const sealed = await listSealed(database.db);
		if (sealed.length > 0)
			throw new NotNow(`Not now: the database holds ${sealed.join('; ')}. Wait until they are gone.`);
		const count = await resealKeys(config.keyring, new SecretBox(config.hostSecret), new SecretBox(next.hostSecret));
		return `${count} files of the keyring are sealed under the new secret. Put it in place of the old one.`;
	} finally {
		await database.close();
	}
}

await told(change());
