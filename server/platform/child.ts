/**
 * Programs of this server in processes of their own, for work that takes much memory: all of it is given back when they end. They are told what they need and
 * nothing else: no variable of the environment, no host secret, no keyring, no database. Proven by test/server/platform/child.test.ts.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a child says when its work fails; its errors are this server's then. */
export interface Failed {
	failed: { message: string; stack: string | undefined };
}

interface Waiting {
	resolve: (message: never) => void;
	reject: (failure: Error) => void;
}

export class Child {
	readonly #process: ChildProcess;
	readonly #messages: unknown[] = [];
	readonly #waiting: Waiting[] = [];
	#failure: Error | null = null;

	/** @param program a module that calls `asChild` (child-side.ts) */
	constructor(program: URL) {
		const stdio = ['pipe', 'pipe', 'ignore', 'ipc'] as const;
		this.#process = fork(program, { stdio: [...stdio], serialization: 'advanced', env: {}, execArgv: [] });
		this.#process.on('message', (message) => this.#heard(message));
		this.#process.on('error', (failure) => this.#fail(failure));
		this.#process.on('exit', () => this.#fail(new Error('a child process ended early')));
		// What is wrong shows where its answer is awaited.
		this.#process.stdin?.on('error', () => {});
	}

	/** Of the process, in which its memory can be looked up. */
	get pid(): number | undefined {
		return this.#process.pid;
	}

	/** Structured values (the HTML standard's clone), of which the child reads one after the other. */
	say(message: object): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#process.send(message, (failure) => (failure ? reject(this.#failure ?? failure) : resolve()));
		});
	}

	/** What it says next. @throws Error with its own message where it failed */
	next<T>(): Promise<T> {
		if (this.#messages.length > 0) return Promise.resolve(this.#messages.shift() as T);
		if (this.#failure) return Promise.reject(this.#failure);
		return new Promise((resolve, reject) => {
			this.#waiting.push({ resolve, reject });
		});
	}

	/** Writes everything to its standard input, as fast as it is read there, and ends it. @throws what the source throws, and Error where the child ends */
	async feed(pieces: AsyncIterable<Uint8Array>): Promise<void> {
		const { stdin } = this.#process;
		if (stdin === null) throw new Error('a child process without an input');
		try {
			await pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), stdin);
		} catch (failure) {
			// A broken pipe: why it broke comes by the other way.
			if (isBroken(failure)) await this.next();
			throw failure;
		}
	}

	/** Its standard output, piece by piece. */
	async *output(): AsyncGenerator<Uint8Array> {
		if (this.#process.stdout) yield* this.#process.stdout;
	}

	/** At once, whatever it is doing. */
	end(): void {
		this.#process.kill('SIGKILL');
	}

	#heard(message: unknown): void {
		const waiting = isFailed(message) ? undefined : this.#waiting.shift();
		if (isFailed(message)) this.#fail(Object.assign(new Error(message.failed.message), message.failed));
		else if (waiting) waiting.resolve(message as never);
		else this.#messages.push(message);
	}

	#fail(failure: Error): void {
		this.#failure ??= failure;
		for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
	}
}

const isFailed = (message: unknown): message is Failed =>
	typeof message === 'object' && message !== null && 'failed' in message;

const isBroken = (failure: unknown): boolean =>
	failure instanceof Error &&
	'code' in failure &&
	['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(failure.code));
