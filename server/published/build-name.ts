import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LetterAssets } from '../assets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that decides how a letter's files look, but for the assets, whose names hold a hash. */
const sources = ['shared/**/*.ts', 'server/published/**/*.ts', 'package-lock.json'];

let hashed: string | undefined;

/** The same name means the same files: letters that another build rendered are rendered again. Reads the sources once. */
export function buildName(assets: LetterAssets): string {
	hashed ??= hashOf(globSync(sources, { cwd: root }).sort());
	const names = assets.files.map(({ path }) => path).sort();
	return createHash('sha256').update(hashed).update(names.join('\n')).digest('base64url').slice(0, 22);
}

function hashOf(files: string[]): string {
	const hash = createHash('sha256');
	for (const file of files)
		hash
			.update(file)
			.update('\0')
			.update(readFileSync(join(root, file)));
	return hash.digest('hex');
}
