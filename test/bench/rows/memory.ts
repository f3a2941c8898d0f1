import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../../server/database.ts';
import { b64u } from '../../../shared/bytes.ts';
import { REVIEW } from '../../server/release/in-review.ts';
import { RELEASED, type SizedLetter } from '../../support/sized/letter.ts';
import type { Placed } from '../../support/sized/place.ts';
import type { SpawnedServer } from '../../support/spawned-process.ts';
import type { Bench } from '../bench.ts';
import { row } from '../figures.ts';
import { peakMemory } from '../peak-memory.ts';
import { Stage } from '../stage.ts';

const hour = 3_600_000;
const PAGES = 200;
/** Bytes of a signature in what an organizer contributes: its key and a share, as JSON. */
const SHARE = 92;

/** What a node takes while a large letter goes through its life: the resident set of its process, and beside it that of the processes that it starts. On a server of its own. */
export const memory: Bench = {
	name: 'memory',
	async measure(stage) {
		const { many } = stage.scale;
		const own = new Stage(stage.scale, (what) => stage.tell(what));
		try {
			const { letter, placed } = await own.placed(many);
			const [server, db] = [await own.server(), await own.database()];
			// Its peak so far, while the letter was placed, was of nothing that it did.
			await server.kill();
			await server.restart();
			const idle = (await peakMemory(server.pid(), () => pause(500))).own;
			const count = many.toLocaleString('en-GB');
			const rows = [];
			for (const [what, work] of stages({ own, letter, placed, server, db })) {
				stage.tell(`memory: ${what}`);
				const peak = await peakMemory(server.pid(), work);
				const [reference, against] = [idle, 'the same node before anybody asks'];
				const promise = { value: { most: 250 } } as const;
				rows.push(
					row(`a node with a letter of ${count}: ${what}`, 'MB', { value: peak.own, reference, against, promise }),
				);
				if (peak.child > 0)
					rows.push(row(`its short-lived process: ${what}`, 'MB', { value: peak.child, reference, against }));
			}
			return rows;
		} finally {
			await own.close();
		}
	},
};

interface Life {
	own: Stage;
	letter: SizedLetter;
	placed: Placed;
	server: SpawnedServer;
	db: Db;
}

/** One after the other; each ends when what it is about has happened. */
function* stages({ own, letter, placed, server, db }: Life): Generator<[string, () => Promise<unknown>]> {
	const { letter: id } = letter.head.charter;
	const shares = randomBytes(SHARE * own.scale.many).toString('base64url');
	const ofLetter = (set: { state: 'open' | 'review'; closes_at: Date }) =>
		db.updateTable('letters').set(set).where('id', '=', id).execute();
	const get = async (path: string) => {
		for await (const _ of (await fetch(`${server.origin}${path}`)).body ?? []);
	};
	yield [
		'pages of signers while it is open, and a tick',
		async () => {
			await ofLetter({ state: 'open', closes_at: RELEASED });
			const { link } = await db.selectFrom('links').select('link').executeTakeFirstOrThrow();
			for (let page = 0; page < PAGES; page++) await get(`/l/${link}`);
			await db.updateTable('ticks').set({ asked: true }).execute();
			await server.setTime(new Date(REVIEW.getTime() + 2 * hour));
			await ofLetter({ state: 'review', closes_at: new Date(letter.head.charter.closesAt) });
		},
	];
	yield [
		'shares of its names, brought by two organizers and fetched by the third',
		async () => {
			const sealed = letter.head.organizers.map(({ id: to }) => ({ to, sealed: shares }));
			for (const by of [0, 1]) {
				const body = { keysHash: b64u(randomBytes(32)), sealed };
				const { status } = await placed.ask(by, 'PUT', '/api/desk/contribution', body);
				if (status !== 204) throw new Error('the shares did not arrive');
			}
			await placed.ask(2, 'GET', '/api/desk/contributions');
		},
	];
	yield [
		'its draft, brought sealed and fetched by another organizer',
		async () => {
			const draft = sealedDraft(letter);
			const { status } = await placed.ask(0, 'PUT', '/api/desk/release', draft);
			const { body } = await placed.ask(1, 'GET', '/api/desk/release');
			if (status !== 204 || body.box !== draft.box) throw new Error('the draft did not come through as it was sent');
		},
	];
	yield [
		'the last approval',
		async () => {
			await placed.propose();
			await placed.approve();
		},
	];
	yield [
		'prepared for journalists',
		async () => {
			const expiresAt = `${RELEASED.toISOString().slice(0, 19)}Z`;
			await placed.ask(0, 'POST', '/api/desk/embargo-links', { outlet: 'The Morning Ledger', expiresAt });
			const isStaged = () =>
				db
					.selectFrom('letters')
					.select('id')
					.where('id', '=', id)
					.whereRef('staged', '>=', 'revision')
					.executeTakeFirst();
			while (!(await isStaged())) await pause(100);
		},
	];
	yield ['its release', () => own.goesOut(letter)];
	yield [
		'served, and packed as well as can be',
		async () => {
			const again = own.packed(letter);
			for (let page = 0; page < PAGES; page++) await get(`/letters/${letter.slug}/`);
			for (let time = 0; time < 3; time++) await get(`/letters/${letter.slug}/release.json`);
			await again;
		},
	];
}

/** Of another release than the one that is approved afterwards: as large as its file. Sealed bytes look like this. */
function sealedDraft({ head, file, slug }: SizedLetter) {
	const [attempt, releaseHash] = [b64u(randomBytes(16)), b64u(randomBytes(32))];
	const keys = head.organizers.map(({ id: organizer }) => ({ organizer, sealed: b64u(randomBytes(80)) }));
	const box = randomBytes(statSync(file).size).toString('base64url');
	return { attempt, releaseHash, releaseAt: `${RELEASED.toISOString().slice(0, 19)}Z`, slug, box, keys };
}
