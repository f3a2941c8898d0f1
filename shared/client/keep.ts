import { msg } from '../locales/say.ts';

/**
 * What a client keeps on its own device between two calls, as strings by name. IndexedDB in a browser, memory in the demo and
 * wherever nothing may stay behind. `write` is done when the value would survive the process.
 */
export type Keep = {
	read(name: string): Promise<string | null>;
	write(name: string, value: string): Promise<void>;
	/** Reads and writes in one: nothing comes between, from another tab neither. Where `update` throws, nothing is written. */
	change(name: string, update: (kept: string | null) => string): Promise<void>;
	erase(name: string): Promise<void>;
	/** Of everything that is kept, in no order. */
	names(): Promise<string[]>;
	/** One after the other, whichever tab begins: whatever runs under this name is waited for. Work that waits for its own name never ends. @throws Unanswered where that takes too long */
	alone<T>(name: string, work: () => Promise<T>): Promise<T>;
};

/** The device keeps nothing now, or no longer has what it kept. `message` is fit to show to a person. */
export class NotKept extends Error {
	override name = 'NotKept';
}

/** Somebody erased it, here or in another tab, and nothing is begun anew in its place unasked. */
export const erased = () =>
	new NotKept(
		msg(
			'What this browser kept of this letter is gone: it was erased, here or in another tab. Open your link once more. If you had signed, only your twelve words lead back to your signature.',
		),
	);

/** Gone with the process. */
export function memoryKeep(): Keep {
	const kept = new Map<string, string>();
	const running = new Map<string, Promise<unknown>>();
	return {
		read: async (name) => kept.get(name) ?? null,
		write: async (name, value) => void kept.set(name, value),
		change: async (name, update) => void kept.set(name, update(kept.get(name) ?? null)),
		erase: async (name) => void kept.delete(name),
		names: async () => [...kept.keys()],
		alone(name, work) {
			const done = (running.get(name) ?? Promise.resolve()).then(work, work);
			running.set(name, done);
			return done;
		},
	};
}
