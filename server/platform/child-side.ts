/** The other end of child.ts: how a program that runs in a process of its own hears and answers. */
import { once } from 'node:events';
import type { Failed } from './child.ts';

export interface Parent {
	/** What it says next. */
	next<T>(): Promise<T>;
	say(message: object): Promise<void>;
	/** What it feeds. */
	input(): AsyncGenerator<Uint8Array>;
	/** As fast as it is read there. */
	write(bytes: Uint8Array): Promise<void>;
}

/** Works, and ends; ends at once where the server does. What fails is said to the server and nowhere else: messages may hold names. */
export async function asChild(work: (parent: Parent) => Promise<void>): Promise<void> {
	process.on('disconnect', () => process.exit(1));
	const messages: unknown[] = [];
	const waiting: ((message: unknown) => void)[] = [];
	process.on('message', (message) => {
		const waits = waiting.shift();
		if (waits) waits(message);
		else messages.push(message);
	});
	const say = (message: object): Promise<void> =>
		new Promise((resolve, reject) => {
			process.send?.(message, undefined, undefined, (failure: Error | null) => (failure ? reject(failure) : resolve()));
		});
	const next = <T>(): Promise<T> =>
		messages.length > 0
			? Promise.resolve(messages.shift() as T)
			: new Promise((resolve) => {
					waiting.push((message) => resolve(message as T));
				});
	try {
		await work({
			...{ next, say },
			async *input() {
				yield* process.stdin.iterator({ destroyOnReturn: false });
			},
			async write(bytes) {
				if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
			},
		});
		await new Promise<void>((resolve) => {
			process.stdout.end(resolve);
		});
		process.exit(0);
	} catch (failure) {
		const { message, stack } = failure instanceof Error ? failure : new Error(String(failure));
		await say({ failed: { message, stack } } satisfies Failed);
		process.exit(1);
	}
}
