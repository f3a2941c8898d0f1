import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes passed on after which what is left of them is collected. */
const EVERY = 2 ** 20;
/** And those after which all garbage is. */
const ALL_EVERY = 8 * EVERY;

setFlagsFromString('--expose-gc');
const collect: (options: { type: 'minor' | 'major' }) => void = runInNewContext('gc');

let [passed, passedOld] = [0, 0];

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

/** Likewise, of organizers' shares, of which all are in memory at once: buffers that V8 took for lasting ones go as well, in some 60 milliseconds, too long for what passes more often. */
export function spentOld(slice: { length: number }): void {
	spent(slice);
	passedOld += slice.length;
	if (passedOld < ALL_EVERY) return;
	passedOld = 0;
	collect({ type: 'major' });
}
