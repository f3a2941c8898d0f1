/**
 * Programs of this server in processes of their own, for work that takes much memory: all of it is given back when they end. They are told what they need and
 * nothing else: no variable of the environment but where compiled code is kept and how memory is given back, no host secret, no keyring, no database. Proven by test/server/platform/child.test.ts.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';

/** What a child says when its work fails; its errors are this server's then. */
export interface Failed {
	failed: { message: string; stack: string | undefined };
}

interface Waiting {
	resolve: (message: never) => void;
	reject: (failure: Error) => void;
}

/** glibc's (mallopt(3)): by default every thread gets a heap of its own, and keeps what was freed in it. */
const LEAN = { MALLOC_ARENA_MAX: '2' };
/** Megabytes, for each of a child's threads. With 8 one that renders a large letter takes an eighth less memory, and it and one that verifies take a twentieth longer. */
const YOUNG = '--max-semi-space-size=32';

export class Child {
	readonly #process: ChildProcess;
	readonly #messages: unknown[] = [];
	readonly #waiting: Waiting[] = [];
	#failure: Error | null = null;

	/** @param program a module that calls `asChild` (child-side.ts) */
	constructor(program: URL) {
		const stdio = ['pipe', 'pipe', 'ignore', 'ipc'] as const;
		// Of this version of Node, in the folder that was named: without it a program takes three times as long to begin.
		const compiled = getCompileCacheDir();
		const env = { ...LEAN, ...(compiled !== undefined && { NODE_COMPILE_CACHE: dirname(compiled) }) };
		this.#process = fork(program, { stdio: [...stdio], serialization: 'advanced', env, execArgv: [YOUNG] });
		this.#process.on('message', (message) => this.#heard(message));
		this.#process.on('error', (failure) => this.#fail(failure));
		this.#process.on('exit', (code, signal) => this.#fail(endedEarly(signal ?? `exit-${code}`)));
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

	/** Whether it has said what nobody has asked for yet. */
	get saidMore(): boolean {
		return this.#messages.length > 0;
	}

	/** Whether it has ended, or is about to. */
	get over(): boolean {
		return this.#failure !== null;
	}

	/** Whether this process goes on for as long as the child does: not while that one has nothing to do. */
	wait(on: boolean): void {
		const { channel, stdin, stdout } = this.#process;
		for (const part of [this.#process, channel, stdin, stdout])
			if (part && 'unref' in part && 'ref' in part) (part as { ref(): void; unref(): void })[on ? 'ref' : 'unref']();
	}

	/**
	 * Writes everything to its standard input, as fast as it is read there, and ends it unless more will come. @throws what the source throws, with the child
	 * waiting for more, and Error where the child ends
	 */
	async feed(pieces: AsyncIterable<Uint8Array>, { last = true } = {}): Promise<void> {
		const { stdin } = this.#process;
		if (stdin === null) throw new Error('a child process without an input');
		for await (const piece of pieces) await written(stdin, piece).catch((failure) => this.#broken(failure));
		if (last) stdin.end();
	}

	/** Of a broken pipe: why it broke comes by the other way. What a source says of its own pipes is not asked about, or the child would be waited for in vain. */
	async #broken(failure: unknown): Promise<never> {
		if (this.#process.stdin?.destroyed) await this.next();
		throw failure;
	}

	/** Its standard output, piece by piece. */
	async *output(): AsyncGenerator<Uint8Array> {
		// Whoever stops reading does not end it.
		if (this.#process.stdout) yield* this.#process.stdout.iterator({ destroyOnReturn: false });
	}

	/** At once, whatever it is doing. */
	end(): void {
		this.#fail(new Error('a child process was ended'));
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

/** @param code the signal or the exit code, for the log: a child that was killed for its memory says nothing itself */
const endedEarly = (code: string): Error => Object.assign(new Error('a child process ended early'), { code });

/** Once it is on its way: nobody reads faster than the child does. */
const written = (stream: Writable, piece: Uint8Array): Promise<void> =>
	new Promise((resolve, reject) => {
		stream.write(piece, (failure) => (failure ? reject(failure) : resolve()));
	});
