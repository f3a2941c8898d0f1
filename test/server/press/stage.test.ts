import { describe, expect, test } from 'vitest';
import type { Deps } from '../../../server/deps.ts';
import { openFile, sealSlice } from '../../../server/press/sealed-slices.ts';
import { replaceStaged } from '../../../server/press/staged-store.ts';
import { SLICE } from '../../../server/published/published-store.ts';
import type { RenderedFile } from '../../../server/published/rendered-file.ts';
import { withdraw } from '../../../server/signature/withdraw.ts';
import { utf8 } from '../../../shared/bytes.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { databaseKinds } from '../../support/databases.ts';
import { everyRow } from '../../support/every-row.ts';
import { underEmbargo } from './under-embargo.ts';

const signers = [{ name: 'Amara Okafor', title: 'Principal engineer' }, { name: 'Zoë Quill' }, { label: 'Researcher' }];

describe.each(databaseKinds)('what is prepared under embargo (%s)', (database) => {
	test('cannot be read in the database: neither names nor text nor what files are called', async () => {
		const { server, review, link, open, settled } = await underEmbargo(database, { signers });
		const post = await link();
		const before = new Set(await tellingRows(server.deps.db, post));
		await review.schedule(await review.compose());
		await settled();
		expect((await open(post)).text).toContain('Amara Okafor');
		const { db } = server.deps;
		expect((await db.selectFrom('staged').select('slice').execute()).length).toBeGreaterThan(5);
		// The text of the letter is no secret there; what was readable before the approval may stay so.
		expect((await tellingRows(db, post)).filter((row) => !before.has(row))).toEqual([]);
	});

	test('is prepared again for a withdrawal once, however often its signer sends another one', async () => {
		const { server, review, link, settled } = await underEmbargo(database);
		await link();
		await review.schedule(await review.compose());
		await settled();
		const { key, turn } = await review.withdraw(0);
		await server.due();
		const state = () => server.deps.db.selectFrom('letters').select(['revision', 'staged']).executeTakeFirstOrThrow();
		const { revision } = await state();
		const signer = review.letter.signers[0];
		if (!signer) throw new Error('Nobody signed.');
		const again = await signWithdrawal(signer.keys.privateKey, review.letter.root, key, turn + 1);
		expect(await withdraw(server.deps, { root: review.letter.root, key, ...again })).toBe(turn + 1);
		await server.due();
		expect(await state()).toEqual({ revision, staged: revision });
	});

	test('a large file comes whole, slice by slice, and breaks off where another takes its place', async () => {
		const { server, review } = await underEmbargo(database);
		const { deps } = server;
		const body = new Uint8Array(2 * 2 ** 20 + 17).map((_, at) => (at * 31 + (at >> 12)) % 251);
		const file = { path: 'all.html', mediaType: 'text/html; charset=utf-8', body };
		const put = (revision: number) =>
			deps.db.transaction().execute((trx) => replaceStaged(trx, review.id, revision, sealed(deps, review.id, file)));
		await put(7);
		const at = { letter: review.id, staged: 7 };
		const opened = await openFile(deps, at, 'all.html');
		const parts = [opened?.first ?? new Uint8Array()];
		for await (const part of opened?.rest() ?? []) parts.push(part);
		expect(parts.map(({ length }) => length)).toEqual([2 ** 20, 2 ** 20, 17]);
		expect(Buffer.concat(parts).equals(body)).toBe(true);
		expect(opened?.mediaType).toBe(file.mediaType);
		expect(await openFile(deps, at, 'all.htm')).toBeNull();

		const again = await openFile(deps, at, 'all.html');
		await put(8);
		await expect(again?.rest().next()).rejects.toThrow('another revision');
		expect(await openFile(deps, at, 'all.html')).toBeNull();
	});

	test('a slice that was altered, or put in the place of another, is not shown', async () => {
		const { server, review } = await underEmbargo(database);
		const { deps } = server;
		const seal = async (path: string, text: string) => {
			const { value } = await sealed(deps, review.id, { path, mediaType: 'text/plain', body: utf8(text) }).next();
			if (!value) throw new Error('nothing was sealed');
			return value;
		};
		const one = await seal('one.txt', 'one');
		const two = await seal('two.txt', 'two');
		const box = one.box.map((byte, at) => (at === 20 ? byte ^ 1 : byte));
		const swapped = async function* () {
			yield { ...one, box };
			yield { ...two, box: one.box };
		};
		await deps.db.transaction().execute((trx) => replaceStaged(trx, review.id, 1, swapped()));
		for (const path of ['one.txt', 'two.txt'])
			await expect(openFile(deps, { letter: review.id, staged: 1 }, path)).rejects.toThrow();
	});
});

test('whoever runs the server hears of a release that stands and cannot be prepared, as at its minute', async () => {
	const { server, review, link, settled } = await underEmbargo('pglite');
	await review.schedule(await review.compose());
	await settled();
	await server.deps.db.deleteFrom('scheduled_slices').execute();
	await link();
	await settled();
	expect(server.logs.filter((line) => line.includes('"job failed"') && line.includes('"stage"'))).toHaveLength(1);
	expect(await server.deps.db.selectFrom('staged').select('slice').execute()).toEqual([]);
});

/** The slices of a file, as the stage job seals them. */
async function* sealed(deps: Deps, letter: string, { body, ...file }: RenderedFile) {
	const head = { ...file, coding: 'identity', etag: '', length: body.length } as const;
	for (let slice = 0; slice === 0 || slice * SLICE < body.length; slice++) {
		yield sealSlice(deps, letter, { file: head, slice, body: body.subarray(slice * SLICE, (slice + 1) * SLICE) });
	}
}

/** Rows in which somebody who looks for it finds a name, a title, a page of the folder, or the link. */
async function tellingRows(db: Parameters<typeof everyRow>[0], link: string): Promise<string[]> {
	const telling = /Okafor|Quill|Principal engineer|names-|index\.html|all\.html|prepared-for|Signatories|assets\//;
	// A copy shows bytes in hexadecimal: whoever looks reads them as text, too.
	const asText = (row: string) =>
		row.replaceAll(/\\x((?:[0-9a-f]{2})+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString());
	const rows = (await everyRow(db)).map(asText);
	return rows.filter((row) => telling.test(row) || row.includes(link.split('/')[2] ?? ''));
}
