/**
 * `npm run recount -- FILE [FILE.jws]`: recounts a release file, from any mirror, without a server, and the posts in updates.json where that lies beside it.
 * Ends with 0 where all of it holds, 1 where it does not, or where the files cannot be read. What it does is written down in docs/protocol.md, sections 9 and 10.
 */
import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CheckedChain } from '../../shared/chain.ts';
import type { CheckName } from '../../shared/recount-report.ts';
import { checkUpdates, type UpdatesVerdict, updatesSentence } from '../../shared/recount-updates.ts';
import { CHECK_NOW, recountReport } from '../../shared/recount-words.ts';
import { UPDATES_PATH } from '../../shared/updates-file.ts';
import { recountInWorkers } from '../recount-workers.ts';

const USAGE = 'Usage: npm run recount -- release.json [release.json.jws]';

process.exitCode = await main(process.argv.slice(2));

async function main(files: string[]): Promise<0 | 1> {
	const [file, jwsFile] = files;
	if (file === undefined || files.length > 2 || files.some((one) => one.startsWith('-'))) {
		console.error(USAGE);
		return 1;
	}
	try {
		const jws = await findJws(file, jwsFile);
		let chain: CheckedChain | undefined;
		const report = await recountInWorkers(createReadStream(file, { highWaterMark: 1 << 20 }), {
			...(jws === null ? {} : { jws }),
			opened: (opened) => {
				chain = opened;
			},
			...(process.stderr.isTTY ? { now: showCheck, progress: showProgress } : {}),
		});
		if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
		const updates = report.ok && chain !== undefined ? await findUpdates(file, chain) : null;
		const posts = report.ok ? [updatesSentence(updates)] : [];
		const postsHold = updates?.ok !== false;
		for (const line of recountReport(report, posts, postsHold)) console.log(line);
		return report.ok && postsHold ? 0 : 1;
	} catch (error) {
		if (!(error instanceof Error) || !('syscall' in error)) throw error;
		console.error(`Nothing was recounted, because a file cannot be read: ${error.message}\n${USAGE}`);
		return 1;
	}
}

/** What lies beside the release as updates.json. */
async function findUpdates(file: string, chain: CheckedChain): Promise<UpdatesVerdict | null> {
	const path = join(dirname(file), UPDATES_PATH);
	return (await exists(path)) ? await checkUpdates(createReadStream(path), chain) : null;
}

function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}

/** The JWS that was named, else the one that lies beside the file; cut at a length that no JWS has. */
async function findJws(file: string, named: string | undefined): Promise<string | null> {
	const beside = `${file}.jws`;
	if (named === undefined && !(await exists(beside))) return null;
	return (await readFile(named ?? beside, 'latin1')).slice(0, 1000);
}

function showCheck(name: CheckName): void {
	process.stderr.write(`\r\x1b[K${CHECK_NOW[name]()}`);
}

function showProgress(done: number, total: number): void {
	const share = total === 0 ? 100 : Math.floor((done * 100) / total);
	process.stderr.write(`\r\x1b[K${CHECK_NOW.signatures()}: ${done} of ${total}, ${share} %`);
}
