import { expect, test } from 'vitest';
import { isSafePath, listedFile, readFilesList, writeFilesList } from '../../../server/published/files-list.ts';
import { fromUtf8, utf8 } from '../../../shared/bytes.ts';

const rendered = (path: string, text: string) => ({ path, mediaType: 'text/plain; charset=utf-8', body: utf8(text) });

test('the list names each file with its type, length and hash, in the order of their paths', () => {
	const files = [
		rendered('names-2.html', 'abc'),
		rendered('assets/letter-12345678.css', ''),
		rendered('all.html', 'é'),
	];
	const list = writeFilesList(files.map(listedFile));
	expect(list).toMatchObject({ path: 'files.json', mediaType: 'application/json' });
	const read = readFilesList(fromUtf8(list.body));
	expect(read?.map(({ path, bytes }) => [path, bytes])).toEqual([
		['all.html', 2],
		['assets/letter-12345678.css', 0],
		['names-2.html', 3],
	]);
	// FIPS 180-2, appendix B.1.
	expect(read?.[2]?.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
	expect(writeFilesList(files.toReversed().map(listedFile)).body).toEqual(list.body);
});

test.each([
	['../index.html', 'leads out'],
	['assets/../../x', 'leads out'],
	['/etc/passwd', 'is absolute'],
	['C:\\x', 'is absolute on Windows'],
	['a\\..\\b', 'has another system’s separator'],
	['a//b', 'has an empty part'],
	['./a', 'begins with a dot'],
	['.htaccess', 'is hidden, and would tell a web server what to do'],
	['a/.git/config', 'is hidden'],
	['a.', 'ends with a dot, which Windows drops'],
	['aux.html', 'is a device on Windows'],
	['a\0b', 'has a zero byte'],
	['a b', 'has a space'],
	['ä', 'is not plain'],
	['x.part', 'is named as what is half written'],
	['', 'is empty'],
	['a'.repeat(201), 'is too long'],
])('a path that %j %s is refused', (path) => {
	expect(isSafePath(path)).toBe(false);
	const line = { path, type: 'text/plain', bytes: 0, sha256: '0'.repeat(64) };
	expect(readFilesList(JSON.stringify({ files: [line] }))).toBeNull();
});

test.each(['index.html', 'in-zh-Hant.html', 'assets/recount-worker-DB_ya6ZD.js', 'release.json.jws'])(
	'%s is a path',
	(path) => {
		expect(isSafePath(path)).toBe(true);
	},
);

test('what is no list is none: not JSON, wrong types, the same file twice, the list itself', () => {
	const line = { path: 'a.txt', type: 'text/plain', bytes: 0, sha256: '0'.repeat(64) };
	const list = (...files: object[]) => JSON.stringify({ files });
	expect(readFilesList(list(line))).toEqual([line]);
	for (const text of [
		...['', '[]', 'null', '{"files":{}}', '['.repeat(100_000)],
		...[list({ ...line, bytes: -1 }), list({ ...line, bytes: 1e300 }), list({ ...line, sha256: 'x' })],
		...[list(line, { ...line, path: 'A.TXT' }), list({ ...line, path: 'files.json' })],
	])
		expect(readFilesList(text)).toBeNull();
});
