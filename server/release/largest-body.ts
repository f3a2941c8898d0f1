/**
 * How large a body can be that brings a release, a draft of one or shares of an opening: what its letter has, and some room. Whoever drafts a letter that nobody has signed fills no host with it.
 * Proven by test/server/release/large-bodies.test.ts.
 */
import { LIMITS } from '../../shared/limits.ts';
import type { Db } from '../database.ts';
import { chainBytes } from '../letter/charter-store.ts';
import { countHeld } from './signature-store.ts';

export type Brought = 'release' | 'contribution';

const { brought, broughtOfSignature } = LIMITS;

/** Bytes of JSON. What is a string in it may be twice as long there, since quotation marks are escaped. */
export async function largestBody(db: Db, letter: string, what: Brought): Promise<number> {
	const signatures = (await countHeld(db, letter)) * broughtOfSignature[what];
	return brought + signatures + (what === 'release' ? 2 * (await chainBytes(db, letter)) : 0);
}
