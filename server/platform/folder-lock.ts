import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process works on the folder. */
export class FolderInUse extends Error {
	override name = 'FolderInUse';
}

const contentOf = (path: string): string => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
};

/** Tells a process from a later one with the same number, as containers hand them out again: its start time and the boot. */
function identity(pid: number): string {
	const started = contentOf(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[19] ?? '';
	return `${pid} ${started} ${contentOf('/proc/sys/kernel/random/boot_id').trim()}`;
}

function runs(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (failure) {
		return failure instanceof Error && 'code' in failure && failure.code === 'EPERM';
	}
}

/**
 * Takes the folder for this process; the returned function gives it back. A lock whose process is gone (killed, or
 * lost with the machine) is taken over. Proven by test/server/platform/folder-lock.test.ts.
 */
export function lockFolder(folder: string): () => void {
	const path = join(folder, 'lock');
	for (let attempt = 0; attempt < 2; attempt++) {
		try {
			writeFileSync(path, identity(process.pid), { flag: 'wx' });
			return () => rmSync(path, { force: true });
		} catch (failure) {
			if (!(failure instanceof Error && 'code' in failure && failure.code === 'EEXIST')) throw failure;
		}
		const holder = contentOf(path);
		const pid = Number(holder.split(' ')[0]);
		if (pid > 0 && runs(pid) && identity(pid) === holder) break;
		rmSync(path, { force: true });
	}
	throw new FolderInUse(
		`DATA: the folder ${folder} is in use by another process. Stop that one first, or give this one another folder.`,
	);
}
