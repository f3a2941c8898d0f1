import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { openDatabase } from '../../../server/database.ts';
import { runDue } from '../../../server/due.ts';
import { SettableClock } from '../../../server/platform/clock.ts';
import { raiseRevision, readRevision } from '../../../server/published/rendered-store.ts';
import { deliver } from '../../../server/release/deliver.ts';
import { listDeliveries, markSending } from '../../../server/release/delivery-store.ts';
import { serve } from '../../../server/serve.ts';
import type { DeskView } from '../../../shared/api/desk.ts';
import { deliveriesHash } from '../../../shared/release.ts';
import { databaseKinds } from '../../support/databases.ts';
import { newEnvironment } from '../../support/environment.ts';
import { everyRow } from '../../support/every-row.ts';
import { testDeliveries } from '../../support/letter.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { spawnIn } from '../../support/spawned-process.ts';
import { MINUTE, placeInReview, REVIEW, type Review } from './in-review.ts';

const [board = ''] = testDeliveries;
const minutes = (count: number) => new Date(MINUTE.getTime() + count * 60_000);
const days = (count: number) => minutes(count * 24 * 60);

async function begin(database: 'pglite' | 'postgres' = 'pglite'): Promise<{ server: TestServer; review: Review }> {
	const server = await startServer({ database, now: REVIEW });
	const review = await placeInReview(server);
	await review.schedule(await review.compose());
	return { server, review };
}

async function onDesk(review: Review): Promise<DeskView['deliveries']> {
	await review.logIn();
	return (await review.ask(0, 'GET', '/api/desk')).body.deliveries as DeskView['deliveries'];
}

describe.each(databaseKinds)('delivery to the addressees (%s)', (database) => {
	test('at the release the letter goes out once, with the PDF as it is published; until then no address can be read', async () => {
		const { server, review } = await begin(database);
		expect(await onDesk(review)).toEqual([{ address: board, state: 'waiting' }]);
		expect(JSON.stringify(await everyRow(server.deps.db))).not.toContain(board);
		await server.due(minutes(-1));
		expect(server.relay.mails).toEqual([]);
		await server.due(MINUTE);
		await server.due(minutes(1));
		await server.due(days(2));
		const [mail, ...more] = server.relay.mails;
		expect(more).toEqual([]);
		expect(mail).toMatchObject({ to: [board], from: 'post@mail.example' });
		expect(mail?.text).toContain(`${review.letter.charter.origin}/letters/a-letter/\n`);
		const published = await server.fetch('/letters/a-letter/letter.pdf');
		expect(mail?.attachments).toEqual([
			{ name: 'letter.pdf', mediaType: 'application/pdf', bytes: new Uint8Array(await published.arrayBuffer()) },
		]);
		expect(await onDesk(review)).toEqual([{ address: board, state: 'sent' }]);
		expect(server.logs.join('')).not.toContain('board@');
		await server.due(days(31));
		expect(await onDesk(review)).toEqual([]);
	});

	test('addresses that were written in the draft are gone from it with the release', async () => {
		const { server, review } = await begin(database);
		const { db } = server.deps;
		const draft = JSON.stringify({ title: 'Zażółć “it”', deliveries: ['ceo@acme.example'], smallestCell: 5 });
		await db.updateTable('letters').set({ draft }).where('id', '=', review.id).execute();
		await server.due(MINUTE);
		const row = await db.selectFrom('letters').select('draft').where('id', '=', review.id).executeTakeFirst();
		expect(JSON.parse(row?.draft ?? '')).toEqual({ title: 'Zażółć “it”', smallestCell: 5 });
	});

	test('two nodes at the same moment send one mail', async () => {
		const { server, review } = await begin(database);
		await server.due(MINUTE);
		const { db } = server.deps;
		await db.updateTable('deliveries').set({ state: 'waiting' }).execute();
		const [row] = await listDeliveries(db, review.id);
		server.relay.mails.length = 0;
		await Promise.all([1, 2, 3].map(() => deliver(server.deps, row?.id ?? '')));
		expect(server.relay.mails).toHaveLength(1);
	});

	test('one withdrawal after the other puts the mail off for half an hour: then it goes without the PDF, which would name somebody', async () => {
		const { server, review } = await begin(database);
		const { db } = server.deps;
		server.relay.fail(true);
		await server.due(MINUTE);
		server.relay.fail(false);
		const [row] = await listDeliveries(db, review.id);
		const due = row?.dueAt.getTime() ?? 0;
		const askAgain = async (waited: number) => {
			// In each minute, while the files without the one before are made.
			await db.transaction().execute((trx) => raiseRevision(trx, review.id));
			server.clock.set(new Date(due + waited * 60_000));
			await deliver(server.deps, row?.id ?? '');
		};
		for (const waited of [0, 1, 29]) await askAgain(waited);
		expect(server.relay.mails).toEqual([]);
		expect(server.logs.join('')).not.toContain('delivery without PDF');
		await askAgain(30);
		await askAgain(31);
		const [mail, ...more] = server.relay.mails;
		expect(more).toEqual([]);
		expect(mail).toMatchObject({ to: [board], attachments: [] });
		expect(mail?.text).toContain(`The letter as a PDF: ${review.letter.charter.origin}/letters/a-letter/letter.pdf\n`);
		expect(await onDesk(review)).toEqual([{ address: board, state: 'sent' }]);
		expect(server.logs.filter((line) => line.includes('delivery without PDF'))).toHaveLength(1);
	});
});

test('a relay that asks to wait is asked again later; one that refuses for good is not', async () => {
	const { server, review } = await begin();
	server.relay.fail(true);
	await server.due(MINUTE);
	expect(await onDesk(review)).toEqual([{ address: board, state: 'waiting' }]);
	await server.due(minutes(0.5));
	server.relay.fail(false);
	await server.due(minutes(0.7));
	expect(server.relay.mails).toEqual([]);
	await server.due(minutes(2));
	expect(server.relay.mails).toHaveLength(1);

	const other = await begin();
	other.server.relay.refuse(board, true);
	await other.server.due(MINUTE);
	other.server.relay.refuse(board, false);
	await other.server.due(days(1));
	expect(other.server.relay.mails).toEqual([]);
	expect(await onDesk(other.review)).toEqual([{ address: board, state: 'refused' }]);
});

test('nobody who has just withdrawn is named in a mail: it waits until the files are without them', async () => {
	const { server, review } = await begin();
	const { db } = server.deps;
	server.relay.fail(true);
	await server.due(MINUTE);
	server.relay.fail(false);
	await db.transaction().execute((trx) => raiseRevision(trx, review.id));
	server.clock.set(minutes(2));
	const [row] = await listDeliveries(db, review.id);
	await deliver(server.deps, row?.id ?? '');
	expect(server.relay.mails).toEqual([]);
	expect(await onDesk(review)).toEqual([{ address: board, state: 'waiting' }]);
	await server.due(minutes(3));
	await server.due(minutes(4));
	expect(server.relay.mails).toHaveLength(1);
});

test('where the connection breaks off after the mail, or nobody comes back, it is not known and not sent again', async () => {
	const { server, review } = await begin();
	server.relay.drop(true);
	await server.due(MINUTE);
	expect(await onDesk(review)).toEqual([{ address: board, state: 'unknown' }]);
	server.relay.drop(false);
	const { db } = server.deps;
	await db.updateTable('deliveries').set({ state: 'waiting' }).execute();
	const [row] = await listDeliveries(db, review.id);
	const { revision } = await readRevision(db, review.id);
	// Somebody withdrew after the PDF was read.
	expect(await markSending(db, row?.id ?? '', revision - 1, minutes(60), minutes(75))).toBe(false);
	expect(await markSending(db, row?.id ?? '', revision, minutes(60), minutes(75))).toBe(true);
	await server.due(minutes(74));
	expect(await onDesk(review)).toEqual([{ address: board, state: 'sending' }]);
	await server.due(minutes(76));
	expect(await onDesk(review)).toEqual([{ address: board, state: 'unknown' }]);
	await server.due(days(1));
	expect(server.relay.mails).toEqual([]);
});

test('a server that is killed while it hands a mail over never sends a second one', async () => {
	const environment = await newEnvironment({ database: 'postgres' });
	const first = await serve(readConfig(environment.variables), () => {}, {
		...{ clock: new SettableClock(REVIEW), runsDueByItself: false },
	});
	const review = await placeInReview({ origin: environment.origin, deps: first.deps });
	await review.schedule(await review.compose());
	await first.stop();
	environment.relay.hang(true);
	const server = await spawnIn(environment, REVIEW);
	onTestFinished(server.stop);
	const { db, close } = await openDatabase(readConfig(environment.variables));
	const stateOf = async () => (await listDeliveries(db, review.id)).map(({ state }) => state);
	// It is killed before anything settles.
	const dead = expect(server.setTime(MINUTE)).rejects.toThrow();
	await vi.waitFor(async () => expect(await stateOf()).toEqual(['sending']), { timeout: 60_000 });
	await server.kill();
	await dead;
	environment.relay.hang(false);
	const clock = new SettableClock(minutes(5));
	const next = await serve(readConfig(environment.variables), () => {}, { clock, runsDueByItself: false });
	await runDue(next.deps);
	expect(await stateOf()).toEqual(['sending']);
	clock.set(minutes(20));
	await runDue(next.deps);
	expect(await stateOf()).toEqual(['unknown']);
	await next.stop();
	await close();
	// The relay may have had the whole of it, or nothing.
	expect(environment.relay.mails.length).toBeLessThanOrEqual(1);
});

test('with the last approval come the addresses that were approved, each one plain; a stop deletes them', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	const composed = await review.compose({ deliveries: await deliveriesHash(['ceo@acme.example']) });
	await review.propose(0, composed);
	await review.approve(0, composed);
	const other = await review.approve(1, composed, true);
	expect(other).toMatchObject({ status: 422, body: { code: 'release-invalid', field: 'deliveries' } });
	const wrong = ['ceo@acme.example, all@acme.example'];
	const hostile = await review.compose({ deliveries: await deliveriesHash(wrong) });
	await review.propose(0, hostile);
	await review.approve(0, hostile);
	expect(await review.approve(1, hostile, wrong)).toMatchObject({ status: 422, body: { field: 'deliveries' } });
	const good = await review.compose();
	await review.schedule(good);
	expect(await onDesk(review)).toHaveLength(1);
	await review.stop(2, good);
	expect(await onDesk(review)).toEqual([]);
	await server.due(days(1));
	expect(server.relay.mails).toEqual([]);
});
