/**
 * Striking a signature from a released letter: its entry becomes a stub once M organizers approve, so that all who approved the release still did.
 * One organizer alone achieves nothing: test/server/release/late-strike.test.ts.
 */
import type * as v from 'valibot';
import type { lateStrikeRequest } from '../../shared/api/post.ts';
import { verifyApproval } from '../../shared/approval.ts';
import { strikeSubject } from '../../shared/entry.ts';
import { LIMITS } from '../../shared/limits.ts';
import { signatureAt } from '../../shared/signature-at.ts';
import type { Db, Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { insertApproval, listApprovals, removeApproval } from '../letter/charter-store.ts';
import { getLetter, lockLetter } from '../letter/letter-store.ts';
import { standingChain } from '../letter/standing-chain.ts';
import { requireState } from '../letter/transitions.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { findOwnHead, readPiece } from '../published/published-store.ts';
import { RELEASE_PATH } from '../published/rendered-file.ts';
import {
	agreeLateStrike,
	deleteLateStrike,
	insertLateStrike,
	type LateStrikeRow,
	listLateStrikes,
} from './late-strike-store.ts';
import { requestRepublish } from './republish.ts';
import { markStruck } from './signature-store.ts';

type Which = Pick<LateStrikeRow, 'digest' | 'reason'>;

/**
 * Proposes a strike and approves it, or approves one that waits. With the M-th the name goes, within a minute; other reasons that waited for the same entry are dropped.
 * @throws Problem `signature-not-found`, `waiting-limit`, `authenticator-refused`, `wrong-state`
 */
export async function strikeLate(
	deps: Deps,
	by: Organizer,
	request: v.InferOutput<typeof lateStrikeRequest>,
): Promise<{ agreed: boolean }> {
	const { number, digest, reason, authenticator } = request;
	const key = await findKey(deps.db, by.letter, request);
	return await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'released');
		const rows = await listLateStrikes(trx, by.letter);
		const known = rows.find((row) => isSame(row, request));
		if (known?.agreed) return { agreed: true };
		if (rows.some((row) => row.digest === digest && row.agreed)) notThere('It is struck already, for another reason.');
		if (known === undefined) {
			const own = rows.filter((row) => row.proposer === by.id && !row.agreed);
			if (own.length >= LIMITS.waitingOfOrganizer) throw new Problem('waiting-limit');
			await insertLateStrike(trx, by.letter, { number, digest, key, reason, proposer: by.id });
		}
		const { charter, root } = await standingChain(trx, by.letter);
		const subject = await strikeSubject(digest, reason);
		const approval = { organizer: by.id, authenticator };
		if (!(await verifyApproval(charter.organizers, approval, 'strike', root, subject))) {
			throw new Problem('authenticator-refused', { field: 'authenticator' });
		}
		const of = { letter: by.letter, kind: 'strike', subject } as const;
		await insertApproval(trx, of, approval);
		if ((await listApprovals(trx, of)).length < charter.threshold) return { agreed: false };
		await agreeLateStrike(trx, by.letter, request);
		await markStruck(trx, by.letter, key);
		for (const row of rows) if (row.digest === digest && row.reason !== reason) await drop(trx, by.letter, row);
		await requestRepublish(deps, trx, by.letter);
		return { agreed: true };
	});
}

/** Takes one's own approval back while it waits; what nobody approves any more is gone. @throws Problem `wrong-state` once it is struck */
export async function takeStrikeBack(deps: Deps, by: Organizer, which: Which): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'released');
		const row = (await listLateStrikes(trx, by.letter)).find((one) => isSame(one, which));
		if (row === undefined) return;
		if (row.agreed) throw new Problem('wrong-state');
		const subject = await strikeSubject(which.digest, which.reason);
		const of = { letter: by.letter, kind: 'strike', subject } as const;
		await removeApproval(trx, of, by.id);
		if ((await listApprovals(trx, of)).length === 0) await deleteLateStrike(trx, by.letter, which);
	});
}

const isSame = (row: Which, { digest, reason }: Which): boolean => row.digest === digest && row.reason === reason;

async function drop(trx: Transaction, letter: string, which: Which): Promise<void> {
	const subject = await strikeSubject(which.digest, which.reason);
	for (const { organizer } of await listApprovals(trx, { letter, kind: 'strike', subject })) {
		await removeApproval(trx, { letter, kind: 'strike', subject }, organizer);
	}
	await deleteLateStrike(trx, letter, which);
}

/**
 * Only what stands in the published release can be struck from it. Outside of any transaction: passing over a large file takes seconds, and an entry never gets another number.
 * One that was proposed is not looked for again.
 * @returns the key of whoever signed it
 */
async function findKey(
	db: Db,
	letter: string,
	{ number, digest, reason }: Which & { number: number },
): Promise<string> {
	requireState(await getLetter(db, letter), 'released');
	const known = (await listLateStrikes(db, letter)).find((row) => isSame(row, { digest, reason }));
	if (known !== undefined) return known.key;
	const found = await signatureAt(releaseFile(db, letter), number);
	if (found?.digest !== digest) notThere('The letter has no such signature under this number.');
	if ('stub' in found) notThere('It was taken off the letter already.');
	return found.entry.statement.key;
}

async function* releaseFile(db: Db, letter: string): AsyncGenerator<Uint8Array> {
	const file = await findOwnHead(db, letter, RELEASE_PATH);
	if (file === null) throw new Problem('not-found');
	for (let from = 0; from < file.length; ) {
		const piece = await readPiece(db, file, from);
		// Another version took its place while it was read.
		if (piece === null) throw new Problem('unavailable');
		yield piece;
		from += piece.length;
	}
}

function notThere(detail: string): never {
	throw new Problem('signature-not-found', { field: 'number', detail });
}
