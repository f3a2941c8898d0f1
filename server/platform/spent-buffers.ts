import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes passed on after which what is left of them is collected. */
const EVERY = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect: (options: { type: 'minor' }) => void = runInNewContext('gc');

let passed = 0;

/**
 * For whoever passes a large file on, slice by slice: V8 lets buffers that nobody needs any more lie until there are 64 MB of them, since they are not on its heap. With every
 * mebibyte the young ones are collected, which takes a millisecond or two: one that came from the database leaves a dozen behind, most of them the driver's. `npm run bench -- memory` shows what comes of it.
 */
export function spent({ length }: { length: number }): void {
	passed += length;
	if (passed < EVERY) return;
	passed = 0;
	collect({ type: 'minor' });
}
