import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databaseKinds } from '../../support/databases.ts';
import type { Options } from '../../support/environment.ts';
import { everyRow } from '../../support/every-row.ts';
import { openLetter } from '../../support/open-letter.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { MailingSeat, minutesPass, staffList } from './mailing-desk.ts';

const mailed = ({ relay }: TestServer): string[] => relay.mails.flatMap(({ to }) => to).sort();

/** Approved by two, and not begun. */
async function approved(options: Options, addresses: string[]) {
	const server = await startServer(options);
	const letter = await openLetter(server);
	const [ada, kim] = await Promise.all([0, 1].map((by) => MailingSeat.at(server, letter, by)));
	if (!ada || !kim) throw new Error('there are two');
	await ada.propose(addresses);
	await kim.approve();
	return { server, letter, ada, kim };
}

describe.each(databaseKinds)('a mailing on its way (%s)', (database) => {
	test('so many go out a minute; it is held up, goes on, and leaves no address behind, nor in what the queue and the logs keep', async () => {
		const list = staffList(14);
		const { server, kim, letter } = await approved({ database, rosterRate: 5 }, list);
		const search = async () => {
			const { rows } = await sql<{ row: string }>`select t::text as row from pgboss.job t`.execute(server.deps.db);
			const kept = [...(await everyRow(server.deps.db)), ...rows.map(({ row }) => row), ...server.logs].join('\n');
			expect(kept).toContain(letter.id);
			// Bytes are written in hexadecimal.
			for (const one of ['quillfeather', Buffer.from('quillfeather').toString('hex')]) expect(kept).not.toContain(one);
		};
		await search();
		await minutesPass(server, 1);
		await server.due();
		expect(mailed(server).length).toBe(5);
		await search();
		// Of codes that went out the order is gone: all are written by one transaction.
		const written = sql<{ by: string }>`select distinct xmin::text as by from vouchers`;
		expect((await written.execute(server.deps.db)).rows).toHaveLength(1);
		await kim.turn('paused');
		await minutesPass(server, 2);
		expect(mailed(server).length).toBe(5);
		await kim.turn('sending');
		await minutesPass(server, 2);
		await search();
		expect(await kim.mailing()).toMatchObject({ state: 'done', sent: 14, turnedBy: kim.organizer.id });
		expect(mailed(server)).toEqual(list);
		expect((await everyRow(server.deps.db)).filter((row) => row.startsWith('roster_mails '))).toEqual([]);
	});

	test('when the letter closes in the middle of it, or is given up, nothing is left of it, and nothing more goes out', async () => {
		for (const end of ['closed', 'abandoned'] as const) {
			const { server, letter } = await approved({ database, rosterRate: 5 }, staffList(12));
			await minutesPass(server, 1);
			await server.due(new Date(end === 'closed' ? letter.charter.closesAt : letter.charter.expiresOn));
			await minutesPass(server, 3);
			expect([end, mailed(server).length]).toEqual([end, 5]);
			const rows = await everyRow(server.deps.db);
			expect(rows.filter((row) => /^(roster_\w+|vouchers) |^approvals .*,mailing,/.test(row))).toEqual([]);
		}
	});
});

describe('what the relay does not take, or does not answer', () => {
	test('what the relay takes later is sent later, once; what it never takes is counted, and what may have gone is not sent again', async () => {
		const list = staffList(10);
		const [refused = '', ...taken] = list;
		const { server, ada } = await approved({ database: 'postgres' }, list);
		server.relay.fail(true);
		await minutesPass(server, 1);
		expect(await ada.mailing()).toMatchObject({ state: 'sending', sent: 0, refused: 0, unknown: 0 });
		server.relay.fail(false);
		server.relay.refuse(refused, true);
		await minutesPass(server, 2);
		expect(mailed(server)).toEqual([]);
		server.clock.advance(15);
		await minutesPass(server, 2);
		expect(await ada.mailing()).toMatchObject({ state: 'done', sent: 9, refused: 1, unknown: 0 });
		expect(mailed(server)).toEqual(taken);
		// Of the tries that came to nothing no code is left.
		const codes = await server.deps.db.selectFrom('vouchers').select('hash').execute();
		expect(codes.length).toBe(10);
	});

	test('a connection that breaks off leaves a mail of which nobody knows; a server that died, too; neither is sent again', async () => {
		const { server, ada } = await approved({ database: 'postgres' }, staffList(10));
		// As a server that died leaves them: taken, and not settled.
		const some = server.deps.db.selectFrom('roster_mails').select('id').orderBy('id').limit(3);
		const died = { box: null, taken_at: server.clock.now() };
		await server.deps.db.updateTable('roster_mails').set(died).where('id', 'in', some).execute();
		server.relay.drop(true);
		await minutesPass(server, 1);
		server.relay.drop(false);
		await minutesPass(server, 2);
		expect(await ada.mailing()).toMatchObject({ state: 'sending', sent: 0, unknown: 7 });
		await minutesPass(server, 4);
		expect(await ada.mailing()).toMatchObject({ state: 'done', sent: 0, refused: 0, unknown: 10 });
	});

	test('while the relay cannot be reached nothing is spent', async () => {
		const { server, ada } = await approved({ database: 'postgres' }, staffList(10));
		await server.relay.stop();
		await minutesPass(server, 3);
		expect(await ada.mailing()).toMatchObject({ state: 'sending', sent: 0, refused: 0, unknown: 0 });
		const rows = await server.deps.db.selectFrom('roster_mails').select(['box', 'tries']).execute();
		expect(rows.filter(({ box, tries }) => box !== null && tries === 0).length).toBe(10);
	});
});
