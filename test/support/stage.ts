import { inject } from 'vitest';

/** What a long story is doing, for whoever waits for it: at full size only. Nothing depends on it. */
export function tell(what: string): void {
	if (inject('scale') === 'full') console.log(what);
}

/** Tells how long a part of a story took. */
export async function stage<T>(what: string, work: () => Promise<T>): Promise<T> {
	const began = performance.now();
	const result = await work();
	tell(`${((performance.now() - began) / 1000).toFixed(1)} s: ${what}`);
	return result;
}
