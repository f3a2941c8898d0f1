import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stampFile = join(root, 'web/dist/.vite/source-hash');

/** Of everything that the built pages are made from. By content, since a fresh clone's file times say nothing. */
function sourceHash(): string {
	const files = globSync(['web/**/*', 'shared/**/*.ts', 'package-lock.json'], { cwd: root, withFileTypes: true });
	const paths = files
		.filter((file) => file.isFile() && !file.parentPath.includes('/dist'))
		.map((file) => join(file.parentPath, file.name));
	const hash = createHash('sha256');
	for (const path of paths.sort()) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path));
	return hash.digest('hex');
}

function built(): string | undefined {
	try {
		return readFileSync(stampFile, 'utf8');
	} catch {
		return undefined;
	}
}

/** Builds web/ unless what is built came from these very sources. */
export function buildIfStale(): void {
	const source = sourceHash();
	if (built() === source) return;
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	// Started from a test run, NODE_ENV says test, and Lit would be built for development.
	const env = { ...process.env, NODE_ENV: 'production' };
	for (const config of ['web/vite.config.ts', 'web/published.config.ts']) {
		const args = [vite, 'build', 'web', '--config', config, '--logLevel', 'warn'];
		execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
	}
	writeFileSync(stampFile, source);
}
