import type { Db } from '../database.ts';
import { findLetterByRoot } from './letter-store.ts';
import { type StandingChain, standingChain } from './standing-chain.ts';

/** A letter that was opened, with the charter that stood when this process last looked. */
export interface StandingLetter extends Pick<StandingChain, 'root' | 'charter' | 'fingerprint'> {
	id: string;
}

/** Enough for all letters that people sign at the same time on one host. */
const MOST = 200;
/** By id. A database belongs to one running server, and what was read from it ends with it. */
const known = new WeakMap<Db, Map<string, StandingLetter>>();

function lettersOf(db: Db): Map<string, StandingLetter> {
	const letters = known.get(db) ?? new Map<string, StandingLetter>();
	known.set(db, letters);
	return letters;
}

/**
 * From memory where it is known: a charter that once stood never changes, and reading it again for each of very many signers is most of what a database has to do
 * for them. An amendment may have come since, which changes no group, no issuer and no threshold: whoever needs the text or the times compares the fingerprint in a transaction.
 * Whether the letter is open is not said here either. @throws Problem `not-found` of one that never was open
 */
async function standingLetter(db: Db, id: string): Promise<StandingLetter> {
	return lettersOf(db).get(id) ?? readStandingLetter(db, id);
}

export function rememberedLetter(db: Db, id: string): StandingLetter | undefined {
	return lettersOf(db).get(id);
}

/** As it stands now. @throws Problem `not-found` */
export async function readStandingLetter(db: Db, id: string): Promise<StandingLetter> {
	const { root, charter, fingerprint } = await standingChain(db, id);
	const letters = lettersOf(db);
	if (letters.size >= MOST) letters.clear();
	const letter = { id, root, charter, fingerprint };
	letters.set(id, letter);
	return letter;
}

/** @returns null where no letter has this root */
export async function findStandingLetter(db: Db, root: string): Promise<StandingLetter | null> {
	for (const letter of lettersOf(db).values()) if (letter.root === root) return letter;
	const id = await findLetterByRoot(db, root);
	return id === null ? null : standingLetter(db, id);
}
