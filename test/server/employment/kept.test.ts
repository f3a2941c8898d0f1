import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Db } from '../../../server/database.ts';
import { databaseKinds } from '../../support/databases.ts';
import { filesBelow } from '../../support/files-below.ts';
import { openLetter } from '../../support/open-letter.ts';
import { startServer } from '../../support/server.ts';
import { ask, askForCode } from './asking.ts';

/** Every row of every table, of the job queue too, as a dump writes them. */
async function dump(db: Db): Promise<string> {
	const tables = await sql<{ name: string }>`
		select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
		where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
	const parts: string[] = [];
	for (const { name } of tables.rows) {
		const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(db);
		parts.push(name, ...rows.map(({ row }) => row));
	}
	return parts.join('\n');
}

/** As it might be written: plain, in base64 at each offset, in hexadecimal, or hashed without a key. */
function spellings(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const shifted = [0, 1, 2].map((offset) => {
		const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
		return text.slice(offset === 0 ? 0 : offset + 1, -2);
	});
	const hashes = ['md5', 'sha1', 'sha256'].flatMap((name) => {
		const digest = createHash(name).update(bytes).digest();
		return [digest.toString('hex'), digest.toString('base64url')];
	});
	return [secret, bytes.toString('hex'), ...shifted, ...hashes];
}

test.each(databaseKinds)(
	'after proving and signing by name (%s), no address, name or code is in the database, its files or the logs',
	async (database) => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const address = 'zebulon.quillfeather@northwind.example';
		const kim = await letter.signer();
		await kim.appear({ shown: 'named', name: 'Zebulon Quillfeather', title: 'Lamplighter', condition: null });
		const first = await askForCode(server, letter, 'Zebulon.Quillfeather@northwind.example'.toLowerCase());
		const wrong = { by: 'code', confirmation: first.confirmation, code: first.wrong };
		await ask(server, '/api/proofs', { secret: wrong, request: null, attest: null });
		await kim.askForCode(address);
		const { text } = await server.relay.mailTo(address);
		await kim.proveByCode(text.slice(0, 8));
		await kim.sign();
		server.relay.fail(true);
		await ask(server, '/api/confirmations', { letter: letter.id, address });
		await ask(server, '/api/confirmations', { letter: letter.id, address: `${address}, x@evil.example` });
		await server.deps.afterwards.idle();

		const link = /#([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? 'no link';
		const secrets = [address, 'quillfeather', 'Quillfeather', 'zebulon', 'Lamplighter', link];
		// Eight digits stand in large files by chance.
		const codes = [text.slice(0, 8), first.code];
		const search = (where: string, what: string, sought = secrets) => {
			for (const secret of sought) {
				for (const spelling of spellings(secret)) expect(what.includes(spelling), `${secret} in ${where}`).toBe(false);
			}
		};
		const kept = await dump(server.deps.db);
		expect(kept).toContain(letter.id);
		search('the database', kept, [...secrets, ...codes]);
		search('the logs', server.logs.join('\n'), [...secrets, ...codes]);
		for (const folder of [server.data, server.keyring])
			for (const { path, bytes } of filesBelow(folder)) search(path, bytes.toString('latin1'));
		const times = await sql<{ finest: Date }>`select max(expires_hour) as finest from confirmations`.execute(
			server.deps.db,
		);
		expect(times.rows[0]?.finest.toISOString()).toMatch(/:00:00\.000Z$/);
	},
);
