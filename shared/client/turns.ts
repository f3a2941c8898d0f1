/**
 * The turns of a signer's key. They stand in the release file, so they rise by chance: whether somebody signed once, signed again after the text was changed, or thought
 * again, cannot be told from them (docs/protocol.md, section 6). Proven by test/shared/client/turns.test.ts and test/journey/another-choice.test.ts.
 */
import { randomBytes } from '../bytes.ts';
import type { SignerRecord } from './signer-record.ts';

/** The first turn is one of so many. What this program numbered from 1 before is far below, and goes on from such a place as well. */
const FIRST = 2 ** 30;
const LOW = 2 ** 16;
/** Small beside `FIRST`: what ends above it says that it was not the first. */
const STEP = 2 ** 8;

/** The highest turn that was used, or may have been. */
export const lastTurn = ({ turn, pending }: Pick<SignerRecord, 'turn' | 'pending'>): number =>
	Math.max(turn, pending?.turn ?? 0);

/** For a statement. @param last 0 before the first */
export const nextTurn = (last: number): number => last + 1 + below(last < LOW ? FIRST : STEP);

/**
 * For a withdrawal: also above whatever was composed after the same turn on another device, and may come in later. After a turn that was numbered from 1
 * that is above every first one, and what is signed after it shows that: no lower one would be safe (docs/threat-model.md).
 */
export const withdrawalTurn = (last: number): number => (last < LOW ? LOW + FIRST : last + STEP) + 1 + below(STEP);

/** @param bound a power of two up to 2^32 */
function below(bound: number): number {
	return new DataView(randomBytes(4).buffer).getUint32(0) % bound;
}
