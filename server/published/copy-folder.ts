/**
 * Writes the folder of a released letter to a disk, from a source that need not be trusted with where things are written: only paths that
 * are safe, only bytes with the length and hash that the list names. Proven by test/command/export.test.ts.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { FILES_PATH, isSafePath, type ListedFile, readFilesList } from './files-list.ts';
import type { FolderSource } from './folder-source.ts';

/** The copy could not be made; the message says why, and what to do. */
export class CopyFailed extends Error {
	override name = 'CopyFailed';
}

/** A file is not what the list says: the letter was rendered again in between, or the source lies. */
class Different extends Error {}

/** Lies in the folder while it is written: the paths that this copy and those before it may have brought. No list can name it. */
const COPYING_PATH = '.copying.json';
const longestList = 8 * 2 ** 20;
const attempts = 3;

/**
 * @param force write into a folder that is not empty. What an earlier copy brought and the letter no longer has is deleted: names that were withdrawn go from a mirror, too,
 * also where the copy before broke off
 * @returns how many files there are, and their bytes together
 * @throws CopyFailed, SourceFailed
 */
export async function copyFolder(
	source: FolderSource,
	folder: string,
	force: boolean,
): Promise<{ files: number; bytes: number }> {
	// Asked first, so that an unknown letter leaves no empty folder.
	let list = await readList(source);
	await requireEmpty(folder, force);
	// An attempt that failed, or a copy that broke off, may have written pages of names that are withdrawn by the next one.
	const brought = await broughtBefore(folder);
	const copying = join(folder, COPYING_PATH);
	for (let attempt = 1; ; attempt++) {
		for (const { path } of list.files) brought.add(path);
		await replace(copying, (part) => writeFile(part, JSON.stringify([...brought])));
		try {
			for (const file of list.files) await copyFile(source, folder, file);
			break;
		} catch (failure) {
			if (!(failure instanceof Different)) throw failure;
			if (attempt === attempts)
				throw new CopyFailed(`${failure.message} Nothing should be made of what is in the folder.`);
			list = await readList(source);
		}
	}
	await replace(join(folder, FILES_PATH), (part) => writeFile(part, list.text));
	const kept = new Set(list.files.map(({ path }) => path));
	for (const path of brought) {
		if (!kept.has(path)) await rm(join(folder, path), { force: true });
		// Of a process that was killed.
		await rm(partOf(join(folder, path)), { force: true });
	}
	await rm(copying, { force: true });
	return { files: list.files.length + 1, bytes: list.files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** What may lie in the folder from copies before: of the last that came to its end, and of those that broke off since. */
async function broughtBefore(folder: string): Promise<Set<string>> {
	const read = (path: string) => readFile(join(folder, path), 'utf8').catch(() => '');
	const listed = readFilesList(await read(FILES_PATH)) ?? [];
	const paths = v.safeParse(v.array(v.pipe(v.string(), v.check(isSafePath))), parse(await read(COPYING_PATH)));
	return new Set([...listed.map(({ path }) => path), ...(paths.success ? paths.output : [])]);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

async function readList(source: FolderSource): Promise<{ text: string; files: ListedFile[] }> {
	const pieces = await source(FILES_PATH);
	if (pieces === null) throw new CopyFailed('There is no released letter of this name.');
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const piece of pieces) {
		length += piece.length;
		if (length > longestList) throw new CopyFailed(`${FILES_PATH} is too long to be a list of files.`);
		chunks.push(piece);
	}
	const text = Buffer.concat(chunks).toString();
	const files = readFilesList(text);
	if (files === null) {
		throw new CopyFailed(
			`${FILES_PATH} is no list of a letter’s files, or names one that must not be written. Nothing was.`,
		);
	}
	return { text, files };
}

async function requireEmpty(folder: string, force: boolean): Promise<void> {
	try {
		await mkdir(folder, { recursive: true });
		if (force || (await readdir(folder)).length === 0) return;
	} catch (failure) {
		const why = failure instanceof Error ? failure.message : String(failure);
		throw new CopyFailed(`${folder} cannot be written to: ${why}`);
	}
	throw new CopyFailed(`${folder} is not empty. Name another folder, or add --force to write over what is there.`);
}

async function copyFile(source: FolderSource, folder: string, file: ListedFile): Promise<void> {
	const pieces = await source(file.path);
	if (pieces === null) throw new Different(`${file.path} is in the list, but not there.`);
	const target = join(folder, file.path);
	await mkdir(dirname(target), { recursive: true });
	await replace(target, (part) => pipeline(Readable.from(exactly(pieces, file)), createWriteStream(part)));
}

/** Passes the pieces on; ends with an error where they are not what the list names. */
async function* exactly(pieces: AsyncIterable<Uint8Array>, file: ListedFile): AsyncGenerator<Uint8Array> {
	const hash = createHash('sha256');
	let length = 0;
	for await (const piece of pieces) {
		length += piece.length;
		if (length > file.bytes) break;
		hash.update(piece);
		yield piece;
	}
	if (length !== file.bytes || hash.digest('hex') !== file.sha256) {
		throw new Different(`${file.path} is not the file that the list names.`);
	}
}

const partOf = (target: string) => `${target}.part`;

/** Each copy takes away the parts that lie there, as those of one that was killed. */
function refuseOverlap(failure: unknown): never {
	if (!(failure instanceof Error && 'code' in failure && failure.code === 'ENOENT')) throw failure;
	throw new CopyFailed(
		'A file that was being written is gone: another copy of this mirror seems to be running. Let it end, then copy again with --force; docs/mirror.md says how to run one at a time.',
	);
}

/** Whoever serves the folder meanwhile serves the old file or the new one, never half of one. */
async function replace(target: string, write: (part: string) => Promise<void>): Promise<void> {
	const part = partOf(target);
	try {
		// Not through a link that lies there.
		await rm(part, { force: true });
		await write(part);
		await rename(part, target).catch(refuseOverlap);
	} finally {
		await rm(part, { force: true });
	}
}
