/** Whoever runs a host takes a released letter off it, with the command, on the database of a running server: what everybody, signers, journalists and organizers meet then, and how it comes back. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { eraseTakenDown, putBack, takeDown } from '../../../server/letter/take-down.ts';
import { openSession } from '../../../server/organizer/session.ts';
import { readFilesList } from '../../../server/published/files-list.ts';
import { deliver } from '../../../server/release/deliver.ts';
import { isSlugTaken } from '../../../server/release/release-store.ts';
import type { DeskView } from '../../../shared/api/desk.ts';
import { fromUtf8, newId } from '../../../shared/bytes.ts';
import { recount } from '../../../shared/recount.ts';
import { wordsInTableFiles } from '../../support/database-files.ts';
import { databaseKinds } from '../../support/databases.ts';
import { everyRow } from '../../support/every-row.ts';
import { type Released, release } from '../press/released.ts';
import { placeInReview } from '../release/in-review.ts';

const few = { signers: [{ name: 'Amara Okafor' }, { name: 'Żaneta Łęcka', title: 'Engineer' }] };
const order = { ordered: true, authority: 'Court of <Exampletown>' };
const command = resolve(import.meta.dirname, '../../../server/command/take-down.ts');

const addresses = ['', '/', '/index.html', '/embed.html', '/release.json', '/assets/gone.js', '/nothing-there'];

async function statuses({ server }: Released): Promise<number[]> {
	// As two seconds later: the command runs in another process.
	server.deps.kept.clear();
	const answers = await Promise.all(addresses.map((path) => server.fetch(`/letters/a-letter${path}`)));
	return answers.map(({ status }) => status);
}

async function read({ server }: Released, path: string): Promise<{ status: number; headers: Headers; page: string }> {
	const answer = await server.fetch(path, { headers: { accept: 'text/html' } });
	return { status: answer.status, headers: answer.headers, page: await answer.text() };
}

/** Said again as often as it takes: other tests work in other databases of the same PostgreSQL. Each time waits for four seconds itself. */
async function untilSwept({ server: { deps } }: Released): Promise<void> {
	for (let done = false; !done; ) {
		const { found, swept } = await eraseTakenDown(deps, 'a-letter');
		expect(found).toMatchObject({ erased: true });
		done = swept;
	}
}

async function cookie({ server: { deps }, review }: Released): Promise<string> {
	const session = await openSession(deps.db, review.letter.organizers[0]?.id ?? '', deps.clock.now());
	return `organizer=${session}`;
}

async function inviteLink({ review }: Released): Promise<string> {
	return String((await review.ask(0, 'POST', '/api/desk/links', { note: '' })).body.link);
}

const deskOf = ({ seats: [one] }: Released): Promise<DeskView> => one.view();

/** The folder as organizers take it along. */
async function takenAlong(letter: Released): Promise<Map<string, Uint8Array>> {
	const answer = await letter.server.fetch('/api/desk/folder', { headers: { cookie: await cookie(letter) } });
	expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
	const files = Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer())));
	return new Map(files.map(([path, bytes]) => [path.replace(/^a-letter\//, ''), bytes]));
}

describe.each(databaseKinds)('taking a released letter down (%s)', (database) => {
	test('every address of its folder says so, with the reason; organizers are told at the desk and can take it along; put back, it is there again without whoever left', async () => {
		const letter = await release(database, few);
		const { server, review } = letter;
		const { deps } = server;
		const link = await inviteLink(letter);
		expect(await statuses(letter)).toEqual([308, 200, 200, 200, 200, 404, 404]);
		expect(await takeDown(deps, 'another-letter', order)).toBe('unknown');
		expect(await takeDown(deps, 'a-letter', order)).toBe('shown');
		expect(await statuses(letter)).toEqual([451, 451, 451, 451, 451, 451, 451]);
		const { headers, ...answer } = await read(letter, '/letters/a-letter/');
		// RFC 7725, section 4: whoever refuses, not whoever demanded it.
		expect(headers.get('link')).toBe(`<${server.origin}>; rel="blocked-by"`);
		expect(headers.get('cache-control')).toBe('no-store');
		expect(answer.page).toContain('because of a legal demand by <b><bdi>Court of &lt;Exampletown&gt;</bdi></b>');
		expect(answer.page).toMatch(/on <time datetime="\d{4}-\d\d-\d\d">/);
		expect(answer.page).not.toMatch(/Amara|Łęcka/);
		const invited = await read(letter, `/l/${link}`);
		expect([invited.status, invited.page]).toEqual([200, expect.stringContaining('not shown here')]);
		const day = deps.clock.now().toISOString().slice(0, 10);
		expect((await deskOf(letter)).letter.takeDowns).toEqual([{ day, ...order, putBackOn: null }]);

		// What it holds is whole, and recounts.
		const folder = await takenAlong(letter);
		const text = (path: string) => fromUtf8(folder.get(path) ?? new Uint8Array());
		const listed = readFilesList(text('files.json')) ?? [];
		expect([...folder.keys()].toSorted()).toEqual([...listed.map(({ path }) => path), 'files.json'].toSorted());
		for (const { path, bytes } of listed) expect(folder.get(path)).toHaveLength(bytes);
		const report = await recount(text('release.json'), { jws: text('release.json.jws') });
		expect(report.fault).toBeNull();

		// The reason can be said anew; the day stays. Without one it is no matter of law.
		expect(await takeDown(deps, 'a-letter', { ordered: false, authority: null })).toMatchObject({ day, ...order });
		expect(await statuses(letter)).toEqual([410, 410, 410, 410, 410, 410, 410]);
		expect((await read(letter, '/letters/a-letter/')).headers.get('link')).toBeNull();

		await review.withdraw(0);
		await letter.rendered();
		expect(await putBack(deps, 'a-letter')).toMatchObject({ day });
		expect(await putBack(deps, 'a-letter')).toBe('shown');
		expect(await statuses(letter)).toEqual([308, 200, 200, 200, 200, 404, 404]);
		const all = await letter.file('all.html');
		expect(all).not.toContain('Amara Okafor');
		expect(all).toContain('Żaneta Łęcka');
		expect((await deskOf(letter)).letter.takeDowns).toMatchObject([{ day, putBackOn: day }]);
	});

	test('erased, after it was taken down: nothing is left but that, at its address and behind its links; nobody else gets the address, and nothing fails', async () => {
		const letter = await release(database, few);
		const { server, review } = letter;
		const { deps } = server;
		const link = await inviteLink(letter);
		const session = await cookie(letter);
		// Rows of another letter lie behind its own, in every table.
		await placeInReview(server, {
			seed: 'the other letter',
			signers: [{ name: 'Somebody Else' }, { name: 'And Another' }],
		});
		const said = [...few.signers.map(({ name }) => name), ...review.letter.organizers.map(({ id }) => id)];
		const traces = [...said, review.letter.root];
		expect((await wordsInTableFiles(deps, traces)).toSorted()).toEqual(traces.toSorted());
		expect(await eraseTakenDown(deps, 'a-letter')).toEqual({ found: 'shown', swept: false });
		expect(await statuses(letter)).toContain(200);
		await takeDown(deps, 'a-letter', { ordered: true, authority: null });
		expect(await eraseTakenDown(deps, 'a-letter')).toMatchObject({ found: { erased: false } });
		await untilSwept(letter);
		expect(
			await wordsInTableFiles(
				deps,
				few.signers.map(({ name }) => name),
			),
		).toEqual([]);
		const rows = (await everyRow(deps.db)).join('\n');
		for (const trace of ['Amara', 'Okafor', 'Łęcka', review.letter.root]) expect(rows).not.toContain(trace);
		expect(await statuses(letter)).toEqual([451, 451, 451, 451, 451, 451, 451]);
		expect((await read(letter, '/letters/a-letter/')).page).toContain('Everything of it was erased here');
		expect((await read(letter, `/l/${link}`)).status).toBe(410);
		expect((await server.fetch('/api/desk/folder', { headers: { cookie: session } })).status).toBe(401);
		server.logs.length = 0;
		await server.due();
		expect(server.logs.filter((line) => line.includes('failure'))).toEqual([]);
		// The tables of the tick, too.
		expect(await wordsInTableFiles(deps, traces)).toEqual([]);
		expect(await isSlugTaken(deps.db, newId(), 'a-letter')).toBe(true);
		expect(await putBack(deps, 'a-letter')).toMatchObject({ erased: true });
		expect((await statuses(letter))[0]).toBe(451);
	});

	test('while it is down mails to addressees wait, and the front page and the list leave it out', async () => {
		const letter = await release(database, few);
		const { server } = letter;
		const { deps } = server;
		const sent = server.relay.mails.length;
		const [delivery] = await deps.db.updateTable('deliveries').set({ state: 'waiting' }).returning('id').execute();
		expect(delivery).toBeDefined();
		const shown = { slug: 'a-letter', title: 'Listed title', addressees: '', language: 'en', signatures: 2 };
		const listing = { ...shown, letter: letter.review.id, released_at: deps.clock.now() };
		await deps.db.insertInto('listings').values(listing).execute();
		const lists = async () => [(await read(letter, '/')).page, (await read(letter, '/letters')).page];
		for (const page of await lists()) expect(page).toContain('Listed title');
		await takeDown(deps, 'a-letter', order);
		for (const page of await lists()) expect(page).not.toContain('Listed title');
		await server.due();
		// One that a job of before the take-down still asks for.
		await deliver(deps, delivery?.id ?? '');
		expect(server.relay.mails).toHaveLength(sent);
		await putBack(deps, 'a-letter');
		await server.due();
		expect(server.relay.mails).toHaveLength(sent + 1);
		for (const page of await lists()) expect(page).toContain('Listed title');
	});
});

test('while a transaction of any database of the same PostgreSQL is older, what was deleted stays in the files, and nobody is told otherwise', async () => {
	const letter = await release('postgres', few);
	const { deps } = letter.server;
	const another = new URL(deps.config.databaseUrl?.reveal() ?? '');
	another.pathname = '/postgres';
	const client = new pg.Client({ connectionString: another.href });
	await client.connect();
	try {
		await client.query('begin');
		await client.query('select pg_current_xact_id()');
		await takeDown(deps, 'a-letter', order);
		expect(await eraseTakenDown(deps, 'a-letter')).toMatchObject({ found: { erased: false }, swept: false });
	} finally {
		await client.end();
	}
	await untilSwept(letter);
	const names = few.signers.map(({ name }) => name);
	expect(await wordsInTableFiles(deps, names)).toEqual([]);
});

test('the command says what it did and what to do first, beside a running server', async () => {
	const letter = await release('postgres', few);
	const { config } = letter.server.deps;
	const run = (...args: string[]) => {
		const env = {
			...{ PATH: process.env.PATH, ORIGIN: config.origin, DATA: config.data, KEYRING: config.keyring },
			...{ DATABASE_URL: config.databaseUrl?.reveal(), HOST_SECRET: config.hostSecret?.reveal() },
			...{ SMTP_URL: config.smtpUrl?.reveal(), MAIL_FROM: config.mailFrom },
		};
		const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { env, encoding: 'utf8' });
		return [status, stdout + stderr];
	};
	expect(run('a-letter', '--own-decision', '--authority', 'A')).toEqual([1, expect.stringContaining('Usage: npm run')]);
	expect(run('a-letter', '--erase')).toEqual([1, expect.stringContaining('Take it down first')]);
	expect(run('a-letter', '--ordered', '--authority', 'A court')).toEqual([
		0,
		expect.stringContaining('Nothing is erased'),
	]);
	expect(await statuses(letter)).toContain(451);
	// While a dump reads, the rows are erased and the files wait; said again, it is the files' turn.
	const { db } = letter.server.deps;
	await db.transaction().execute(async (trx) => {
		await sql`lock table published in access share mode`.execute(trx);
		expect(run('a-letter', '--erase')).toEqual([1, expect.stringMatching(/is erased.* Run --erase again/)]);
	});
	// A transaction that is older keeps what was deleted in the files, whatever it works at.
	await db.transaction().execute(async (trx) => {
		await sql`select pg_current_xact_id()`.execute(trx);
		expect(await eraseTakenDown(letter.server.deps, 'a-letter')).toMatchObject({ swept: false });
	});
	let last = run('a-letter', '--erase');
	while (last[0] !== 0) {
		expect(last).toEqual([1, expect.stringContaining('Run --erase again')]);
		last = run('a-letter', '--erase');
	}
	expect(last).toEqual([0, expect.stringContaining('has left the database’s files')]);
});
