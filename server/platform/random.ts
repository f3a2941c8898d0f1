import { randomBytes, randomInt } from 'node:crypto';

/** 128 random bits, base64url: ids are never sequential, so that none tells what came before it. */
export const id = (): string => randomBytes(16).toString('base64url');

/** A uniformly shuffled copy (Fisher-Yates on the operating system's randomness). */
export function shuffle<Item>(items: readonly Item[]): Item[] {
	const shuffled = [...items];
	for (let last = shuffled.length - 1; last > 0; last--) {
		const other = randomInt(last + 1);
		const kept = shuffled[last] as Item;
		shuffled[last] = shuffled[other] as Item;
		shuffled[other] = kept;
	}
	return shuffled;
}
