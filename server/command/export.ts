/**
 * `npm run export -- SLUG --out DIR`: writes a released letter as a folder that needs no server of ours. Reads the database, or asks the
 * server that has it open; with `--from ADDRESS` any server that has the letter. Ends with 0, or 1 and the reason. See docs/mirror.md.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { slugSchema } from '../../shared/release.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { openDatabase } from '../database.ts';
import { FolderInUse } from '../platform/folder-lock.ts';
import { CopyFailed, copyFolder } from '../published/copy-folder.ts';
import { type FolderSource, fromDatabase, fromFirst, fromServer, SourceFailed } from '../published/folder-source.ts';

const USAGE = `Usage: npm run export -- SLUG --out DIR [--force] [--from https://letters.example.org]
SLUG is what stands behind /letters/ in the letter’s address.
--force writes into a folder that is not empty, such as an older copy.
--from takes it from that host over the web, or from a mirror’s address; without it, from this host’s own database.`;

/** What to say, with how it is used. */
class UsageError extends Error {}

interface Asked {
	slug: string;
	out: string;
	force: boolean;
	/** Where the folder may be, in the order in which that is tried. */
	from: URL[] | null;
}

await main(process.argv.slice(2));

async function main(args: string[]): Promise<void> {
	try {
		const asked = readArguments(args);
		const { files, bytes } = await copy(asked);
		console.log(`Wrote ${files} files, ${bytes.toLocaleString('en')} bytes, to ${asked.out}.`);
		console.log(`Recount it with: npm run recount -- ${join(asked.out, 'release.json')}`);
	} catch (failure) {
		const told = [CopyFailed, SourceFailed, ConfigError, UsageError].some((known) => failure instanceof known);
		// A database that does not answer, a full disk: the words are for whoever runs this.
		console.error(failure instanceof Error ? failure.message : String(failure));
		if (failure instanceof UsageError) console.error(USAGE);
		else if (!told) console.error('Nothing should be made of what is in the folder.');
		process.exitCode = 1;
	}
}

function readArguments(args: string[]): Asked {
	const { slug, out, force, from } = parse(args);
	if (!v.is(slugSchema, slug)) throw new UsageError(`“${slug ?? ''}” is no letter’s name.`);
	if (!out) throw new UsageError('Say where to: --out DIR.');
	return { slug, out: resolve(out), force, from: from === undefined ? null : folderAddresses(from, slug) };
}

function parse(args: string[]) {
	try {
		const { values, positionals } = parseArgs({
			args,
			allowPositionals: true,
			options: { out: { type: 'string' }, from: { type: 'string' }, force: { type: 'boolean', default: false } },
		});
		if (positionals.length !== 1) throw new UsageError('Name one letter.');
		return { slug: positionals[0], ...values };
	} catch (failure) {
		throw new UsageError(failure instanceof Error ? failure.message : String(failure));
	}
}

/** A host’s letters stand below /letters/; an address with a path is a mirror’s folder itself. One without may be either: a mirror can have a site of its own. */
function folderAddresses(from: string, slug: string): URL[] {
	const url = URL.canParse(from) ? new URL(from) : null;
	if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
		throw new UsageError('--from: give an address such as https://letters.example.org.');
	}
	// What begins with two slashes would name another host.
	const path = url.pathname.replace(/^\/+/, '/');
	const folder = new URL(path.endsWith('/') ? path : `${path}/`, url);
	return path === '/' ? [new URL(`/letters/${slug}/`, url), folder] : [folder];
}

async function copy({ slug, out, force, from }: Asked): Promise<{ files: number; bytes: number }> {
	const write = (source: FolderSource) => copyFolder(source, out, force);
	if (from !== null) return write(fromFirst(from.map(fromServer)));
	const config = readConfig(process.env);
	if (!config.databaseUrl && !existsSync(join(config.data, 'database'))) {
		throw new CopyFailed(`DATA: there is no database in ${config.data}. Name its folder, or the host with --from.`);
	}
	const database = await openUnlessInUse(config);
	if (database === null) return write(fromServer(new URL(`/letters/${slug}/`, ownAddress(config))));
	try {
		return await write(fromDatabase(database.db, slug));
	} finally {
		await database.close();
	}
}

/** Null where a running server has the embedded database open: no second process may, so that one is asked. */
async function openUnlessInUse(config: Config) {
	try {
		return await openDatabase(config);
	} catch (failure) {
		if (failure instanceof FolderInUse) return null;
		throw failure;
	}
}

/** Where the server that this configuration describes listens, on this machine. */
function ownAddress({ mode, origin, host, port }: Config): string {
	if (mode === 'development') return origin;
	const loopback = ['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host;
	return `http://${loopback.includes(':') ? `[${loopback}]` : loopback}:${port}`;
}
