/** The tick of a large letter while people sign it: how long it takes, how long they wait, and what a second node adds. */
import { sql } from 'kysely';
import { type Db, openDatabase } from '../../../server/database.ts';
import { Secret } from '../../../server/platform/secret.ts';
import type { Charter } from '../../../shared/charter.ts';
import { RELEASED } from '../../support/sized/letter.ts';
import type { Bench } from '../bench.ts';
import { median, type Row, row, timed } from '../figures.ts';
import { Host, type Node } from '../signing/host.ts';
import type { Stage } from '../stage.ts';

/** People who begin to sign in a second; and for how many seconds of a tick there are people. */
const PER_SECOND = 20;
const SECONDS = 60;
/** Of the mails that wait, as on a busy day. */
const CONFIRMATIONS_OF = 5;
const MINUTE = 60_000;

export const tick: Bench = {
	name: 'tick',
	async measure(stage) {
		const { many, requests, times } = stage.scale;
		const host = await Host.start(stage);
		const [one, other] = await host.nodes(2);
		if (one === undefined || other === undefined) throw new Error('There are no nodes.');
		const db = await databaseOf(stage, one);
		stage.tell(`rows of ${many} people who have signed`);
		await fill(db, host.letter.charter, many);
		const crowd = new Crowd(host, [one, other], Math.min(requests, PER_SECOND * SECONDS));
		stage.tell('people who are about to sign');
		await crowd.prepare();
		// Whoever asks now has a code that is still good after the ticks' hour has begun.
		let now = RELEASED.getTime() + MINUTE;
		for (const { server } of [one, other]) await server.setTime(new Date(now));
		stage.tell(`${PER_SECOND} a second sign, without a tick`);
		const quiet = await crowd.signFor(Math.min(5, crowd.left / PER_SECOND / 4));
		const took: number[] = [];
		const plain: number[] = [];
		const signed: number[] = [];
		for (let time = 0; time < Math.min(times, 2); time++) {
			stage.tell('the same rows copied by one statement, then a tick while people sign');
			plain.push(await timed(() => copyPlainly(db)));
			now += 60 * MINUTE;
			const ticking = crowd.signWhile(() => timed(() => one.server.setTime(new Date(now))));
			const { result, journeys } = await ticking;
			took.push(result);
			signed.push(...journeys);
			// The other node's clock follows: what it is asked for from now on outlives the next hour, too.
			await other.server.setTime(new Date(now));
		}
		stage.tell('a tick that is due on two nodes at once');
		now += 60 * MINUTE;
		const both = [one, other].map(({ server }) => server);
		await askForTick(db);
		const together = await timed(() => Promise.all(both.map((server) => server.setTime(new Date(now)))));
		await askForTick(db);
		const alone = await timed(() => one.server.setTime(new Date(now + MINUTE)));
		return rowsOf(many, { took, plain, signed, quiet, together, alone });
	},
};

interface Found {
	took: number[];
	plain: number[];
	/** Journeys of those who signed during ticks, and of those who did without one. */
	signed: number[];
	quiet: number[];
	together: number;
	alone: number;
}

function rowsOf(many: number, { took, plain, signed, quiet, together, alone }: Found): Row[] {
	const name = `tick at ${many.toLocaleString('en-GB')} signatures`;
	return [
		row(`${name} while ${PER_SECOND} a second sign`, 's', {
			...{ value: median(took) / 1000, reference: median(plain) / 1000 },
			against: 'one insert … select … order by random() of the same rows, nobody signing',
			promise: { value: { most: 10 } },
		}),
		row(`signing during it, from asking for the code to the end: 99 of 100 within`, 'ms', {
			...{ value: p99(signed), reference: p99(quiet), against: 'the same without a tick' },
			promise: { value: { most: 2_000 } },
		}),
		row(`${name}, due on two nodes at once`, 's', {
			...{ value: together / 1000, reference: alone / 1000, against: 'due on one, nobody signing' },
		}),
	];
}

const p99 = (values: readonly number[]): number =>
	values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? 0;

/** People who sign at a steady pace, each once, until none is left. */
class Crowd {
	readonly #host: Host;
	readonly #ports: number[];
	readonly #count: number;
	#next = 0;

	constructor(host: Host, nodes: readonly Node[], count: number) {
		this.#host = host;
		this.#ports = nodes.map(({ port }) => port);
		this.#count = count;
	}

	get left(): number {
		return this.#count - this.#next;
	}

	async prepare(): Promise<void> {
		const { load, letter } = this.#host;
		await load.run({ kind: 'prepare', letter, count: this.#count });
	}

	/** @returns milliseconds of each journey */
	async signFor(seconds: number): Promise<number[]> {
		const count = Math.min(this.left, Math.max(1, Math.round(PER_SECOND * seconds)));
		if (count === 0) return [];
		const { load, origin } = this.#host;
		const from = this.#next;
		this.#next += count;
		const steady = { ports: this.#ports, origin, abreast: 128, perSecond: PER_SECOND };
		return (await load.run({ kind: 'sign', from, count, ...steady })).journeys;
	}

	/** In spells of a second, until `work` is done. */
	async signWhile(work: () => Promise<number>): Promise<{ result: number; journeys: number[] }> {
		const journeys: number[] = [];
		let isDone = false;
		const done = work().finally(() => {
			isDone = true;
		});
		do journeys.push(...(await this.signFor(1)));
		while (!isDone && this.left > 0);
		return { result: await done, journeys };
	}
}

async function databaseOf(stage: Stage, { server }: Node): Promise<Db> {
	const { db, close } = await openDatabase({ databaseUrl: new Secret(server.databaseUrl ?? ''), data: server.data });
	stage.onClose(close);
	return db;
}

/** As long as the real ones, and as little to be compressed. A tick looks into none of them. */
async function fill(db: Db, { letter, text, groups }: Charter, many: number): Promise<void> {
	const group = groups[0]?.id ?? '';
	await sql`create table noise as
		select string_agg(sha512(convert_to(n::text, 'UTF8')), ''::bytea) as bytes from generate_series(1, 4000) n`.execute(
		db,
	);
	const some = (length: number) =>
		sql`left(translate(encode(substr(bytes, 1 + (random() * 240000)::int, ${sql.lit(Math.ceil(length * 0.78))}), 'base64'), E'+/\n', '-_'), ${sql.lit(length)})`;
	await sql`insert into mailboxes (letter, group_id, tag, proof, request)
		select ${letter}, ${group}, sha256(convert_to('tag ' || n, 'UTF8')), 'mailbox', sha256(convert_to('request ' || n, 'UTF8'))
		from generate_series(1, ${sql.lit(many)}) n`.execute(db);
	await sql`insert into confirmations (id, letter, group_id, tag, code, link, expires_hour)
		select left(encode(sha256(convert_to('id ' || n, 'UTF8')), 'hex'), 22), ${letter}, ${group}, sha256(convert_to('tag ' || n, 'UTF8')),
			sha256(convert_to('code ' || n, 'UTF8')), sha256(convert_to('link ' || n, 'UTF8')), ${RELEASED}::timestamptz + interval '1 day'
		from generate_series(1, ${sql.lit(Math.ceil(many / CONFIRMATIONS_OF))}) n`.execute(db);
	await sql`insert into signatures (letter, key, turn, group_id, shown, text_hash, statement, authenticator, credential, attestation, sealed, status)
		select ${letter}, left(translate(encode(sha256(convert_to('key ' || n, 'UTF8')), 'base64'), '+/', '-_'), 43), 1, ${group},
			case when n % 3 = 2 then 'anonymous' else 'named' end, ${text}, ${some(520)}, ${some(86)}, ${some(555)},
			case when n % 3 = 2 then null else ${some(560)} end, ${some(3_700)}, 'live'
		from generate_series(1, ${sql.lit(many)}) n, noise`.execute(db);
	await sql`drop table noise`.execute(db);
	await sql`vacuum analyze`.execute(db);
}

/** What a tick costs at least: signatures and mailboxes, in one statement each, thrown away again. */
async function copyPlainly(db: Db): Promise<void> {
	for (const table of ['mailboxes', 'signatures']) {
		const [from, copy] = [sql.table(table), sql.table(`${table}_copied`)];
		await sql`create table ${copy} (like ${from} including all)`.execute(db);
		await sql`insert into ${copy} select * from ${from} order by random()`.execute(db);
		await sql`drop table ${copy}`.execute(db);
	}
}

const askForTick = (db: Db) => sql`update ticks set asked = true`.execute(db);
