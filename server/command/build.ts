import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SOURCE_HASH } from '../assets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'web/dist');
/** Of Vite's own program: a copy of the sources is built by the same one. */
const vite = join(root, 'node_modules/vite/bin/vite.js');

/** Of everything that the built pages of a clone are made from. By content, since a fresh clone's file times say nothing. */
export function sourceHash(clone: string): string {
	const files = globSync(['web/**/*', 'shared/**/*.ts', 'package-lock.json'], { cwd: clone, withFileTypes: true });
	const paths = files
		.filter((file) => file.isFile())
		.map((file) => relative(clone, join(file.parentPath, file.name)))
		.filter((path) => !path.startsWith(join('web', 'dist', sep)));
	const hash = createHash('sha256');
	for (const path of paths.sort())
		hash
			.update(path)
			.update('\0')
			.update(readFileSync(join(clone, path)));
	return hash.digest('hex');
}

function built(): string | undefined {
	try {
		return readFileSync(join(dist, SOURCE_HASH), 'utf8');
	} catch {
		return undefined;
	}
}

/**
 * Builds web/ unless what is built came from these very sources. Whoever reads what is built meanwhile finds the old or the new, never half of either; only in
 * the moment between two renames there is none.
 */
export function buildIfStale(): void {
	const source = sourceHash(root);
	if (built() === source) return;
	const place = join(root, `node_modules/.web-${process.pid}`);
	const before = `${place}-before`;
	try {
		buildTo(place, root);
		writeFileSync(join(place, SOURCE_HASH), source);
		if (existsSync(dist)) renameSync(dist, before);
		renameSync(place, dist);
	} finally {
		for (const left of [place, before]) rmSync(left, { recursive: true, force: true });
	}
}

/**
 * Everything that browsers are served, into the folder `place`. The same sources give the same bytes of all that is served, wherever they lie: proven by
 * test/server/build-again.test.ts.
 * @param sources a clone, or a copy of its web/, shared/, package.json and node_modules
 */
export function buildTo(place: string, sources: string): void {
	// Started from a test run, NODE_ENV says test, and Lit would be built for development.
	const env = { ...process.env, NODE_ENV: 'production' };
	const builds = [
		{ config: 'web/vite.config.ts', to: place },
		{ config: 'web/sign.config.ts', to: place },
		{ config: 'web/published.config.ts', to: join(place, 'published') },
		{ config: 'web/search.config.ts', to: join(place, 'published') },
	];
	for (const { config, to } of builds) {
		const args = [vite, 'build', 'web', '--config', config, '--outDir', to, '--logLevel', 'warn'];
		execFileSync(process.execPath, args, { cwd: sources, stdio: 'inherit', env });
	}
}
