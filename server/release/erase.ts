import type { Transaction } from '../database.ts';
import { askForTick } from '../tick-store.ts';
import { eraseOrganizers, eraseRows, leaveTombstone } from './erase-store.ts';

/**
 * Erases a letter that was abandoned: nothing is left but a tombstone, so that whoever opens an invite link is told. The caller has locked
 * the letter and moved it to `abandoned`, erases its proofs with employment/erase-store.ts (which nothing here may import), and destroys
 * its keys after the commit. Proven by test/server/release/erase.test.ts.
 */
export async function eraseLetter(trx: Transaction, letter: string): Promise<void> {
	await eraseRows(trx, letter);
	await eraseOrganizers(trx, letter);
	await leaveTombstone(trx, letter);
	await askForTick(trx);
}
