import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FileBelow {
	path: string;
	bytes: Buffer;
}

/** Every file in a folder and those below it that others may be working in: what was removed since it was listed, as PostgreSQL does with caches and logs, is left out. */
export function* filesBelow(folder: string): Generator<FileBelow> {
	for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const bytes = readIfThere(path);
		if (bytes) yield { path, bytes };
	}
}

function readIfThere(path: string): Buffer | null {
	try {
		return readFileSync(path);
	} catch (failure) {
		if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return null;
		throw failure;
	}
}
