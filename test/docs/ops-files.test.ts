/** What operators copy from ops/ is taken by the programs that read it. Skipped where they are not installed; nginx's file is tried with nginx itself in test/server/two-nodes-nginx.test.ts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LEAN_ENVIRONMENT, LEAN_OPTIONS } from '../../server/command/lean.ts';

const root = resolve(import.meta.dirname, '../..');
const caddy = ['/usr/bin/caddy', '/usr/local/bin/caddy'].find((path) => existsSync(path));
const systemd = ['/usr/bin/systemd-analyze', '/bin/systemd-analyze'].find((path) => existsSync(path));

const inFolder = (): string => {
	const folder = mkdtempSync(join(tmpdir(), 'undersigned-ops-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
};

/** With nothing of this machine's user. @returns its status and all that it said */
function run(program: string, given: string[], home: string): [number | null, string] {
	const env = { PATH: process.env.PATH, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
	const { status, stdout, stderr } = spawnSync(program, given, { env, encoding: 'utf8' });
	return [status, stdout + stderr];
}

test.skipIf(caddy === undefined)('Caddy takes ops/Caddyfile (skipped where there is no caddy)', () => {
	const asked = ['validate', '--adapter', 'caddyfile', '--config', join(root, 'ops/Caddyfile')];
	expect(run(caddy ?? '', asked, inFolder())).toEqual([0, expect.stringContaining('Valid configuration')]);
});

test.skipIf(systemd === undefined)(
	'systemd takes ops/undersigned.service, and finds it well closed off (skipped where there is no systemd-analyze)',
	() => {
		const folder = inFolder();
		// It looks for the program; nothing else of the unit is another.
		const installed = '/opt/undersigned/node_modules/.bin/node';
		const unit = readFileSync(join(root, 'ops/undersigned.service'), 'utf8');
		expect(unit).toContain(`ExecStart=${installed} `);
		const file = join(folder, 'undersigned.service');
		writeFileSync(file, unit.replace(installed, process.execPath));
		expect(run(systemd ?? '', ['verify', '--man=no', file], folder)).toEqual([0, '']);
		const [, rated] = run(systemd ?? '', ['security', '--offline=true', '--no-pager', file], folder);
		const exposure = /Overall exposure level for undersigned\.service: ([\d.]+) /.exec(rated)?.[1];
		// 1.1 with systemd 252 and 257; each version rates a little differently.
		expect(Number(exposure)).toBeLessThan(2);
	},
);

test.each(['undersigned.service', 'Containerfile'])('ops/%s begins a server as small as npm start does', (name) => {
	const begun = readFileSync(join(root, 'ops', name), 'utf8').replaceAll(/[",]/g, '');
	const settings = Object.entries(LEAN_ENVIRONMENT).map((setting) => setting.join('='));
	expect(begun).toContain(`node ${LEAN_OPTIONS.join(' ')} --import`);
	expect(begun).toMatch(new RegExp(`^(Environment=|ENV )${settings.join(' ')}$`, 'm'));
});
