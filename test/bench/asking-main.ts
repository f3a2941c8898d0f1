/**
 * Who asks a server: a process of its own, the same for each server that is compared, so that what a bench holds in memory slows none of them down. Speaks HTTP/1.1 over
 * plain sockets and reads into one buffer, since a whole client would cost more than the servers that are measured. Started by load.ts.
 */
import { connect, type Socket } from 'node:net';

/** Of one request and its answer. */
const OK = 'HTTP/1.1 200';

export type Told =
	| { open: { host: string; port: number; request: string; connections: number } }
	| { load: { group: number; seconds: number } }
	| { end: { group: number } };

export interface Said {
	/** From the first byte sent to the last read. */
	seconds: number;
	/** Milliseconds of each answer, from the last byte sent to the last byte read. */
	took: Float64Array;
	/** Milliseconds of processor time that asking took. */
	spent: number;
}

/** One connection, with one request at a time on it. */
class Line {
	readonly #request: string;
	readonly #socket: Socket;
	/** Of all answers: heads and bodies are of one length. 0 until the first has come. */
	#wanted = 0;
	#read = 0;
	#began = 0;
	#until = 0;
	#took: number[] = [];
	#done: (failure?: Error) => void = () => {};

	constructor(request: string, socket: (read: (count: number, bytes: Uint8Array) => boolean) => Socket) {
		this.#request = request;
		this.#socket = socket((count, bytes) => this.#take(count, bytes as Buffer));
		this.#socket.on('error', (failure) => this.#done(failure));
		this.#socket.on('close', () => this.#done(new Error('the connection was closed before the answer was whole')));
	}

	/** Asks again as soon as it is answered, until this moment of performance.now(). */
	ask(until: number, took: number[]): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#until = until;
			this.#took = took;
			this.#done = (failure) => (failure ? reject(failure) : resolve());
			this.#send();
		});
	}

	end(): void {
		this.#done = () => {};
		this.#socket.destroy();
	}

	#send(): void {
		this.#read = 0;
		this.#began = performance.now();
		this.#socket.write(this.#request, 'latin1');
	}

	#take(count: number, bytes: Buffer): boolean {
		if (this.#read === 0) {
			if (bytes.toString('latin1', 0, OK.length) !== OK) this.#done(new Error(bytes.toString('latin1', 0, 80)));
			if (this.#wanted === 0) this.#wanted = lengthOf(bytes.toString('latin1', 0, count));
		}
		this.#read += count;
		if (this.#read < this.#wanted) return true;
		if (this.#read > this.#wanted) this.#done(new Error('an answer is longer than the first'));
		const now = performance.now();
		this.#took.push(now - this.#began);
		if (now < this.#until) this.#send();
		else this.#done();
		return true;
	}
}

/** Of a whole answer, by its head. @throws where it does not say */
function lengthOf(start: string): number {
	const [head = ''] = start.split('\r\n\r\n', 1);
	const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
	if (length === undefined) throw new Error(`no length: ${head}`);
	return head.length + 4 + Number(length);
}

const groups: Line[][] = [];

async function open({ host, port, request, connections }: Extract<Told, { open: unknown }>['open']): Promise<number> {
	// Read at once, and by nobody at the same time.
	const buffer = Buffer.allocUnsafe(64 * 1024);
	const lines: Line[] = [];
	for (let at = 0; at < connections; at++) {
		await new Promise<void>((resolve, reject) => {
			const line = new Line(request, (callback) =>
				connect({ host, port, noDelay: true, onread: { buffer, callback } }, resolve).once('error', reject),
			);
			lines.push(line);
		});
	}
	return groups.push(lines) - 1;
}

async function load(group: number, seconds: number): Promise<Said> {
	const took: number[] = [];
	const before = process.cpuUsage();
	const began = performance.now();
	await Promise.all((groups[group] ?? []).map((line) => line.ask(began + seconds * 1000, took)));
	const { user, system } = process.cpuUsage(before);
	const passed = (performance.now() - began) / 1000;
	return { seconds: passed, took: Float64Array.from(took), spent: (user + system) / 1000 };
}

async function answer(told: Told): Promise<number | Said | null> {
	if ('open' in told) return open(told.open);
	if ('load' in told) return load(told.load.group, told.load.seconds);
	for (const line of groups[told.end.group] ?? []) line.end();
	return null;
}

process.on('message', (told: Told) => {
	answer(told).then(
		(said) => process.send?.(said),
		(failure: unknown) => {
			console.error(failure);
			process.exit(1);
		},
	);
});
