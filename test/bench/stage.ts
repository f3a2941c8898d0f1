/** What benches share: one PostgreSQL, one server in a process of its own, and the letters that it has released, each started when it is first asked for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../server/command/client/world.ts';
import type { KeyringDeps } from '../../server/credential/keyring.ts';
import { type Db, type OpenDatabase, openDatabase } from '../../server/database.ts';
import { startInvitation } from '../../server/organizer/invitation.ts';
import { Secret } from '../../server/platform/secret.ts';
import { SecretBox } from '../../server/platform/secret-box.ts';
import { REVIEW } from '../server/release/in-review.ts';
import { copyDatabase, startCluster } from '../support/postgres.ts';
import { environmentOn, type TestEnvironment } from '../support/server-environment.ts';
import { RELEASED, type SizedLetter, sizedLetter } from '../support/sized/letter.ts';
import { installHostKey, type Placed, placeSized } from '../support/sized/place.ts';
import { type SpawnedServer, spawnIn } from '../support/spawned-process.ts';
import { codeIn } from '../support/world.ts';
import { timed } from './figures.ts';

/**
 * How many sign a large letter, how many a usual one (two of three by name), how many names are opened, how often a short figure is taken, and how many
 * requests make one. `turn`: for how many seconds one of two servers is asked before the other. `signers`: how many sign under load. `crowd`: how many are too many, and for how many seconds `flooding`. `pace`: of a person's pauses, 1 as people make them, 0 none.
 */
export interface Scale {
	many: number;
	usual: number;
	sealed: number;
	times: number;
	requests: number;
	turn: number;
	signers: number;
	crowd: number;
	flooding: number;
	pace: number;
}
export const FULL: Scale = {
	...{ many: 100_000, usual: 6_000, sealed: 4_000, times: 5, requests: 4_000, turn: 0.3 },
	...{ signers: 3_600, crowd: 1_000, flooding: 5, pace: 1 },
};
export const QUICK: Scale = {
	...{ many: 1_000, usual: 600, sealed: 400, times: 3, requests: 500, turn: 0.1 },
	...{ signers: 360, crowd: 400, flooding: 2, pace: 0.2 },
};

export interface Released {
	letter: SizedLetter;
	/** Seconds from sending the last approval to its answer, with everything verified and kept for its minute. */
	approved: number;
	/** Seconds from its minute to the first answer with the page. */
	out: number;
}

interface Running {
	server: SpawnedServer;
	environment: TestEnvironment;
	database: OpenDatabase;
}

export class Stage {
	readonly scale: Scale;
	/** A folder for what a bench writes. */
	readonly folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'));
	readonly #tell: (what: string) => void;
	readonly #closing: (() => Promise<unknown> | unknown)[] = [];
	readonly #released = new Map<number, Promise<Released>>();
	#running: Promise<Running> | undefined;

	constructor(scale: Scale, tell: (what: string) => void) {
		this.scale = scale;
		this.#tell = tell;
		this.onClose(() => rmSync(this.folder, { recursive: true, force: true }));
	}

	tell(what: string): void {
		this.#tell(what);
	}

	/** What is started last ends first. */
	onClose(end: () => Promise<unknown> | unknown): void {
		this.#closing.unshift(end);
	}

	async close(): Promise<void> {
		for (const end of this.#closing) await end();
	}

	/** Its files, made if they are not there yet. */
	letter(count: number): Promise<SizedLetter> {
		this.tell(`a letter signed by ${count}`);
		return sizedLetter(count);
	}

	async server(): Promise<SpawnedServer> {
		return (await this.#start()).server;
	}

	/** That server, for the clients of server/command/client. Its clock is set to REVIEW. */
	async world(): Promise<World> {
		const { server, environment, database } = await this.#start();
		await server.setTime(REVIEW);
		return {
			origin: server.origin,
			now: () => REVIEW,
			invitation: () => startInvitation({ db: database.db, clock: { now: () => REVIEW } }, 'command'),
			code: async (address) => codeIn((await environment.relay.mailTo(address)).text),
		};
	}

	/** Of that server, for letters that a bench places itself. */
	async database(): Promise<Db> {
		return (await this.#start()).database.db;
	}

	/** A letter of this size on the server, public. */
	released(count: number): Promise<Released> {
		const known = this.#released.get(count) ?? this.#release(count);
		this.#released.set(count, known);
		return known;
	}

	/** A letter of this size on the server, in review. */
	async placed(count: number): Promise<{ letter: SizedLetter; placed: Placed }> {
		const letter = await this.letter(count);
		const { server, environment, database } = await this.#start();
		await server.setTime(REVIEW);
		const place = { ...keysOf(environment), db: database.db, origin: server.origin, now: REVIEW };
		return { letter, placed: await placeSized(place, letter) };
	}

	async #release(count: number): Promise<Released> {
		const { letter, placed } = await this.placed(count);
		this.tell(`its organizers release it`);
		await placed.propose();
		const approved = (await timed(placed.approve)) / 1000;
		return { letter, approved, out: await this.goesOut(letter) };
	}

	/** Its minute comes. @returns seconds to the first answer with the page */
	async goesOut(letter: SizedLetter): Promise<number> {
		const server = await this.server();
		const began = performance.now();
		let failed: unknown;
		const due = server.setTime(RELEASED).catch((failure) => {
			failed = failure;
		});
		while (!(await isPublic(server, letter))) {
			if (failed !== undefined) throw failed;
			await pause(20);
		}
		const seconds = (performance.now() - began) / 1000;
		await due;
		return seconds;
	}

	/** A minute later the files of a large letter, packed quickly at its release, are packed as well as can be. Resolves when they are. */
	async packed(letter: SizedLetter): Promise<void> {
		const [server, db] = [await this.server(), await this.database()];
		await server.setTime(new Date(RELEASED.getTime() + 60_000));
		const isPacked = () =>
			db
				.selectFrom('letters')
				.select('id')
				.where('id', '=', letter.head.charter.letter)
				.where('rendered_by', 'not like', '%quick%')
				.executeTakeFirst();
		while (!(await isPacked())) await pause(100);
	}

	/** Waits until server and machine have nothing else to do; on a machine that is never idle, for fifty turns. */
	async quiet(): Promise<void> {
		const server = await this.server();
		for (let at = 0; at < 50; at++) {
			const [own, all] = [await server.processorTime(), busyTime()];
			await pause(this.scale.turn * 1_000);
			const most = this.scale.turn * 1_000 * 0.1;
			if ((await server.processorTime()) - own < most && busyTime() - all < most) return;
		}
		this.tell('the machine is not idle: the figures that follow are of a busy one');
	}

	#start(): Promise<Running> {
		this.#running ??= this.#startNow();
		return this.#running;
	}

	async #startNow(): Promise<Running> {
		const cluster = await startCluster();
		this.onClose(cluster.stop);
		const databaseUrl = new Secret(await copyDatabase(cluster.url, 'bench'));
		const data = mkdtempSync(join(tmpdir(), 'undersigned-data-'));
		const remove = () => rmSync(data, { recursive: true, force: true });
		const environment = await environmentOn({ databaseUrl, data, remove });
		// Before anybody makes a letter, with which the host would get a key of its own.
		await installHostKey(keysOf(environment));
		const server = await spawnIn(environment, REVIEW);
		this.onClose(server.stop);
		const database = await openDatabase({ databaseUrl, data });
		this.onClose(database.close);
		return { server, environment, database };
	}
}

/** Milliseconds that the machine's processors have worked since it started. */
const busyTime = (): number => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys, 0);

/** Where the server keeps its keys, and what seals them. */
function keysOf({ variables }: TestEnvironment): KeyringDeps {
	const { KEYRING: keyring = '', HOST_SECRET: secret = '' } = variables;
	return { config: { keyring }, secretBox: new SecretBox(new Secret(secret)) };
}

async function isPublic({ origin }: SpawnedServer, { slug }: SizedLetter): Promise<boolean> {
	const answer = await fetch(`${origin}/letters/${slug}/`);
	await answer.arrayBuffer();
	return answer.ok;
}
