import type { SealedSignature } from '../../shared/api/desk.ts';
import type { StrikeReason } from '../../shared/entry.ts';
import type { Db, Transaction } from '../database.ts';
import { type LetterRow, lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { requireNotSuspended } from '../organizer/suspension-store.ts';
import { Problem } from '../platform/errors.ts';
import { withLast } from '../platform/json-pieces.ts';
import type { Contribution } from './contribution-body.ts';
import {
	deleteStrike,
	findContribution,
	isLive,
	readContribution,
	readContributors,
	readSealedPage,
	replaceContribution,
	type StrikeRow,
	saveStrike,
} from './opening-store.ts';

/** The organizer who asks, of their one letter. */
export interface Asking {
	id: string;
	letter: string;
}

/** @throws Problem `wrong-state`, `last-call-running` */
export function requireOpening(letter: Pick<LetterRow, 'state' | 'lastCallUntil'>, now: Date): void {
	if (letter.state !== 'review') throw new Problem('wrong-state');
	if (letter.lastCallUntil === null || letter.lastCallUntil > now) throw new Problem('last-call-running');
}

/** @throws Problem `not-signed-in` where the organizer was suspended meanwhile, and as requireOpening */
export async function lockForOpening(trx: Transaction, { id, letter }: Asking, now: Date): Promise<LetterRow> {
	const row = await lockLetter(trx, letter);
	await requireNotSuspended(trx, id);
	requireOpening(row, now);
	return row;
}

/** A page of what is to be opened. `next` is the key to ask after, null on the last page. */
export async function sealedPage(
	db: Db,
	letter: string,
	after: string,
	most: number,
): Promise<{ signatures: SealedSignature[]; next: string | null }> {
	const rows = await readSealedPage(db, letter, after, most);
	const next = rows.length === most ? (rows.at(-1)?.key ?? null) : null;
	return { signatures: rows.map(({ key: _, ...signature }) => signature), next };
}

/** What an organizer contributes goes to every organizer of the charter, each once. @throws Problem `wrong-recipients` */
export async function contribute(
	trx: Transaction,
	organizer: Asking,
	contribution: Contribution,
	now: Date,
): Promise<void> {
	await lockForOpening(trx, organizer, now);
	const { charter } = await standingChain(trx, organizer.letter);
	requireEveryOrganizer(
		charter.organizers,
		contribution.sealed.map((one) => one.to),
	);
	await replaceContribution(
		trx,
		{ letter: organizer.letter, sender: organizer.id },
		contribution.keysHash,
		contribution.sealed.map(({ to, sealed }) => ({ recipient: to, sealed })),
	);
}

/** What is sealed to this organizer, as JSON in pieces: what one has contributed after the other, 12 MB each of a letter of 100,000. */
export async function* contributionsAsJson(db: Db, { id, letter }: Asking): AsyncGenerator<string> {
	let before = '[';
	for (const from of await readContributors(db, letter)) {
		const contribution = await findContribution(db, letter, { from, recipient: id });
		if (contribution === null) continue;
		yield before;
		yield* withLast({ from, keysHash: contribution.keysHash }, 'sealed', readContribution(db, contribution));
		before = ',';
	}
	yield before === '[' ? '[]' : ']';
}

/** @throws Problem `wrong-recipients` */
export function requireEveryOrganizer(organizers: readonly { id: string }[], recipients: readonly string[]): void {
	const missing = organizers.some(({ id }) => !recipients.includes(id));
	if (missing || recipients.length !== organizers.length) throw new Problem('wrong-recipients');
}

/** With a reason of null the signature is put back. The last word stands, whoever says it; M agree by approving the release. */
export async function proposeStrike(
	trx: Transaction,
	organizer: Asking,
	{ key, reason }: { key: string; reason: StrikeReason | null },
	now: Date,
): Promise<void> {
	const { id, letter } = organizer;
	await lockForOpening(trx, organizer, now);
	if (reason === null) return await deleteStrike(trx, letter, key);
	if (!(await isLive(trx, letter, key))) throw new Problem('signature-not-found');
	const strike: StrikeRow = { key, reason, organizer: id };
	await saveStrike(trx, letter, strike);
}
