/** `npm run recount` as a process of its own, and what it took. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Recounted {
	/** What it printed. */
	said: string;
	/** Bytes, see peak-memory.ts. */
	grown: number;
	resident: number;
}

/** @param heap megabytes of heap that it may have, and ends without. @throws where it ends with another status than 0 */
export async function recountFile(file: string, heap: number): Promise<Recounted> {
	const peak = `${file}.peak`;
	const imports = ['./server/command/require-node-24.mjs', './test/support/peak-memory.ts'];
	const options = [`--max-old-space-size=${heap}`, ...imports.flatMap((one) => ['--import', one])];
	const env = { ...process.env, PEAK_MEMORY: peak };
	const { stdout } = await run(process.execPath, [...options, 'server/command/recount.ts', file], { env });
	const { grown, resident } = JSON.parse(readFileSync(peak, 'utf8')) as Pick<Recounted, 'grown' | 'resident'>;
	rmSync(peak);
	return { said: stdout, grown, resident };
}
