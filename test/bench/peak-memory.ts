/** The largest resident set of a process, and of those that it starts, as Linux keeps it (proc(5): VmHWM, clear_refs). */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const EVERY_MS = 20;

/** Megabytes. */
export interface Peak {
	/** Of the process itself. */
	own: number;
	/** Of the largest of those that it started; 0 where it started none. */
	child: number;
}

/** While `work` lasts. What a child takes in its last 20 ms is missed. */
export async function peakMemory(pid: number, work: () => Promise<unknown>): Promise<Peak> {
	// The peak begins anew where it is.
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	let child = 0;
	const look = setInterval(() => {
		for (const one of childrenOf(pid)) child = Math.max(child, peakOf(one));
	}, EVERY_MS);
	try {
		await work();
	} finally {
		clearInterval(look);
	}
	return { own: peakOf(pid), child };
}

/** Megabytes, since it began; 0 where it is gone. */
export function peakOf(pid: number): number {
	const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
	return (Number(kilobytes) * 1024) / 1e6;
}

function childrenOf(pid: number): number[] {
	const threads = readdirSync(`/proc/${pid}/task`);
	return threads.flatMap((thread) =>
		read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
	);
}

function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
