import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes passed on after which what is left of them is collected. */
const EVERY = 2 * 2 ** 20;

setFlagsFromString('--expose-gc');
const collect: (options: { type: 'minor' }) => void = runInNewContext('gc');

let passed = 0;

/**
 * For whoever passes a large file on, slice by slice: V8 lets buffers that nobody needs any more lie until there are 64 MB of them, since they are not on its heap. Every few slices
 * the young ones are collected, which takes a few milliseconds. `npm run bench -- memory` shows what comes of it.
 */
export function spent(slice: Uint8Array): void {
	passed += slice.length;
	if (passed < EVERY) return;
	passed = 0;
	collect({ type: 'minor' });
}
