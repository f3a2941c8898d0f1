import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from '../database.ts';

/** Of PostgreSQL's advisory locks, which come in two parts: of what kind (in ASCII), and which one. */
const KINDS = { all: 0x616c6c73, letter: 0x6c657474, mailbox: 0x6d61696c, signer: 0x7369676e } as const;

/** Two of a kind that share a number only wait for each other. */
const numberOf = (name: string | Uint8Array): number => createHash('sha256').update(name).digest().readInt32BE(0);

/**
 * Very many sign one letter at the same time, and wait only for whoever changes the letter, for a tick, and for who uses the same mailbox or key as they do. In turn with
 * those: whoever changes the letter waits for who came before, and goes before who comes after. A row's own lock that many share would keep them waiting for ever. Proven by
 * test/server/letter/letter-lock.test.ts.
 */
export async function lockToSign(
	trx: Transaction,
	letter: string,
	kind: 'mailbox' | 'signer',
	which: string | Uint8Array,
): Promise<void> {
	const { all, letter: one } = KINDS;
	await sql`select
		pg_advisory_xact_lock_shared(${sql.lit(all)}, 0),
		pg_advisory_xact_lock_shared(${sql.lit(one)}, ${numberOf(letter)}),
		pg_advisory_xact_lock(${sql.lit(KINDS[kind])}, ${numberOf(which)})`.execute(trx);
}

/** Nobody signs this letter until the transaction ends. */
export async function lockOutSigners(trx: Transaction, letter: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(${sql.lit(KINDS.letter)}, ${numberOf(letter)})`.execute(trx);
}

/** Nobody signs any letter until the transaction ends. */
export async function lockOutAllSigners(trx: Transaction): Promise<void> {
	await sql`select pg_advisory_xact_lock(${sql.lit(KINDS.all)}, 0)`.execute(trx);
}
