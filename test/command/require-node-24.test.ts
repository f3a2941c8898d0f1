/** An npm before 11 leaves Node 24 where it unpacked it: then it is started from there, and linked for the next time. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const program = 'server/command/require-node-24.mjs';

/** A clone with nothing but this program and what it starts; run by a Node that takes itself for an older one, once. */
function clone() {
	const folder = mkdtempSync(join(tmpdir(), 'undersigned clone '));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	cpSync(resolve(import.meta.dirname, '../..', program), join(folder, program));
	mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
	writeFileSync(
		join(folder, 'old.mjs'),
		`if (process.env.OLD) Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.2' } });\ndelete process.env.OLD;`,
	);
	writeFileSync(
		join(folder, 'entry.mjs'),
		'console.log(process.execPath, ...process.argv.slice(2)); process.exitCode = 7;',
	);
	const runIn = (env: Record<string, string>, ...args: string[]) =>
		spawnSync(process.execPath, ['--import', './old.mjs', '--import', `./${program}`, 'entry.mjs', ...args], {
			cwd: folder,
			env,
			encoding: 'utf8',
		});
	const run = (...args: string[]) => runIn({ OLD: '1' }, ...args);
	return { folder, run, runIn };
}

test.skipIf(process.platform === 'win32')('an old Node hands over to the one that npm brought', () => {
	const { folder, run } = clone();
	const path = `node-${process.platform}-${process.arch}/bin/node`;
	mkdirSync(dirname(join(folder, 'node_modules', path)), { recursive: true });
	symlinkSync(process.execPath, join(folder, 'node_modules', path));
	for (const _time of ['first', 'again']) {
		const { status, stdout, stderr } = run('--signers', '60');
		expect({ status, stderr }).toEqual({ status: 7, stderr: '' });
		expect(stdout).toMatch(/node --signers 60\n$/);
	}
	expect(readlinkSync(join(folder, 'node_modules/.bin/node'))).toBe(`../${path}`);
});

test('where none came, it says what to install, and nothing is started', () => {
	const { status, stdout, stderr } = clone().run();
	expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
	expect(stderr).toContain('needs Node 24; this is 20.19.2');
	expect(stderr).toContain('install Node 24 yourself');
});

test('compiled code is kept beside the packages, whatever the folder is called, or in the folder that NODE_COMPILE_CACHE names', () => {
	const { folder, runIn } = clone();
	expect(folder).toContain(' ');
	expect(runIn({}).status).toBe(7);
	expect(readdirSync(folder).sort()).toEqual(['entry.mjs', 'node_modules', 'old.mjs', 'server']);
	expect(readdirSync(join(folder, 'node_modules')).sort()).toEqual(['.bin', '.compiled']);
	rmSync(join(folder, 'node_modules/.compiled'), { recursive: true });
	expect(runIn({ NODE_COMPILE_CACHE: join(folder, 'elsewhere') }).status).toBe(7);
	expect(readdirSync(join(folder, 'node_modules'))).toEqual(['.bin']);
	expect(readdirSync(join(folder, 'elsewhere'))).toHaveLength(1);
});
