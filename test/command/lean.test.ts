import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { LEAN_ENVIRONMENT, LEAN_OPTIONS } from '../../server/command/lean.ts';

const lean = new URL('../../server/command/lean.ts', import.meta.url).href;
const program = `
	const { beginLean } = await import('${lean}');
	console.log(process.pid);
	beginLean();
	console.log(JSON.stringify([process.pid, process.execArgv.slice(0, ${LEAN_OPTIONS.length}), process.env.MALLOC_ARENA_MAX, process.env.KEPT]));
`;

function run(env: Record<string, string>): string[] {
	const args = ['--input-type=module', '--eval', program];
	const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
	expect(stderr).toBe('');
	return stdout.trim().split('\n');
}

test.runIf(process.platform === 'linux')(
	'a server begins once more in its own process, with what keeps it small',
	() => {
		const [first, second, last = ''] = run({ KEPT: 'yes' });
		expect(second).toBe(first);
		expect(JSON.parse(last)).toEqual([Number(first), LEAN_OPTIONS, LEAN_ENVIRONMENT.MALLOC_ARENA_MAX, 'yes']);
	},
);

test('whoever has said how the C library keeps memory is left alone', () => {
	const [first, last = ''] = run({ MALLOC_ARENA_MAX: '1' });
	const given = ['--input-type=module', '--eval'].slice(0, LEAN_OPTIONS.length);
	expect(JSON.parse(last)).toEqual([Number(first), given, '1', null]);
});
