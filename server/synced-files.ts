import { closeSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Init = NodeFS['init'];
type Module = Parameters<NonNullable<Parameters<Init>[1]['preRun']>[number]>[0];

/** Emscripten's file system over Node's, as PGlite's program has it: without `fsync`, which it asks for all the same. */
interface WithFolders {
	NODEFS: {
		realPath(node: unknown): string;
		stream_ops: { fsync?(stream: { nfd?: number; node: unknown }): number };
	};
}

/**
 * The folder of the embedded database, of which what is committed is on the disk before anybody is answered: PGlite leaves that to the operating system, and a power cut
 * would take along what was acknowledged, or leave a folder that no longer opens. Needs PostgreSQL's `fsync`, and `wal_sync_method=fsync` (PGlite passes over the other).
 * Where the disk does not take it, the process ends at once, as PostgreSQL's own do: PGlite would answer that all is well, and the next query would never end. What is on the disk is
 * recovered by the next start. Proven by test/server/synced-files.test.ts.
 */
export class SyncedFiles extends NodeFS {
	override async init(...[pglite, options]: Parameters<Init>): ReturnType<Init> {
		const { emscriptenOpts } = await super.init(pglite, options);
		return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), sync] } };
	}
}

function sync(module: Module): void {
	const { NODEFS } = module as unknown as WithFolders;
	NODEFS.stream_ops.fsync = ({ nfd, node }) => {
		try {
			if (nfd !== undefined) fsyncSync(nfd);
			else syncFolder(NODEFS.realPath(node));
			return 0;
		} catch (failure) {
			return endAtOnce(failure);
		}
	};
}

function endAtOnce(failure: unknown): never {
	const code = failure instanceof Error && 'code' in failure ? failure.code : 'unknown';
	console.error(
		`DATA: the disk did not take what the database wrote (${code}), so this process ends: nobody is told that something is kept which is not. Look at the disk, then start it again.`,
	);
	process.exit(1);
}

/** Which files are in it. */
function syncFolder(path: string): void {
	const folder = openSync(path, 'r');
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
