import { b64u, fromB64u } from '../../shared/bytes.ts';
import { Fault } from '../../shared/fault.ts';
import { newVoucher, readVoucher, showVoucher, voucherHash } from '../../shared/voucher.ts';
import { blindSign, requireInRange } from '../credential/blind-signature.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { requireNotSuspended } from '../organizer/suspension-store.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import { same } from '../platform/same-bytes.ts';
import { findMailbox, insertMailbox } from './mailbox-store.ts';
import { requestHash } from './proof.ts';
import { countRefusedProof } from './proof-progress-store.ts';
import { getProvingLetter, lockWhileOpen } from './proving-letter.ts';
import { countMade, findVoucher, insertBatch, revokeBatch, setVoucherUsed, type VoucherRow } from './voucher-store.ts';

/** @returns what is kept of a voucher. @throws Problem `voucher-format`, `voucher-check` */
async function typedVoucherHash(typed: string, letter: string): Promise<Uint8Array> {
	try {
		return fromB64u(await voucherHash(readVoucher(typed), letter), 32);
	} catch (fault) {
		if (fault instanceof Fault && (fault.code === 'voucher-format' || fault.code === 'voucher-check')) {
			throw new Problem(fault.code, { detail: fault.message, field: 'voucher' });
		}
		throw fault;
	}
}

const unknown = () => new Problem('voucher-unknown', { field: 'voucher' });

/**
 * A revoked voucher answers like none at all, used or not, but for the very request that it was used for: whoever made the vouchers could otherwise
 * revoke them and look up, person by person, who used theirs. Proven by test/server/employment/voucher.test.ts.
 * @throws Problem `voucher-unknown`
 */
function requireVoucher(found: VoucherRow | null, asked: Uint8Array | null): VoucherRow {
	if (!found) throw unknown();
	const answered = asked !== null && found.request !== null && same(found.request, asked);
	if (found.revoked && !answered) throw unknown();
	return found;
}

/** Which group a voucher is for; spends nothing. @throws Problem */
export async function lookAtVoucher(deps: Deps, letterId: string, typed: string): Promise<string> {
	const letter = await getProvingLetter(deps, letterId);
	const found = await findVoucher(deps.db, letter.id, await typedVoucherHash(typed, letter.id));
	return requireVoucher(found, null).group;
}

/**
 * Turns a voucher or a roster code into a credential, once; the same request again gets the same answer. Any proof of a mailbox ends its roster code, but nothing
 * marks the code: whoever runs the company's mail has read all of them, and only a try that would spend the code, and would show, may tell whether its mailbox proved.
 * @param request b64u of 384 bytes
 * @throws Problem
 */
export async function redeemVoucher(
	deps: Deps,
	letterId: string,
	typed: string,
	request: string,
): Promise<{ group: string; blindSignature: string }> {
	const letter = await getProvingLetter(deps, letterId);
	const hash = await typedVoucherHash(typed, letterId);
	const asked = await requestHash(request);
	const { group } = requireVoucher(await findVoucher(deps.db, letterId, hash), asked);
	const keys = letter.keys.groups.get(group);
	if (!keys) throw new Problem('signing-ended');
	requireInRange(keys.issuer, fromB64u(request));
	const refused = await deps.db.transaction().execute(async (trx) => {
		await lockWhileOpen(trx, letterId, deps.clock.now());
		const voucher = requireVoucher(await findVoucher(trx, letterId, hash), asked);
		if (voucher.request) return same(voucher.request, asked) ? null : refuseSecond(trx, letterId, 'already-used');
		if (voucher.tag) {
			if (await findMailbox(trx, letterId, voucher.tag)) return refuseSecond(trx, letterId, 'mailbox-already-proved');
			await insertMailbox(trx, { letter: letterId, group, tag: voucher.tag, proof: 'roster', request: asked });
		}
		await setVoucherUsed(trx, letterId, hash, asked);
		return null;
	});
	// A refused try is counted, so its transaction commits.
	if (refused) throw refused;
	return { group, blindSignature: b64u(await blindSign(keys.issuer, fromB64u(request))) };
}

/** A voucher that was used; or a roster code whose mailbox has proved, since together they get one credential. */
async function refuseSecond(
	trx: Transaction,
	letter: string,
	code: 'already-used' | 'mailbox-already-proved',
): Promise<Problem> {
	await countRefusedProof(trx, letter);
	return new Problem(code);
}

export interface WantedVouchers {
	letter: string;
	organizer: string;
	group: string;
	count: number;
	note: string;
}

/**
 * Makes vouchers, shown this once. What was revoked counts towards the charter's limit for ever: otherwise an organizer who
 * revokes one voucher would learn from the room that is left whether it was used. Proven by test/server/employment/voucher.test.ts.
 * @throws Problem `voucher-limit`, `not-found` for a group without vouchers
 */
export async function makeVouchers(deps: Deps, wanted: WantedVouchers): Promise<{ batch: string; vouchers: string[] }> {
	const letter = await getProvingLetter(deps, wanted.letter);
	const group = letter.charter.groups.find((one) => one.id === wanted.group);
	if (group?.proof !== 'voucher' || group.limit === null) throw new Problem('not-found');
	const { limit } = group;
	const vouchers = Array.from({ length: wanted.count }, newVoucher);
	const hashes = await Promise.all(
		vouchers.map(async (voucher) => fromB64u(await voucherHash(voucher, wanted.letter), 32)),
	);
	const batch = id();
	await deps.db.transaction().execute(async (trx) => {
		await lockWhileOpen(trx, wanted.letter, deps.clock.now());
		await requireNotSuspended(trx, wanted.organizer);
		const left = limit - (await countMade(trx, wanted.letter, wanted.group));
		if (wanted.count > left) {
			const detail = `The charter allows ${limit} vouchers for this group, and ${left} of them are left to make.`;
			throw new Problem('voucher-limit', { detail, field: 'count' });
		}
		await insertBatch(trx, { ...wanted, id: batch }, hashes);
	});
	return { batch, vouchers: vouchers.map(showVoucher) };
}

/** None can be used any more; what was used counts. The answer is the same however many were used. @throws Problem `not-found` */
export async function revokeVouchers(
	deps: Deps,
	{ id, letter }: Pick<Organizer, 'id' | 'letter'>,
	batch: string,
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		await lockWhileOpen(trx, letter, deps.clock.now());
		if (!(await revokeBatch(trx, letter, batch, id))) throw new Problem('not-found');
	});
}
