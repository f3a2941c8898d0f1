/** A bounded load over loopback: for so long, over so many connections, one request at a time on each, every answer read to its end. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Said, Told } from './asking-main.ts';

export interface Asked {
	host: string;
	port: number;
	/** As it is sent. */
	request: string;
	connections: number;
}

export type Answered = Said;

export interface Connections {
	/** For so many seconds. @throws where one is answered otherwise than with 200, a Content-Length, and as many bytes as the first time */
	load(seconds: number): Promise<Answered>;
	end(): Promise<void>;
}

/** The process that asks, of the whole bench. */
export class Asker {
	readonly #child: ChildProcess;

	constructor() {
		this.#child = fork(new URL('asking-main.ts', import.meta.url), { execArgv: [], serialization: 'advanced' });
	}

	/** They stand until they are ended: what a connection costs is in no figure. */
	async connections(open: Asked): Promise<Connections> {
		const group: number = await this.#tell({ open });
		return {
			load: (seconds) => this.#tell({ load: { group, seconds } }),
			end: () => this.#tell({ end: { group } }),
		};
	}

	end(): void {
		this.#child.kill();
	}

	/** One thing at a time. */
	async #tell<Result>(told: Told): Promise<Result> {
		const stop = new AbortController();
		const { signal } = stop;
		const said = once(this.#child, 'message', { signal });
		const ended = once(this.#child, 'exit', { signal }).then(() => {
			throw new Error('the process that asks has ended');
		});
		this.#child.send(told);
		try {
			return (await Promise.race([said, ended]))[0];
		} finally {
			stop.abort();
			for (const one of [said, ended]) one.catch(() => {});
		}
	}
}

export type Summed = Record<'count' | 'rate' | 'p99' | 'asking', number>;

/** Over all of these loads: how many were answered, how many a second, milliseconds within which 99 of 100 were, and milliseconds of processor time that asking once took. */
export function summedUp(loads: readonly Answered[]): Summed {
	const took = loads.flatMap((one) => [...one.took]).sort((a, b) => a - b);
	const sum = (of: (one: Answered) => number) => loads.reduce((all, one) => all + of(one), 0);
	return {
		count: took.length,
		rate: took.length / sum(({ seconds }) => seconds),
		p99: took[Math.ceil(took.length * 0.99) - 1] ?? 0,
		asking: sum(({ spent }) => spent) / took.length,
	};
}
