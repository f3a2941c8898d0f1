import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';

const MEMORY = '/dev/shm';
/** Databases, profiles of browsers and letters of a whole run take less. */
const ENOUGH = 4 * 2 ** 30;

/**
 * Lets temporary folders of this process, and of those that it starts, lie in memory where there is room: each test of the embedded database copies a
 * folder of 40 MB. Elsewhere they lie where they always do. Gone when the process ends.
 */
export function useMemoryForTemporaryFolders(): void {
	if (!hasRoom()) return;
	const folder = mkdtempSync(`${MEMORY}/undersigned-run-`);
	// PostgreSQL passes through as another user.
	chmodSync(folder, 0o711);
	process.env.TMPDIR = folder;
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

function hasRoom(): boolean {
	try {
		const { bavail, bsize } = statfsSync(MEMORY);
		return bavail * bsize > ENOUGH;
	} catch {
		return false;
	}
}
