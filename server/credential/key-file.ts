/** Files of keys: whole or not there, on the disk before anybody relies on them, readable by the server's user only. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const isCode = (failure: unknown, code: string): boolean =>
	failure instanceof Error && 'code' in failure && failure.code === code;

async function orNull<Value>(reading: Promise<Value>): Promise<Value | null> {
	try {
		return await reading;
	} catch (failure) {
		if (isCode(failure, 'ENOENT')) return null;
		throw failure;
	}
}

async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** `.NAME.RANDOM`: erasing a file finds what a crash left half-written. */
async function writeBeside(folder: string, name: string, bytes: Uint8Array): Promise<string> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const path = join(folder, `.${name}.${randomBytes(8).toString('hex')}`);
	const handle = await open(path, 'wx', 0o600);
	try {
		await handle.writeFile(bytes);
		await handle.sync();
	} finally {
		await handle.close();
	}
	return path;
}

async function overwriteAndUnlink(path: string): Promise<void> {
	const handle = await orNull(open(path, 'r+'));
	if (handle === null) return;
	try {
		const { size } = await handle.stat();
		await handle.write(randomBytes(size), 0, size, 0);
		await handle.sync();
	} finally {
		await handle.close();
	}
	await orNull(unlink(path));
}

/** Whoever reads meanwhile gets the old file or the new one, whole. */
export async function replaceFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
	const path = await writeBeside(folder, name, bytes);
	await rename(path, join(folder, name));
	await syncFolder(folder);
}

/** Does nothing when there is a file of this name already. */
export async function createFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
	const path = await writeBeside(folder, name, bytes);
	try {
		await link(path, join(folder, name));
	} catch (failure) {
		if (!isCode(failure, 'EEXIST')) throw failure;
	} finally {
		await unlink(path);
	}
	await syncFolder(folder);
}

export function readFileNamed(folder: string, name: string): Promise<Uint8Array | null> {
	return orNull(readFile(join(folder, name)));
}

/** Another value for every file ever written under this name; null when there is none. Costs one stat. */
export async function versionOf(folder: string, name: string): Promise<string | null> {
	const found = await orNull(stat(join(folder, name), { bigint: true }));
	return found && `${found.ino} ${found.mtimeNs} ${found.size}`;
}

/**
 * Overwrites and unlinks, with whatever a crash left half-written beside it. A disk may keep the old blocks; what they hold is
 * sealed under the host secret, which is not on it.
 */
export async function eraseFile(folder: string, name: string): Promise<void> {
	const names = await listFiles(folder);
	const doomed = names.filter((found) => found === name || found.startsWith(`.${name}.`));
	if (doomed.length === 0) return;
	for (const found of doomed) await overwriteAndUnlink(join(folder, found));
	await syncFolder(folder);
}

export async function listFiles(folder: string): Promise<string[]> {
	return (await orNull(readdir(folder))) ?? [];
}
