import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pack } from '../../../server/published/pack.ts';
import {
	type FileSlice,
	type Folder,
	findOwnHead,
	type PublishedFile,
	readWhole,
	replacePublished,
	SLICE,
} from '../../../server/published/published-store.ts';
import { utf8 } from '../../../shared/bytes.ts';
import { onEachDatabase } from '../../support/databases.ts';

const file = async (path: string, text: string): Promise<PublishedFile[]> =>
	pack({ path, mediaType: 'text/html; charset=utf-8', body: utf8(text) }, 'best');

const folderOf = (...files: PublishedFile[]): Folder => ({
	files: files.map(({ body, ...head }) => ({ ...head, length: body.length })),
	async *slices(): AsyncGenerator<FileSlice> {
		for (const { body, ...head } of files) {
			for (let slice = 0; slice === 0 || slice * SLICE < body.length; slice++) {
				const part = body.subarray(slice * SLICE, (slice + 1) * SLICE);
				yield { file: { ...head, length: body.length }, slice, body: part };
			}
		}
	},
});

onEachDatabase('files of a letter', (open) => {
	test('give way to those of the next rendering; what stays the same is not written again', async () => {
		const { db } = await open();
		const put = (...files: PublishedFile[]) =>
			db.transaction().execute((trx) => replacePublished(trx, 'letter', folderOf(...files)));
		const rows = () =>
			db
				.selectFrom('published')
				.select(['path', 'coding', 'etag'])
				.select(({ ref }) =>
					ref('xmin' as never)
						.$castTo<string>()
						.as('written'),
				)
				.orderBy('path')
				.orderBy('coding')
				.execute();
		const long = 'the same again '.repeat(100);
		const same = await file('index.html', long);
		await put(...same, ...(await file('gone.html', long)), ...(await file('assets/old.css', long)));
		const before = await rows();
		expect(before.filter(({ path }) => path === 'index.html').map(({ coding }) => coding)).toEqual([
			'br',
			'gzip',
			'identity',
		]);
		await put(...same, ...(await file('new.html', long)));
		const after = await rows();
		expect(new Set(after.map(({ path }) => path))).toEqual(new Set(['assets/old.css', 'index.html', 'new.html']));
		const ofPage = (all: typeof before) => all.filter(({ path }) => path === 'index.html');
		expect(ofPage(after)).toEqual(ofPage(before));
		await put(...(await file('index.html', 'short')));
		expect(ofPage(await rows()).map(({ coding }) => coding)).toEqual(['identity']);
	});

	test('are as long as they are, none too', async () => {
		const { db } = await open();
		for (const length of [0, 1, 2 ** 20, 2 ** 20 + 1]) {
			const body = new Uint8Array(length).fill(7);
			const one = { path: 'a.bin', coding: 'identity', mediaType: 'x/y', etag: `"${length}"`, body } as const;
			await db.transaction().execute((trx) => replacePublished(trx, 'letter', folderOf(one)));
			const head = await findOwnHead(db, 'letter', 'a.bin');
			expect(head?.length).toBe(length);
			expect(head && Buffer.compare((await readWhole(db, head)) ?? Buffer.of(), body)).toBe(0);
		}
	});
});

test('packed quickly or as well as can be, it is the same file', async () => {
	const words = Array.from({ length: 4_000 }, (_, n) => `<li id="n${n}">Person ${(n * 7919) % 4_000}</li>`).join('\n');
	const page = { path: 'names-a.html', mediaType: 'text/html; charset=utf-8', body: utf8(words) };
	const [quick, best] = await Promise.all([pack(page, 'quick'), pack(page, 'best')]);
	const brotli = (files: PublishedFile[]) => {
		const found = files.find(({ coding }) => coding === 'br');
		if (found === undefined) throw new Error('It is not packed.');
		return found.body;
	};
	expect(brotliDecompressSync(brotli(quick)).toString()).toBe(words);
	expect(brotliDecompressSync(brotli(best)).toString()).toBe(words);
	// Other bytes under other ETags: what a cache has is not taken for the other.
	expect(brotli(best)).not.toEqual(brotli(quick));
	expect(new Set([...quick, ...best].map(({ etag }) => etag)).size).toBe(5);
});
