/** What whoever runs a command is told where they got it wrong. Of `export`, `mail-check` and `watch-build` the tests beside this one say it, of `take-down` its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../server');

function run(entry: string, args: string[], env: Record<string, string> = {}) {
	const { NODE_COMPILE_CACHE = '' } = process.env;
	const given = { env: { NODE_COMPILE_CACHE, ...env }, encoding: 'utf8' } as const;
	const { status, stderr } = spawnSync(process.execPath, [join(folder, entry), ...args], given);
	return { status, said: stderr };
}

let place: string;
beforeAll(() => {
	place = mkdtempSync(join(tmpdir(), 'undersigned-wrong-'));
	return () => rmSync(place, { recursive: true, force: true });
});

test.each([
	['invite', ['--for=R.']],
	['restored', ['--without-keyrings']],
	['change-secret', ['now']],
	['demo', ['--signer', '60']],
])('npm run %s takes no %s, and says how it is used', (command, args) => {
	const { status, said } = run(`command/${command}.ts`, args);
	expect(said).toContain('Usage: ');
	expect(said).toContain(`npm run ${command}`);
	expect(said).not.toMatch(/^ +at /m);
	expect(status).toBe(1);
});

test('npm run demo says which server it could not find', () => {
	expect(run('command/demo.ts', ['--server', 'nonsense']).said).toContain('--server: give an address');
	expect(run('command/demo.ts', ['--server', 'http://localhost:1']).said).toContain('Start one with: npm start');
});

test.each([
	['invite', []],
	['restored', []],
	['change-secret', []],
	['take-down', ['a-letter', '--own-decision']],
])('npm run %s finds no database in a wrong folder, and makes none there', (command, args) => {
	const data = mkdtempSync(join(place, 'empty-'));
	const secrets = { HOST_SECRET: 'f00d'.repeat(16), NEW_HOST_SECRET: 'beef'.repeat(16) };
	const { status, said } = run(`command/${command}.ts`, args, { ...secrets, DATA: data, PORT: '1' });
	expect(said).toContain(`DATA: there is no database in ${data}`);
	expect(status).toBe(1);
	expect(readdirSync(data)).toEqual([]);
});

test('a server says which folder it cannot write to', () => {
	const file = join(place, 'a-file');
	writeFileSync(file, '');
	onTestFinished(() => rmSync(file));
	const start = (env: Record<string, string>) =>
		run('main.ts', [], { PORT: '1', HOST_SECRET: 'f00d'.repeat(16), ...env });
	expect(start({ DATA: join(file, 'data'), KEYRING: place })).toEqual({
		status: 1,
		said: expect.stringMatching(/^Undersigned cannot start:\nDATA: .*a-file\/data\/database cannot be written to/),
	});
	expect(start({ DATA: place, KEYRING: file }).said).toMatch(/\nKEYRING: .*a-file cannot be written to/);
	const secretless = run('main.ts', [], { PORT: '1', DATA: join(file, 'data'), KEYRING: place });
	expect(secretless.said).toMatch(/\nDATA: .*a-file\/data cannot be written to/);
});
