import { createHash, createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Transaction } from '../database.ts';
import type { SecretBox } from '../platform/secret-box.ts';

/** Of PostgreSQL's advisory locks, which come in two parts: of what kind (in ASCII), and which one. Whoever proves has the same kind as who signs. */
const KINDS = { all: 0x616c6c73, letter: 0x6c657474, sign: 0x7369676e } as const;

/** Two of a kind that share a number only wait for each other. */
const numberOf = (hash: Buffer): number => hash.readInt32BE(0);
const numberOfLetter = (letter: string): number => numberOf(createHash('sha256').update(letter).digest());

/**
 * Very many sign one letter at the same time, and wait only for whoever changes the letter, for a tick, and for who uses the same mailbox or key as they do. In turn with
 * those: whoever changes the letter waits for who came before, and goes before who comes after. A row's own lock that many share would keep them waiting for ever. Every role of
 * the cluster can read which locks are held, and signers' keys are published: whose lock it is stands in its number only under a key from the host secret. The transaction has to be `read committed`,
 * whatever the database's default: what it reads has to be from after the lock. Proven by test/server/letter/letter-lock.test.ts and
 * test/server/letter/isolation.test.ts.
 */
export async function lockToSign(
	trx: Transaction,
	box: SecretBox,
	letter: string,
	kind: 'mailbox' | 'signer',
	which: string | Uint8Array,
): Promise<void> {
	const { all, letter: one, sign } = KINDS;
	const whose = createHmac('sha256', box.key('signing lock', kind)).update(which).digest();
	// Without parameters it goes with the beginning of the transaction.
	await sql`select
		pg_advisory_xact_lock_shared(${sql.lit(all)}, 0),
		pg_advisory_xact_lock_shared(${sql.lit(one)}, ${sql.lit(numberOfLetter(letter))}),
		pg_advisory_xact_lock(${sql.lit(sign)}, ${sql.lit(numberOf(whose))})`.execute(trx);
}

/** One transaction under that lock. It reads what was committed before each of its questions, whatever the database's default: what it reads has to be from after the lock. */
export function whileSigning<Result>(
	{ db, secretBox }: { db: Db; secretBox: SecretBox },
	{ letter, kind, which }: { letter: string; kind: 'mailbox' | 'signer'; which: string | Uint8Array },
	work: (trx: Transaction) => Promise<Result>,
): Promise<Result> {
	return db
		.transaction()
		.setIsolationLevel('read committed')
		.execute(async (trx) => {
			await lockToSign(trx, secretBox, letter, kind, which);
			return work(trx);
		});
}

/** Nobody signs this letter until the transaction ends. */
export async function lockOutSigners(trx: Transaction, letter: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(${sql.lit(KINDS.letter)}, ${numberOfLetter(letter)})`.execute(trx);
}

/** Nobody signs any letter until the transaction ends. */
export async function lockOutAllSigners(trx: Transaction): Promise<void> {
	await sql`select pg_advisory_xact_lock(${sql.lit(KINDS.all)}, 0)`.execute(trx);
}
