import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../server/database.ts';
import { raiseRevision } from '../../../server/published/rendered-store.ts';
import { republish } from '../../../server/release/republish.ts';
import { saveWithdrawal } from '../../../server/signature/signature-store.ts';
import { recount } from '../../../shared/recount.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { databaseKinds } from '../../support/databases.ts';
import { textOf as pdfText } from '../../support/poppler.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from './in-review.ts';

interface Stored {
	path: string;
	coding: string;
	etag: string;
	text: string;
}

/** The words of every file as it is stored, unpacked. None of these is longer than a slice. */
async function stored({ deps: { db } }: TestServer): Promise<Stored[]> {
	const rows = await db.selectFrom('published').selectAll().orderBy('path').orderBy('coding').execute();
	const unpack = { identity: Buffer.from, br: brotliDecompressSync, gzip: gunzipSync };
	return rows.map(({ path, coding, etag, body }) => {
		const text = path.endsWith('.pdf') ? pdfText(body) : unpack[coding](body).toString();
		return { path, coding, etag, text };
	});
}

const textOf = (files: Stored[], path: string) =>
	files.find((file) => file.path === path && file.coding === 'identity')?.text ?? '';

const stateOf = ({ deps: { db } }: TestServer) =>
	db.selectFrom('letters').select(['revision', 'rendered', 'rendered_by']).executeTakeFirstOrThrow();

const timesRendered = ({ logs }: TestServer) => logs.filter((line) => line.includes('"rendered again"')).length;

// Each renders a letter several times, which takes processor time that others may be using.
describe.each(databaseKinds)('after a release (%s)', { timeout: 480_000 }, (database) => {
	const begin = async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		await review.schedule(await review.compose());
		await server.due(MINUTE);
		return { server, review };
	};

	test('whoever withdraws is gone from every file that is stored, the number stays, and the recount holds', async () => {
		const { server, review } = await begin();
		const before = await stored(server);
		const name = 'Żaneta Łęcka 1';
		const named = new Set(before.filter(({ text }) => text.includes(name)).map(({ path }) => path));
		for (const path of [
			'index.html',
			'all.html',
			'names.txt',
			'letter.pdf',
			'letter.txt',
			'signatories.csv',
			'release.json',
		]) {
			expect(named).toContain(path);
		}
		const { key, turn } = await review.withdraw(0);
		await server.deps.jobs.idle();

		const after = await stored(server);
		const [signer] = review.letter.signers;
		const traces = [new RegExp(`${name}(?!\\d)`), signer?.opened.authenticator ?? ''];
		for (const trace of traces) {
			const found = after.filter(({ text }) => (typeof trace === 'string' ? text.includes(trace) : trace.test(text)));
			expect(found.map(({ path }) => path)).toEqual([]);
		}
		const release = textOf(after, 'release.json');
		expect(release).toContain(`{"stub":{"key":"${key}"`);
		expect(release).toContain(`"withdrawal":{"turn":${turn},`);
		const jws = textOf(after, 'release.json.jws');
		expect(await recount(release, { jws })).toMatchObject({ ok: true, counted: { withdrawn: 1 } });

		const untouched = (files: Stored[]) => files.filter(({ path }) => path.startsWith('assets/'));
		expect(untouched(after)).toEqual(untouched(before));
	});

	test('many who withdraw at once are rendered together, and nobody waits for it', async () => {
		const { server, review } = await begin();
		const { revision } = await stateOf(server);
		await Promise.all([0, 1, 2, 3].map((at) => review.withdraw(at)));
		await server.deps.jobs.idle();
		expect(await stateOf(server)).toMatchObject({ revision: revision + 4, rendered: revision + 4 });
		expect(timesRendered(server)).toBeLessThanOrEqual(4);
		const again = timesRendered(server);
		await republish(server.deps, review.id);
		expect(timesRendered(server)).toBe(again);
		const files = await stored(server);
		expect(await recount(textOf(files, 'release.json'), { jws: textOf(files, 'release.json.jws') })).toMatchObject({
			...{ ok: true, counted: { withdrawn: 4 } },
		});
	});

	test('two nodes that render at the same time end with the newer files', async () => {
		const { server, review } = await begin();
		const { databaseUrl, data } = server.deps.config;
		// The embedded database belongs to one process: there both nodes share it.
		const other = databaseUrl ? await openDatabase({ databaseUrl, data }) : null;
		const node = other ? { ...server.deps, db: other.db } : server.deps;
		const { revision } = await stateOf(server);
		const first = review.withdraw(0).then(() => republish(node, review.id));
		const second = review.withdraw(1).then(() => republish(server.deps, review.id));
		await Promise.all([first, second]);
		await server.deps.jobs.idle();
		await other?.close();
		expect(await stateOf(server)).toMatchObject({ revision: revision + 2, rendered: revision + 2 });
		const files = await stored(server);
		expect(await recount(textOf(files, 'release.json'), { jws: textOf(files, 'release.json.jws') })).toMatchObject({
			...{ ok: true, counted: { withdrawn: 2 } },
		});
	});

	test('a node that is slow does not bring back whom another one has taken off since', async () => {
		const { server, review } = await begin();
		const { deps } = server;
		const { db } = deps;
		// As a withdrawal does it, but without a job: who renders, and when, is told here.
		const withdraw = async (at: number) => {
			const signer = review.letter.signers[at];
			if (!signer) throw new Error(`There is no signer ${at}.`);
			const { privateKey, publicKey } = signer.keys;
			const withdrawal = await signWithdrawal(privateKey, review.letter.root, publicKey, 2);
			await db.transaction().execute((trx) => saveWithdrawal(trx, review.id, publicKey, withdrawal));
		};
		const raise = () => db.transaction().execute((trx) => raiseRevision(trx, review.id));
		await withdraw(0);
		await raise();
		let once = false;
		const beforeStoring = async () => {
			if (once) return;
			once = true;
			// The other node looks at the revision, then somebody else withdraws, then it reads who has.
			await withdraw(1);
			await republish(deps, review.id);
			await raise();
		};
		const slow = new Proxy(db, {
			get: (target, name) => {
				const own = Reflect.get(target, name, target);
				if (name !== 'transaction') return typeof own === 'function' ? own.bind(target) : own;
				type Run = Parameters<ReturnType<typeof target.transaction>['execute']>[0];
				return () => ({ execute: (run: Run) => beforeStoring().then(() => target.transaction().execute(run)) });
			},
		});
		// It dies as soon as it has stored something.
		const log = () => {
			throw new Error('killed');
		};
		await expect(republish({ ...deps, db: slow, log }, review.id)).rejects.toThrow('killed');
		const files = await stored(server);
		const gone = review.letter.signers.slice(0, 2).map(({ opened }) => opened.authenticator);
		expect(files.filter(({ text }) => gone.some((one) => text.includes(one))).map(({ path }) => path)).toEqual([]);
		expect(await recount(textOf(files, 'release.json'))).toMatchObject({ ok: true, counted: { withdrawn: 2 } });
	});

	test('another build renders a letter again, once; the release stays the same to the byte', async () => {
		const { server } = await begin();
		const { rendered_by } = await stateOf(server);
		const before = await stored(server);
		const { db } = server.deps;
		await db.updateTable('letters').set({ rendered_by: 'another build' }).execute();
		await db.updateTable('published').set({ etag: '"old"' }).where('path', '=', 'index.html').execute();
		await db.updateTable('published').set({ path: 'vanished.html' }).where('path', '=', 'embed.html').execute();
		await server.due();
		expect(await stored(server)).toEqual(before);
		expect((await stateOf(server)).rendered_by).toBe(rendered_by);
		expect(timesRendered(server)).toBe(1);
		await server.due();
		expect(timesRendered(server)).toBe(1);
	});

	test('a release file that was altered in the database is not signed again, with its signature or without', async () => {
		const { server, review } = await begin();
		const { deps } = server;
		const { db } = deps;
		const ofRelease = db.selectFrom('published').select(['body', 'slice']).where('path', '=', 'release.json');
		const { body } = await ofRelease.where('coding', '=', 'identity').executeTakeFirstOrThrow();
		const altered = Buffer.from(Buffer.from(body).toString().replace('Żaneta Łęcka 1"', 'Żaneta Łęcka X"'));
		expect(altered.equals(body)).toBe(false);
		const identity = db.updateTable('published').where('path', '=', 'release.json').where('coding', '=', 'identity');
		await identity.set({ body: altered }).execute();
		await db.transaction().execute((trx) => raiseRevision(trx, review.id));
		const before = await stored(server);
		await expect(republish(deps, review.id)).rejects.toThrow('not the one that this host signed');
		expect(await stored(server)).toEqual(before);

		await db.deleteFrom('published').where('path', '=', 'release.json.jws').execute();
		await republish(deps, review.id);
		const after = await stored(server);
		expect(textOf(after, 'index.html')).toContain('Żaneta Łęcka X');
		expect(after.map(({ path }) => path)).not.toContain('release.json.jws');
	});

	test('a letter that chose it stands on the host’s list, with the number of those who still sign, and leaves it', async () => {
		const { server, review } = await begin();
		const { db } = server.deps;
		const listed = () => db.selectFrom('listings').select(['slug', 'language', 'signatures']).execute();
		expect(await listed()).toEqual([]);
		const choose = (chosen: boolean) => db.updateTable('letters').set({ listed: chosen }).execute();
		await choose(true);
		const signers = review.letter.signers.length;
		await review.withdraw(0);
		await server.deps.jobs.idle();
		expect(await listed()).toEqual([{ slug: 'a-letter', language: 'en', signatures: signers - 1 }]);
		await choose(false);
		await review.withdraw(1);
		await server.deps.jobs.idle();
		expect(await listed()).toEqual([]);
	});
});
