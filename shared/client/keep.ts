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
};

/** Gone with the process. */
export function memoryKeep(): Keep {
	const kept = new Map<string, string>();
	return {
		read: async (name) => kept.get(name) ?? null,
		write: async (name, value) => void kept.set(name, value),
		change: async (name, update) => void kept.set(name, update(kept.get(name) ?? null)),
		erase: async (name) => void kept.delete(name),
		names: async () => [...kept.keys()],
	};
}
