import { randomBytes, randomInt } from 'node:crypto';
import { Fault } from '../../shared/fault.ts';
import { type AddressGroup, readWorkAddress, type WorkAddress } from '../../shared/work-address.ts';
import type { Deps } from '../deps.ts';
import { whileSigning } from '../letter/letter-lock-store.ts';
import { requireSigning } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import { confirmationMail } from './confirmation-mail.ts';
import {
	type ConfirmationRow,
	countLive,
	deleteExpired,
	findConfirmationByLink,
	insertConfirmation,
} from './confirmation-store.ts';
import { codeHash, linkHash, mailboxTag } from './mailbox-tag.ts';
import { getRememberedLetter, type ProvingLetter } from './proving-letter.ts';

/** Unexpired mails to one mailbox, for one letter. */
const mostMails = 3;
const hour = 3_600_000;

/** @throws Problem with the code of the address's fault, about the field `address` */
export function requireWorkAddress(letter: ProvingLetter, typed: string): WorkAddress {
	return workAddressOf(letter.charter.groups, typed);
}

/** @throws Problem likewise */
export function workAddressOf(groups: AddressGroup[], typed: string): WorkAddress {
	try {
		return readWorkAddress(typed, groups);
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		const { code, message } = fault;
		switch (code) {
			case 'address-domain':
			case 'address-format':
			case 'address-not-ascii':
			case 'address-role':
				throw new Problem(code, { detail: message, field: 'address' });
			default:
				throw fault;
		}
	}
}

/** An hour from now, rounded up: no time that could be matched with a company's mail log is kept. */
export const expiresHour = (now: Date): Date => new Date(Math.ceil((now.getTime() + hour) / hour) * hour);

/**
 * Sends a code and a link to a work address. The same work and the same answer whoever asks about whomever; past three mails that are still good, or where other letters here have sent three within the hour and
 * this one has sent some of its own, nothing is sent, silently. The mail goes out after the answer; until then the address is in memory only.
 * @returns the confirmation's id
 * @throws Problem of the letter or the address, `mail-unavailable`
 */
export async function askConfirmation(deps: Deps, letterId: string, typed: string): Promise<string> {
	// 1. Whose mailbox?
	const letter = await getRememberedLetter(deps, letterId);
	const { normalForm, group } = requireWorkAddress(letter, typed);
	deps.outbox.requireWorking();
	const tag = mailboxTag(letter.keys.tagKey, normalForm);
	// 2. Something that only who reads it can know
	const confirmation = id();
	const code = String(randomInt(100_000_000)).padStart(8, '0');
	const link = randomBytes(32).toString('base64url');
	const kept = {
		...{ id: confirmation, letter: letterId, group },
		code: codeHash(letter.keys.tagKey, confirmation, code),
		link: linkHash(deps.secretBox, link),
		expiresHour: expiresHour(deps.clock.now()),
	};
	// 3. Kept as keyed hashes. One too many is kept under a tag of nobody's, so that it takes as long and counts for nobody; and no code fits it, since a code
	// that nobody was sent could still be guessed, without a mail that anybody would notice.
	const keep = (room: boolean) => {
		const now = deps.clock.now();
		return whileSigning(deps, { letter: letterId, kind: 'mailbox', which: tag }, async (trx) => {
			const found = await countLive(trx, letterId, tag, now);
			if (!found) throw new Problem('not-found');
			requireSigning(found, now);
			const few = found.live < mostMails && room;
			await insertConfirmation(trx, few ? { ...kept, tag } : { ...kept, tag: noise(tag), code: noise(kept.code) });
			return few;
		});
	};
	const sends = await deps.mailboxHour.within(normalForm, letterId, keep);
	// 4. After the answer
	if (sends) {
		const url = letter.charter.codeOnly ? null : `${deps.config.origin}/v#${link}`;
		deps.outbox.post('confirmation mail', confirmationMail(normalForm, code, url));
	}
	return confirmation;
}

/** As many random bytes. */
const noise = ({ length }: Uint8Array): Uint8Array => new Uint8Array(randomBytes(length));

/** What a link belongs to; spends nothing. @throws Problem `link-unknown` */
export async function followLink(deps: Deps, link: string): Promise<ConfirmationRow> {
	const found = await findConfirmationByLink(deps.db, linkHash(deps.secretBox, link));
	if (!found || found.expiresHour <= deps.clock.now()) throw new Problem('link-unknown');
	return found;
}

/** Registered in due.ts. */
export async function purgeConfirmations(deps: Deps, now: Date): Promise<void> {
	deps.mailboxHour.forget();
	await deleteExpired(deps.db, now);
}
