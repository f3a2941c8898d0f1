import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Reports, Task } from './tasks.ts';

/** A load in a process of its own, with the mail relay that the servers under it use. */
export class LoadProcess {
	readonly #child: ChildProcess;
	/** smtp://… */
	readonly mail: string;

	private constructor(child: ChildProcess, mail: string) {
		this.#child = child;
		this.mail = mail;
	}

	static async start(): Promise<LoadProcess> {
		const child = fork(new URL('load-main.ts', import.meta.url), { execArgv: [] });
		const [{ report }] = await once(child, 'message');
		return new LoadProcess(child, report.mail);
	}

	/** One at a time. */
	async run<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>): Promise<Reports[Kind]> {
		const answer = once(this.#child, 'message');
		this.#child.send(task);
		const [{ report, failure }] = await answer;
		if (failure !== undefined) throw new Error(failure);
		return report;
	}

	stop(): void {
		this.#child.kill();
	}
}
