import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { FILES_PATH, listedFile, writeFilesList } from '../../../server/published/files-list.ts';
import { zipFolder } from '../../../server/published/zip-folder.ts';
import { fromUtf8, utf8 } from '../../../shared/bytes.ts';

/** A version of a letter's folder; all of them have files of the same length. */
function folder(version: string): Map<string, Uint8Array> {
	const bodies = ['a.html', 'release.json'].map((path) => [path, utf8(`${path}, ${version}`)] as const);
	const list = writeFilesList(bodies.map(([path, body]) => listedFile({ path, mediaType: 'text/plain', body })));
	return new Map([...bodies, [FILES_PATH, list.body]]);
}

/** @param versionAt which one is there when a file is asked for, by how many were asked for before */
async function zipped(versionAt: (asked: number) => string): Promise<Map<string, Uint8Array>> {
	let asked = 0;
	const pieces = await zipFolder(async (path) => {
		const body = folder(versionAt(asked++)).get(path);
		return body === undefined
			? null
			: (async function* () {
					for (let from = 0; from < body.length; from += 5) yield body.subarray(from, from + 5);
				})();
	}, 'a-letter');
	const all: Uint8Array[] = [];
	for await (const piece of pieces ?? []) all.push(piece);
	return new Map(Object.entries(unzipSync(Buffer.concat(all))));
}

test('a folder in one file holds what its list names, the list last', async () => {
	const files = await zipped(() => 'the first');
	expect([...files.keys()]).toEqual(['a-letter/a.html', 'a-letter/release.json', 'a-letter/files.json']);
	expect(fromUtf8(files.get('a-letter/release.json') ?? utf8(''))).toBe('release.json, the first');
	const listed = JSON.parse(fromUtf8(files.get('a-letter/files.json') ?? utf8(''))).files;
	for (const { path, sha256 } of listed) {
		const body = files.get(`a-letter/${path}`) ?? utf8('');
		expect([path, createHash('sha256').update(body).digest('hex')]).toEqual([path, sha256]);
	}
});

test.each([1, 2])(
	'rendered again after %d files, with the same lengths, it does not end as if it were whole',
	async (n) => {
		await expect(zipped((asked) => (asked < n ? 'the first' : 'the other'))).rejects.toThrow('not the one');
	},
);

test('rendered again once all was read, it is the version before, with its own list', async () => {
	const files = await zipped((asked) => (asked < 3 ? 'the first' : 'the other'));
	expect(files.get('a-letter/files.json')).toEqual(new Uint8Array(folder('the first').get(FILES_PATH) ?? []));
});

test('where there is no folder there is no file', async () => {
	expect(await zipFolder(async () => null, 'a-letter')).toBeNull();
});
