/**
 * Seals the keyring under another host secret: NEW_HOST_SECRET, given like HOST_SECRET. Only while no server runs, and while the database holds nothing that is sealed
 * under the old one. Ends with 0, or 1 and the reason. See docs/operate.md, “Changing secrets”.
 */
import { createConnection } from 'node:net';
import { ConfigError, readConfig } from '../config.ts';
import { resealKeys } from '../credential/keyring.ts';
import type { Secret } from '../platform/secret.ts';
import { SecretBox } from '../platform/secret-box.ts';
import { openOwnDatabase } from './own-database.ts';
import { listSealed } from './sealed-store.ts';
import { flagsGiven, NotNow, told } from './told.ts';

const GIVE =
	'Give NEW_HOST_SECRET as HOST_SECRET is given: 32 random bytes or more (openssl rand -hex 32), or file: and the path of a file.';

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

/** @throws ConfigError that names the variable in which it was given */
function readNext(secret: string): Secret | undefined {
	try {
		return readConfig({ ...process.env, HOST_SECRET: secret }).hostSecret;
	} catch (failure) {
		if (!(failure instanceof ConfigError)) throw failure;
		throw new ConfigError(failure.message.replace(/^HOST_SECRET/gm, 'NEW_HOST_SECRET'));
	}
}

async function change(): Promise<string> {
	flagsGiven(`Usage: NEW_HOST_SECRET=… npm run change-secret\n${GIVE}`);
	const { NEW_HOST_SECRET } = process.env;
	const config = readConfig(process.env);
	const next = NEW_HOST_SECRET ? readNext(NEW_HOST_SECRET) : undefined;
	if (!next) throw new NotNow(GIVE);
	if (!config.hostSecret) throw new NotNow('Give HOST_SECRET, as the server has it.');
	if (await listens(config.port)) throw new NotNow('A server is running. Stop every node first.');
	const database = await openOwnDatabase(config);
	try {
		const sealed = await listSealed(database.db);
		if (sealed.length > 0)
			throw new NotNow(`Not now: the database holds ${sealed.join('; ')}. Wait until they are gone.`);
		const count = await resealKeys(config.keyring, new SecretBox(config.hostSecret), new SecretBox(next));
		return `${count} files of the keyring are sealed under the new secret. Put it in place of the old one.`;
	} finally {
		await database.close();
	}
}

await told(change());
