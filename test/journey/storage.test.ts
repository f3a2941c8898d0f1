/**
 * What is left of people on the disk of a host, once they have signed: nothing that names them, in any form that can be searched or
 * guessed against a staff directory. Dumps the database, walks its files, its write-ahead log included, and reads the log.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { signLetter } from '../../server/command/client/signing.ts';
import { onDisk } from '../support/database-files.ts';
import { databaseKinds } from '../support/databases.ts';
import { hours, instant, wholeDraft } from '../support/drafts.ts';
import { filesBelow } from '../support/files-below.ts';
import { Needles } from '../support/needles.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { worldOf } from '../support/world.ts';

const PEOPLE = [
	{ name: 'Amarantha Okaforsson', title: 'Chief xylophonist', local: 'amarantha.okaforsson' },
	{ name: 'Mateusz Łukasiewiczyk', title: 'Wharfinger of data', local: 'mlukasiewiczyk' },
	{ name: 'نورالهدى الخطيبي', title: 'مصممة منتجات', local: 'nourhuda.alkhatibi' },
	{ name: 'Anonyma Quietwood', title: '', local: 'anonyma.quietwood' },
	{ name: 'Nemo Stillwater', title: '', local: 'nemo.stillwater' },
];
const addressOf = (person: (typeof PEOPLE)[number]) => `${person.local}@northwind.example`;

describe.each(databaseKinds)('the disk of a host (%s)', (database) => {
	test('holds no address, and before the release no name', async () => {
		const server = await startServer({ database });
		const world = worldOf(server);
		const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
		const invite = await organizers.open();
		for (const [n, person] of PEOPLE.entries()) {
			const { name, title } = person;
			const appear =
				n < 3
					? ({ shown: 'named', name, title, condition: null } as const)
					: ({ shown: 'anonymous', label: null, condition: null } as const);
			await signLetter(world, invite, appear, { address: addressOf(person) });
		}
		// Somebody only asks, somebody asks for what is no work address, somebody mistypes the code.
		await server.send('/api/confirmations', { letter: 'x', address: 'wrong.turnpike@northwind.example' });

		await searchDisk(server, ['beforeTheTick', 'whileOpen']);
		await server.due(new Date(server.clock.now().getTime() + hours(2)));
		await searchDisk(server, ['afterTheTick']);
		await organizers.decide('close');
		await server.due(new Date(server.clock.now().getTime() + hours(25)));
		await organizers.openNames();
		await searchDisk(server, ['inReview']);
		const releaseAt = new Date(server.clock.now().getTime() + hours(1));
		await organizers.release('on-disk', instant(releaseAt));
		await searchDisk(server, ['scheduled']);

		await server.due(releaseAt);
		// The names of those who signed by name are public now. Their addresses never are, nor who signed anonymously.
		const anonymous = PEOPLE.slice(3).map(({ name }) => Buffer.from(name));
		const addresses = PEOPLE.flatMap((person) => addressForms(addressOf(person)));
		await expectAbsent(server, [...anonymous, ...addresses], 'released', Buffer.from(PEOPLE[0]?.name ?? ''));
	});
});

async function searchDisk(server: TestServer, when: string[]): Promise<void> {
	const names = PEOPLE.flatMap(({ name, title }) => [name, title]).filter((text) => text !== '');
	const absent = [...names, 'wrong.turnpike'].map((text) => Buffer.from(text));
	await expectAbsent(server, [...absent, ...PEOPLE.flatMap((person) => addressForms(addressOf(person)))], when.join());
}

/** The address, its local part, its plain hashes, each in the ways in which bytes are written down. */
function addressForms(address: string): Buffer[] {
	const [local = ''] = address.split('@');
	const hashes = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'].map((name) => createHash(name).update(address).digest());
	const plain = [address, local].map((text) => Buffer.from(text));
	return [...plain, ...hashes].flatMap((bytes) => [
		bytes,
		Buffer.from(bytes.toString('hex')),
		Buffer.from(bytes.toString('base64').replace(/=*$/, '').slice(0, -1)),
		Buffer.from(bytes.toString('base64url').slice(0, -1)),
	]);
}

type Place = { where: string; bytes: Buffer };

/** @param present what must be there: found by the same search, so that it is known to work */
async function expectAbsent(
	server: TestServer,
	absent: Buffer[],
	when: string,
	present = Buffer.from('We refuse to be complicit'),
): Promise<void> {
	const needles = new Needles([present, ...absent]);
	const found = (await everything(server)).flatMap(({ where, bytes }) =>
		needles.in(bytes).map((needle) => ({ needle, where: `${when}: ${where}: ${needle.toString('latin1')}` })),
	);
	expect(found.some(({ needle }) => needle === present)).toBe(true);
	expect(found.filter(({ needle }) => needle !== present).map(({ where }) => where)).toEqual([]);
}

async function everything(server: TestServer): Promise<Place[]> {
	return [
		...(await dump(server)),
		...files(server.data),
		...files(server.keyring),
		...(server.deps.config.databaseUrl === undefined ? [] : await clusterFiles(server)),
		{ where: 'log', bytes: Buffer.from(server.logs.join('\n')) },
	];
}

/** Every row of every table of every schema, bytes as hexadecimal and as they are. */
async function dump({ deps: { db } }: TestServer): Promise<Place[]> {
	const tables = await sql<{ schema: string; name: string }>`
		select table_schema as schema, table_name as name from information_schema.tables
		where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
	const places: Place[] = [];
	for (const { schema, name } of tables.rows) {
		const rows = await sql<{ row: string }>`select t::text as row from ${sql.table(`${schema}.${name}`)} as t`.execute(
			db,
		);
		for (const { row } of rows.rows) {
			const raw = [...row.matchAll(/\\\\?x([0-9a-f]{2,})/g)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
			places.push({ where: `${schema}.${name}`, bytes: Buffer.concat([Buffer.from(row), ...raw]) });
		}
	}
	return places;
}

const files = (folder: string): Place[] => [...filesBelow(folder)].map(({ path, bytes }) => ({ where: path, bytes }));

/** The files of this database in its cluster, and the cluster's write-ahead log. */
async function clusterFiles({ deps: { db } }: TestServer): Promise<Place[]> {
	const at = await onDisk(db);
	return [...files(join(at.folder, 'base', at.oid)), ...files(join(at.folder, 'pg_wal'))];
}
