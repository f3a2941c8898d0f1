import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canBeSame, lockFolder } from '../../../server/platform/folder-lock.ts';

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

/** Under the systemd unit of ops/ neither the boot nor other users' processes can be seen: what of them is hidden is empty. */
test.each([
	['the same process', '812 12345 ', '812 12345 ', true],
	['the same, seen with its boot by whom nothing is hidden from', '812 12345 boot', '812 12345 ', true],
	['where there is no /proc', '812  ', '812  ', true],
	['a later one with its number', '812 99999 ', '812 12345 ', false],
	['another user’s with its number, after the machine went down: its start is hidden', '812  ', '812 12345 ', false],
	['one of another boot', '812 12345 now', '812 12345 before', false],
])('the holder of a lock is told from others by what can be seen of it: %s', (_, now, holder, same) => {
	expect(canBeSame(now, holder)).toBe(same);
});

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
