/** Long work in slices: between two of them the page answers to whoever uses it. */
export class Slices {
	readonly #most: number;
	#until: number;

	/** @param most milliseconds of work at a time; far below the 50 from which on people notice */
	constructor(most = 12) {
		this.#most = most;
		this.#until = performance.now() + most;
	}

	/** Before each piece of work: goes on at once, or after the page had its turn. */
	async next(): Promise<void> {
		if (performance.now() < this.#until) return;
		await turn();
		this.#until = performance.now() + this.#most;
	}
}

/** Until the page had its turn. By a message: browsers hold each timer that follows upon others back by 4 ms, a third of a slice. */
function turn(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}

/** A new array in order, by merging (stable). Sorting ten thousand names at one go would hold the page up. */
export async function sortInSlices<T>(
	items: readonly T[],
	compare: (a: T, b: T) => number,
	slices: Slices,
): Promise<T[]> {
	const RUN = 256;
	let runs: T[][] = [];
	for (let from = 0; from < items.length; from += RUN) {
		await slices.next();
		runs.push(items.slice(from, from + RUN).sort(compare));
	}
	while (runs.length > 1) {
		const merged: T[][] = [];
		for (let at = 0; at < runs.length; at += 2)
			merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare, slices));
		runs = merged;
	}
	return runs[0] ?? [];
}

async function merge<T>(
	left: readonly T[],
	right: readonly T[],
	compare: (a: T, b: T) => number,
	slices: Slices,
): Promise<T[]> {
	const merged: T[] = [];
	let l = 0;
	let r = 0;
	while (l < left.length && r < right.length) {
		if (merged.length % 64 === 0) await slices.next();
		const [a, b] = [left[l] as T, right[r] as T];
		if (compare(a, b) <= 0) {
			merged.push(a);
			l += 1;
		} else {
			merged.push(b);
			r += 1;
		}
	}
	return merged.concat(left.slice(l), right.slice(r));
}
