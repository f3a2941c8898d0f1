import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadAssets } from '../../server/assets.ts';
import { buildTo, sourceHash } from '../../server/command/build.ts';
import { startServer } from '../support/server.ts';

const root = resolve(import.meta.dirname, '../..');
/** What server/command/build.ts says that a build is made from. */
const sources = ['web', 'shared', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Copies the sources of `from` to another folder, and builds them there. @returns the hashes of what would be served */
function builtElsewhere(from: string, folder: string): Record<string, string> {
	mkdirSync(folder, { recursive: true });
	const dist = `${sep}web${sep}dist`;
	for (const name of sources)
		cpSync(join(from, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith(dist) });
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	buildTo(join(folder, 'built'), folder);
	return loadAssets(join(folder, 'built')).build.files;
}

test('two builds of the same sources give the same bytes, wherever and in whichever time zone and language', () => {
	const place = mkdtempSync(join(tmpdir(), 'undersigned-build-'));
	try {
		const first = builtElsewhere(root, join(place, 'one'));
		vi.stubEnv('TZ', 'Pacific/Chatham');
		vi.stubEnv('LANG', 'tr_TR.UTF-8');
		vi.stubEnv('HOME', place);
		const second = builtElsewhere(join(place, 'one'), join(place, 'somewhere/quite/else'));
		expect(second).toEqual(first);
		const names = Object.keys(first);
		for (const [name, least] of [
			['.js', 15],
			['.css', 10],
			['.woff2', 5],
		] as const)
			expect([name, names.filter((one) => one.endsWith(name)).length]).toEqual([
				name,
				expect.toSatisfy((n) => n >= least),
			]);
	} finally {
		vi.unstubAllEnvs();
		rmSync(place, { recursive: true, force: true });
	}
});

test('what a build is made from is told by its sources, whatever the folder is called that they lie in, and by nothing that was built', () => {
	const place = mkdtempSync(join(tmpdir(), 'undersigned-sources-'));
	onTestFinished(() => rmSync(place, { recursive: true, force: true }));
	const [one, other] = [join(place, 'one'), join(place, 'web/dist/distant')];
	const write = (clone: string, path: string, text: string) => {
		mkdirSync(dirname(join(clone, path)), { recursive: true });
		writeFileSync(join(clone, path), text);
	};
	const hashes = () => [one, other].map((clone) => sourceHash(clone));
	for (const clone of [one, other]) {
		write(clone, 'web/read/page.ts', 'first');
		write(clone, 'shared/words.ts', 'words');
	}
	const before = hashes();
	expect(before[0]).toBe(before[1]);
	for (const clone of [one, other]) write(clone, 'web/dist/assets/page-12345678.js', 'built');
	expect(hashes()).toEqual(before);
	for (const clone of [one, other]) write(clone, 'web/read/page.ts', 'second');
	const after = hashes();
	expect(after[0]).toBe(after[1]);
	expect(after[0]).not.toBe(before[0]);
});

test('/build.json names each built file with the hash of the bytes that are served', async () => {
	const server = await startServer();
	const answer = await server.fetch('/build.json');
	const { format, sources, files } = await answer.json();
	expect(format).toBe('undersigned build 1');
	expect(sources).toMatch(/^[0-9a-f]{64}$/);
	const own = Object.entries(files).filter(([path]) => path.startsWith('assets/'));
	expect(own.length).toBeGreaterThan(20);
	for (const [path, hash] of own) {
		const bytes = Buffer.from(await (await server.fetch(`/${path}`)).arrayBuffer());
		expect([path, createHash('sha256').update(bytes).digest('hex')]).toEqual([path, hash]);
	}
	// What is served under a name that the list has not, nobody could watch.
	expect(own.map(([path]) => `/${path}`)).toEqual(
		expect.arrayContaining([server.deps.assets.script('sign'), server.deps.assets.script('desk')]),
	);
	const letter = server.deps.assets
		.letter()
		.files.map(({ path, body }) => [`published/${path}`, createHash('sha256').update(body).digest('hex')]);
	expect(Object.fromEntries([...own, ...letter])).toEqual(files);
});
