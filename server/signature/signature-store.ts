import type { SignatureRequest } from '../../shared/api/signing.ts';
import type { Db, Transaction } from '../database.ts';
import type { LetterRow } from '../letter/letter-store.ts';

/** One key's signature on a letter, as it stands. What was withdrawn or lapsed keeps neither statement nor sealed name. */
export interface SignatureRow {
	letter: string;
	key: string;
	turn: number;
	group: string;
	shown: 'named' | 'anonymous';
	textHash: string;
	statement: string | null;
	authenticator: string | null;
	credential: string;
	attestation: string | null;
	sealed: string | null;
	status: 'live' | 'withdrawn' | 'lapsed' | 'published';
	withdrawalTurn: number | null;
	withdrawal: string | null;
}

/** What of a row is not the request itself. */
export type Signed = Pick<SignatureRow, 'letter' | 'key' | 'turn' | 'group' | 'shown' | 'textHash'>;

export async function findSignature(db: Db, letter: string, key: string): Promise<SignatureRow | null> {
	const row = await db
		.selectFrom('signatures')
		.select([
			...(['letter', 'key', 'turn', 'group_id as group', 'shown', 'text_hash as textHash', 'status'] as const),
			...(['statement', 'authenticator', 'credential', 'attestation', 'sealed'] as const),
			...(['withdrawal', 'withdrawal_turn as withdrawalTurn'] as const),
		])
		.where('letter', '=', letter)
		.where('key', '=', key)
		.executeTakeFirst();
	return row ?? null;
}

/** What a signature is checked against. */
export interface BeforeSigning {
	letter: Pick<LetterRow, 'state' | 'closesAt'>;
	/** Of the charter in force; null once it is erased. */
	fingerprint: string | null;
	/** What the key has there. */
	before: SignatureRow | null;
}

/** Under the signer's lock. @returns null without such a letter */
export async function findBeforeSigning(trx: Transaction, letter: string, key: string): Promise<BeforeSigning | null> {
	const row = await trx
		.selectFrom('letters')
		.leftJoin('signatures as s', (join) => join.onRef('s.letter', '=', 'letters.id').on('s.key', '=', key))
		.select(['letters.state', 'letters.closes_at as closesAt', 's.key as signed'])
		.select((select) =>
			select
				.selectFrom('charters')
				.select('fingerprint')
				.where('letter', '=', letter)
				.where('standing', '=', true)
				.orderBy('number', 'desc')
				.limit(1)
				.as('fingerprint'),
		)
		.where('letters.id', '=', letter)
		.executeTakeFirst();
	if (!row) return null;
	const { state, closesAt, fingerprint, signed } = row;
	return {
		letter: { state, closesAt },
		fingerprint,
		before: signed === null ? null : await findSignature(trx, letter, key),
	};
}

/** In place of whatever this key had before; a withdrawal of a lower turn is over. */
export async function saveSignature(trx: Transaction, signed: Signed, request: SignatureRequest): Promise<void> {
	const { letter, key, turn, group, shown, textHash } = signed;
	const { statement, authenticator, credential, attestation, sealed } = request;
	const values = {
		...{ turn, group_id: group, shown, text_hash: textHash, status: 'live' as const },
		...{ statement, authenticator, credential, attestation, sealed },
		...{ withdrawal_turn: null, withdrawal: null },
	};
	await trx
		.insertInto('signatures')
		.values({ letter, key, ...values })
		.onConflict((conflict) => conflict.columns(['letter', 'key']).doUpdateSet(values))
		.execute();
}

const erased = { statement: null, authenticator: null, attestation: null, sealed: null };

/** The name goes, with everything that could be opened; what a stub needs stays. */
export async function saveWithdrawal(
	trx: Transaction,
	letter: string,
	key: string,
	{ turn, authenticator }: { turn: number; authenticator: string },
): Promise<void> {
	await trx
		.updateTable('signatures')
		.set({ ...erased, status: 'withdrawn', withdrawal_turn: turn, withdrawal: authenticator })
		.where('letter', '=', letter)
		.where('key', '=', key)
		.execute();
}

export interface LiveSignature {
	key: string;
	textHash: string;
	/** The document. */
	statement: string;
}

/** How many of each group lapsed; groups in which none did are left out. */
export async function countLapsed(db: Db, letter: string): Promise<{ group: string; lapsed: number }[]> {
	return await db
		.selectFrom('signatures')
		.select(['group_id as group', ({ fn }) => fn.countAll<number>().as('lapsed')])
		.where('letter', '=', letter)
		.where('status', '=', 'lapsed')
		.groupBy('group_id')
		.execute();
}

/** How many keys of each group have signed, whatever became of it; groups in which none did are left out. */
export async function countKeys(trx: Transaction, letter: string): Promise<{ group: string; keys: number }[]> {
	return await trx
		.selectFrom('signatures')
		.select(['group_id as group', ({ fn }) => fn.countAll<number>().as('keys')])
		.where('letter', '=', letter)
		.groupBy('group_id')
		.execute();
}

export async function readLive(trx: Transaction, letter: string): Promise<LiveSignature[]> {
	const rows = await trx
		.selectFrom('signatures')
		.select(['key', 'text_hash as textHash', 'statement'])
		.where('letter', '=', letter)
		.where('status', '=', 'live')
		.execute();
	return rows.flatMap(({ key, textHash, statement }) => (statement === null ? [] : [{ key, textHash, statement }]));
}

/** Keys in one statement; PostgreSQL takes at most 65,535 parameters. */
const chunk = 10_000;

export async function lapse(trx: Transaction, letter: string, keys: readonly string[]): Promise<void> {
	for (let from = 0; from < keys.length; from += chunk) {
		await trx
			.updateTable('signatures')
			.set({ ...erased, status: 'lapsed' })
			.where('letter', '=', letter)
			.where('key', 'in', keys.slice(from, from + chunk))
			.execute();
	}
}

export async function deleteWithdrawn(trx: Transaction, letter: string): Promise<void> {
	await trx.deleteFrom('signatures').where('letter', '=', letter).where('status', '=', 'withdrawn').execute();
}
