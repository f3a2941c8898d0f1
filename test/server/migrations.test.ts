import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import * as letters from '../../migrations/0001-letters.ts';
import * as folder from '../../migrations/0002-published-folder.ts';
import { onEachDatabase } from '../support/databases.ts';

/** As the first version stored a released letter: the page has no name, the twin of each file is another file. */
const released = [
	`insert into letters (id, state, root, slug) values ('a', 'released', 'root', 'a-letter')`,
	`insert into published (letter, path, media_type, etag, body) values
		('a', '', 'text/html', '"1"', 'page'), ('a', '.br', 'text/html', '"2"', 'packed page'),
		('a', 'release.json', 'application/json', '"3"', 'file'), ('a', 'release.json.br', 'application/json', '"4"', 'packed file'),
		('a', 'release.json.jws', 'application/jose', '"5"', repeat('j', 1048577)::bytea)`,
];

onEachDatabase('a database of the first version', (open) => {
	test('with a released letter keeps its files, each in its codings, and has it rendered again', async () => {
		const { db } = await open();
		await sql`drop schema public cascade`.execute(db);
		await sql`create schema public`.execute(db);
		const upTo = async (migrations: Record<string, typeof letters>) => {
			const { error } = await new Migrator({
				db,
				provider: { getMigrations: async () => migrations },
			}).migrateToLatest();
			expect(error).toBeUndefined();
		};
		await upTo({ '0001-letters': letters });
		for (const statement of released) await sql.raw(statement).execute(db);
		await upTo({ '0001-letters': letters, '0002-published-folder': folder });

		const files = await db
			.selectFrom('published')
			.select(['path', 'coding', 'slice', 'etag', 'length', 'body'])
			.orderBy('etag')
			.orderBy('slice')
			.execute();
		expect(files.map(({ body, ...file }) => ({ ...file, body: Buffer.from(body).toString().slice(0, 20) }))).toEqual([
			{ path: 'index.html', coding: 'identity', slice: 0, etag: '"1"', length: 4, body: 'page' },
			{ path: 'index.html', coding: 'br', slice: 0, etag: '"2"', length: 11, body: 'packed page' },
			{ path: 'release.json', coding: 'identity', slice: 0, etag: '"3"', length: 4, body: 'file' },
			{ path: 'release.json', coding: 'br', slice: 0, etag: '"4"', length: 11, body: 'packed file' },
			{ path: 'release.json.jws', coding: 'identity', slice: 0, etag: '"5"', length: 1048577, body: 'j'.repeat(20) },
			{ path: 'release.json.jws', coding: 'identity', slice: 1, etag: '"5"', length: 1048577, body: 'j' },
		]);
		const letter = await db
			.selectFrom('letters')
			.select(['revision', 'rendered', 'rendered_by', 'listed', 'staged'])
			.executeTakeFirst();
		expect(letter).toEqual({ revision: 0, rendered: -1, rendered_by: null, listed: false, staged: -1 });
		const storage = await sql<{ how: string }>`
			select attstorage as how from pg_attribute
			where attname in ('body', 'box') and attrelid in ('published'::regclass, 'staged'::regclass)`.execute(db);
		expect(storage.rows).toEqual([{ how: 'e' }, { how: 'e' }]);
	});
});
