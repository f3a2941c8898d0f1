import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../../server/platform/folder-lock.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'undersigned-lock-'));

test('a folder has one holder at a time', () => {
	const folder = newFolder();
	const unlock = lockFolder(folder);
	expect(() => lockFolder(folder)).toThrow('in use by another process');
	unlock();
	lockFolder(folder)();
});

test('the lock of a process that is gone is taken over', () => {
	const folder = newFolder();
	const gone = spawnSync('true').pid;
	writeFileSync(join(folder, 'lock'), `${gone} 1 boot`);
	lockFolder(folder)();
});

test('the lock of an earlier process with the same number is taken over', () => {
	const folder = newFolder();
	writeFileSync(join(folder, 'lock'), `${process.pid} 1 another-boot`);
	lockFolder(folder)();
});

test.each(['without the boot', 'without the start, too'])(
	'a live process that could not read all of /proc holds its lock: %s',
	(hidden) => {
		const folder = newFolder();
		const path = join(folder, 'lock');
		lockFolder(folder);
		const [pid, started] = readFileSync(path, 'utf8').split(' ');
		writeFileSync(path, hidden === 'without the boot' ? `${pid} ${started} ` : `${pid}  `);
		expect(() => lockFolder(folder)).toThrow('in use by another process');
	},
);

test('an empty lock file, as a full disk leaves it, does not block for ever', () => {
	const folder = newFolder();
	writeFileSync(join(folder, 'lock'), '');
	lockFolder(folder)();
});

test('nor does a process that died while it took a lock over', () => {
	const folder = newFolder();
	const gone = spawnSync('true').pid;
	for (const file of ['lock', 'lock.claim']) writeFileSync(join(folder, file), `${gone} 1 boot`);
	const unlock = lockFolder(folder);
	expect(readdirSync(folder)).toEqual(['lock']);
	unlock();
	expect(readdirSync(folder)).toEqual([]);
});
