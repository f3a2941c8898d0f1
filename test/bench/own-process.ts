/** Work in a process that has done nothing before, as a release's worker has not: the first PDF, not the tenth. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

export type Task = 'pdf' | 'text' | 'card' | 'blank-card';

/** @returns milliseconds that the task took, without starting the process and reading the letter */
export async function inOwnProcess(task: Task, file: string, out: string): Promise<number> {
	const child = fork(new URL('own-process-main.ts', import.meta.url), [task, file, out], { execArgv: [] });
	const answer = once(child, 'message');
	const [status] = await once(child, 'exit');
	if (status !== 0) throw new Error(`${task} ended with status ${status}`);
	return (await answer)[0];
}
