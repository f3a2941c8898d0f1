/** DATA of the embedded database is what its operator copies: its write-ahead log must not keep the order in which people came. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../server/database.ts';
import { newPlace } from '../support/databases.ts';
import { filesBelow } from '../support/files-below.ts';
import { openLetter } from '../support/open-letter.ts';
import { startServer } from '../support/server.ts';
import { codeIn } from '../support/world.ts';

/** Which of these stand in the log's files, whatever the files are used for. */
function inLog(data: string, needles: readonly string[]): string[] {
	const folder = join(data, 'database', 'pglite', 'pg_wal');
	const bytes = [...filesBelow(folder)].map((file) => file.bytes);
	expect(bytes.length).toBeGreaterThan(0);
	return needles.filter((needle) => bytes.some((one) => one.includes(needle)));
}

test('in the minute after a tick it lets go of whoever signed before', async () => {
	const server = await startServer({ database: 'pglite' });
	const letter = await openLetter(server);
	for (const name of ['Kim', 'Lee', 'Nora']) {
		const signer = await letter.signer();
		await signer.appear({ shown: 'named', name, title: '', condition: null });
		await signer.askForCode(`${name}@northwind.example`);
		await signer.proveByCode(codeIn((await server.relay.mailTo(`${name.toLowerCase()}@northwind.example`)).text));
		await signer.sign();
	}
	const keys = (await server.deps.db.selectFrom('signatures').select('key').execute()).map(({ key }) => key);
	expect(keys).toHaveLength(3);
	expect(inLog(server.data, keys)).toEqual(keys);
	await server.due();
	// The tick wrote them all once more, in another order.
	expect(inLog(server.data, keys)).toEqual(keys);
	await server.due();
	expect(inLog(server.data, keys)).toEqual([]);
});

test('a server that was stopped leaves nothing in it, however little came since the tick', async () => {
	const place = await newPlace('pglite');
	onTestFinished(place.remove);
	for (const attempt of ['the first of them', 'the second of them']) {
		const { db, close } = await openDatabase(place);
		await db.insertInto('unswept').values({ letter: 'a', attempt }).execute();
		expect(inLog(place.data, [attempt])).toEqual([attempt]);
		await close();
		expect(inLog(place.data, [attempt])).toEqual([]);
	}
	const { db, close } = await openDatabase(place);
	expect(await db.selectFrom('unswept').select('attempt').execute()).toHaveLength(2);
	await close();
});
