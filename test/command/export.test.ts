/** `npm run export` against mirrors that may be wrong, hostile, or change meanwhile. The whole way is in test/journey/a-folder-that-needs-nobody.test.ts. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { listedFile, writeFilesList } from '../../server/published/files-list.ts';
import type { RenderedFile } from '../../server/published/rendered-file.ts';
import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import { runExport } from '../support/export-command.ts';
import { type Folder, serveFolder } from '../support/folder-server.ts';

let place: string;
let out: string;

beforeEach(() => {
	place = mkdtempSync(join(tmpdir(), 'undersigned-export-'));
	out = join(place, 'out');
	onTestFinished(() => rmSync(place, { recursive: true, force: true }));
});

const file = (path: string, text: string): RenderedFile => ({ path, mediaType: 'text/plain', body: utf8(text) });
const letter = [
	file('index.html', '<p>Hello'),
	file('assets/letter-12345678.css', 'p {}'),
	file('names-2.html', 'Ada'),
];

/** A mirror with these files and their list, or another one. */
const mirrorOf = (files: RenderedFile[], list = fromUtf8(writeFilesList(files.map(listedFile)).body)): Folder => {
	const bodies = new Map([
		...files.map(({ path, body }) => [path, body] as const),
		['files.json', utf8(list)] as const,
	]);
	return (path) => {
		const body = bodies.get(path.replace(/^letters\/a-letter\//, ''));
		return body && { type: 'text/plain', body };
	};
};
const take = async (folder: Folder, ...more: string[]) => {
	const { address } = await serveFolder(folder);
	return runExport(['a-letter', '--out', out, '--from', address, ...more]);
};
const read = (path: string) => readFileSync(join(out, path), 'utf8');

test('writes every file that the list names, and the list', async () => {
	const { status, said } = await take(mirrorOf(letter));
	expect(said).toContain('Wrote 4 files');
	expect(status).toBe(0);
	for (const { path, body } of letter) expect(read(path)).toBe(fromUtf8(body));
	expect(JSON.parse(read('files.json')).files).toHaveLength(3);
	expect(readdirSync(out).sort()).toEqual(['assets', 'files.json', 'index.html', 'names-2.html']);
});

test('takes it from a mirror’s folder, wherever that stands', async () => {
	const { address, asked } = await serveFolder((path) =>
		path.startsWith('kept/here/') ? mirrorOf(letter)(path.replace('kept/here/', '')) : undefined,
	);
	expect((await runExport(['a-letter', '--out', out, '--from', `${address}/kept/here`])).status).toBe(0);
	expect(asked[0]).toBe('kept/here/files.json');
});

/** Stores of objects say 403 where there is nothing. */
test.each([404, 403])(
	'takes it from a mirror that has nothing but this letter, at the root of its site, and says %i of all else',
	async (missing) => {
		const { address, asked } = await serveFolder(
			(path) => (path.startsWith('letters/') ? undefined : mirrorOf(letter)(path)),
			missing,
		);
		const { status, said } = await runExport(['a-letter', '--out', out, '--from', `${address}/`]);
		expect([status, said]).toEqual([0, expect.stringContaining('Wrote 4 files')]);
		// A host is asked where hosts have it, and only then as a mirror.
		expect(asked).toEqual(['letters/a-letter/files.json', 'files.json', ...letter.map(({ path }) => path).sort()]);
	},
);

test.each([
	['//', 'letters/a-letter/files.json'],
	['//kept/here', 'kept/here/files.json'],
	['/kept/here?page=1#names', 'kept/here/files.json'],
])('an address that ends in %s is asked for its own files', async (ending, first) => {
	const { address, asked } = await serveFolder(mirrorOf([]));
	const { said } = await runExport(['a-letter', '--out', out, '--from', `${address}${ending}`]);
	expect(said).not.toContain('Invalid URL');
	expect(asked[0]).toBe(first);
});

test('an unknown letter leaves no folder behind', async () => {
	const { status, said } = await take(() => undefined);
	expect(said).toContain('There is no released letter of this name.');
	expect([status, existsSync(out)]).toEqual([1, false]);
});

test.each([
	[['a-letter'], 'Say where to'],
	[['--out', 'x'], 'Name one letter'],
	[['../etc', '--out', 'x'], 'no letter’s name'],
	[['a-letter', '--out', 'x', '--from', 'file:///etc/'], '--from'],
	[['a-letter', '--out', 'x', '--form', 'x'], '--form'],
])('%j is told how it is used', async (args, words) => {
	const { status, said } = await runExport(args);
	expect(said).toContain(words);
	expect(said).toContain('Usage: npm run export');
	expect(status).toBe(1);
});

test('a folder that is not empty is written to only with --force, which deletes what the letter no longer has and nothing else', async () => {
	expect((await take(mirrorOf(letter))).status).toBe(0);
	writeFileSync(join(out, 'my-notes.txt'), 'mine');
	const withdrawn = [...letter.slice(0, 2).map(({ path }) => file(path, 'new'))];
	const { status, said } = await take(mirrorOf(withdrawn));
	expect(said).toContain('is not empty');
	expect([status, read('index.html')]).toEqual([1, '<p>Hello']);
	expect((await take(mirrorOf(withdrawn), '--force')).status).toBe(0);
	expect([read('index.html'), read('my-notes.txt')]).toEqual(['new', 'mine']);
	expect(existsSync(join(out, 'names-2.html'))).toBe(false);
});

test.each(['../outside.txt', '/tmp/outside.txt', 'a/../../outside.txt', '.htaccess', 'a\\outside.txt'])(
	'a list that names %j is refused, and nothing is written',
	async (path) => {
		const { status, said } = await take(mirrorOf([file('index.html', 'x'), file(path, 'y')]));
		expect(said).toContain('must not be written');
		expect([status, existsSync(out), readdirSync(place)]).toEqual([1, false, []]);
	},
);

test('a file with other bytes than the list names is not kept', async () => {
	const list = fromUtf8(writeFilesList(letter.map(listedFile)).body);
	const { status, said } = await take(mirrorOf([file('index.html', '<p>Hellø'), ...letter.slice(1)], list));
	expect(said).toContain('index.html is not the file that the list names');
	expect([status, existsSync(join(out, 'index.html')), existsSync(join(out, 'files.json'))]).toEqual([1, false, false]);
});

test('a file that does not end is cut off at its length', async () => {
	const endless = async function* () {
		for (;;) yield new Uint8Array(2 ** 16);
	};
	const mirror = mirrorOf(letter);
	const { status, said } = await take((path) =>
		path.endsWith('names-2.html') ? { type: 'text/html', body: endless() } : mirror(path),
	);
	expect(said).toContain('names-2.html is not the file');
	expect([status, readdirSync(out)]).toEqual([1, ['.copying.json', 'assets', 'index.html']]);
});

test('what is rendered again in between is read again', async () => {
	const later = letter.map(({ path }) => file(path, 'later'));
	let lists = 0;
	const { status } = await take((path) => {
		if (path.endsWith('files.json')) lists++;
		// The first list is of files that are gone when they are asked for.
		return lists < 2 && path.endsWith('files.json') ? mirrorOf(letter)(path) : mirrorOf(later)(path);
	});
	expect([status, read('index.html'), read('names-2.html')]).toEqual([0, 'later', 'later']);
	expect(JSON.parse(read('files.json')).files[0].bytes).toBe(5);
});

test('a page that a withdrawal took away while it was copied does not stay', async () => {
	const [before, after] = [
		mirrorOf([...letter, file('names-1.html', 'Zoë')]),
		mirrorOf(letter.map(({ path }) => file(path, 'later'))),
	];
	let gone = false;
	const { status } = await take((path) => {
		// Files are asked for in the order of the list: Zoë's page was written by then.
		if (path.endsWith('names-2.html')) gone = true;
		return (gone ? after : before)(path);
	});
	expect([status, read('index.html')]).toEqual([0, 'later']);
	expect(readdirSync(out).sort()).toEqual(['assets', 'files.json', 'index.html', 'names-2.html']);
});

test('nor does one that a copy brought which broke off before its end, or was killed', async () => {
	const zoe = file('names-1.html', 'Zoë');
	const breaksOff = async function* () {
		yield utf8('A');
		throw new Error('gone');
	};
	// With the file after Zoë's page the host is gone.
	const { status: broken } = await take((path) => {
		if (path.endsWith('names-2.html')) return { type: 'text/html', body: breaksOff() };
		return mirrorOf([...letter, zoe])(path);
	});
	expect([broken, readdirSync(out).includes('names-1.html')]).toEqual([1, true]);
	writeFileSync(join(out, 'names-1.html.part'), 'Zo');
	// Zoë withdraws.
	expect((await take(mirrorOf(letter), '--force')).status).toBe(0);
	expect(readdirSync(out).sort()).toEqual(['assets', 'files.json', 'index.html', 'names-2.html']);
});

test('one that another copy into the same folder disturbs says so', async () => {
	const disturbed = async function* () {
		yield utf8('A');
		const part = join(out, 'names-2.html.part');
		await vi.waitFor(() => expect(existsSync(part)).toBe(true));
		// What the other does as it begins with this file, and as it ends.
		rmSync(part);
		yield utf8('da');
	};
	const { status, said } = await take((path) =>
		path.endsWith('names-2.html') ? { type: 'text/html', body: disturbed() } : mirrorOf(letter)(path),
	);
	expect(said).toContain('another copy of this mirror seems to be running');
	expect([status, said.includes('ENOENT')]).toEqual([1, false]);
});

test('what it keeps for that is not believed where it leads out of the folder', async () => {
	expect((await take(mirrorOf(letter))).status).toBe(0);
	writeFileSync(join(place, 'mine.txt'), 'mine');
	writeFileSync(join(out, '.copying.json'), '["../mine.txt"]');
	expect((await take(mirrorOf(letter), '--force')).status).toBe(0);
	expect(readFileSync(join(place, 'mine.txt'), 'utf8')).toBe('mine');
});

test('nobody there is said plainly', async () => {
	const { status, said } = await runExport(['a-letter', '--out', out, '--from', 'http://127.0.0.1:1']);
	expect(said).toContain('No answer came from http://127.0.0.1:1');
	expect(status).toBe(1);
});

test('without a database it says where it looked', async () => {
	const required = { SMTP_URL: 'smtp://localhost:1', MAIL_FROM: 'post@mail.example', HOST_SECRET: 'x'.repeat(64) };
	const env = { ...required, ORIGIN: 'http://localhost:3000', DATA: place, KEYRING: `${place}-keyring` };
	const { status, said } = await runExport(['a-letter', '--out', out], env);
	expect(said).toContain(`there is no database in ${place}`);
	expect([status, readdirSync(place)]).toEqual([1, []]);
});
