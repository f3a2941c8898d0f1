import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process works on the folder. */
export class FolderInUse extends Error {
	override name = 'FolderInUse';
}

/** Null where there is no such file. */
const contentOf = (path: string): string | null => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return null;
	}
};

/**
 * Tells a process from a later one with the same number, as containers hand them out again: its start time and the boot. Either is empty
 * where it cannot be read: systemd's `ProcSubset=pid` hides the boot, `ProtectProc=` other people's processes.
 */
function identity(pid: number): string {
	const started = (contentOf(`/proc/${pid}/stat`) ?? '').split(') ').at(-1)?.split(' ')[19] ?? '';
	return `${pid} ${started} ${(contentOf('/proc/sys/kernel/random/boot_id') ?? '').trim()}`;
}

/**
 * Who holds a lock may have been told less than who asks, and the other way round. But a start that the holder knew and that is hidden now is another user's process:
 * only this user's work on the folder. Each is what identity() gives.
 */
export function canBeSame(now: string, holder: string): boolean {
	const [, started = '', boot] = now.split(' ');
	const [, heldStarted, heldBoot] = holder.split(' ');
	return (!heldStarted || started === heldStarted) && (!boot || !heldBoot || boot === heldBoot);
}

function runs(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (failure) {
		return failure instanceof Error && 'code' in failure && failure.code === 'EPERM';
	}
}

/** Whether the process that wrote this still runs. */
function lives(holder: string): boolean {
	const pid = Number(holder.split(' ')[0]);
	return pid > 0 && runs(pid) && canBeSame(identity(pid), holder);
}

/** @returns whether `path` now has the content of `from`, whole; false where it is there already */
function linked(from: string, path: string): boolean {
	try {
		linkSync(from, path);
		return true;
	} catch (failure) {
		if (failure instanceof Error && 'code' in failure && failure.code === 'EEXIST') return false;
		throw failure;
	}
}

const mostAttempts = 50;

/**
 * Takes the folder for this process; the returned function gives it back. A lock whose process is gone (killed, or
 * lost with the machine) is taken over, by one of however many try. Proven by test/server/platform/folder-lock.test.ts.
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
	const path = join(folder, 'lock');
	const own = `${path}.${process.pid}`;
	try {
		writeFileSync(own, identity(process.pid));
		for (let attempt = 0; attempt < mostAttempts; attempt++) {
			if (linked(own, path) || takeOver(path, own)) return () => rmSync(path, { force: true });
			if (lives(contentOf(path) ?? '')) break;
		}
	} finally {
		rmSync(own, { force: true });
	}
	throw new FolderInUse(
		`DATA: the folder ${folder} is in use by another process. Stop that one first. With another folder this one would begin with an empty database.`,
	);
}

/** Puts `own` in the place of a lock that nobody holds any more. Whoever does it holds a claim, so that what was found is still there when it is replaced. */
function takeOver(path: string, own: string): boolean {
	const claim = `${path}.claim`;
	if (!linked(own, claim)) {
		if (!lives(contentOf(claim) ?? '')) rmSync(claim, { force: true });
		return false;
	}
	try {
		const holder = contentOf(path);
		if (holder === null || lives(holder)) return false;
		renameSync(own, path);
		return true;
	} finally {
		rmSync(claim, { force: true });
	}
}
