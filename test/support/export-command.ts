import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processEnvironment } from './process-environment.ts';

const command = fileURLToPath(new URL('../../server/command/export.ts', import.meta.url));

/** `npm run export` in a process of its own. */
export function runExport(
	args: string[],
	environment: Record<string, string> = {},
): Promise<{ status: number | null; said: string }> {
	const env = processEnvironment(environment);
	const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
	return new Promise((resolve) => child.once('close', (status) => resolve({ status, said })));
}
