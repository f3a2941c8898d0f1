/**
 * What M organizers have approved goes out, so many mails a minute. Each address is taken out of its row before the relay is asked and is never taken twice: a server that dies in
 * between leaves a mail of which nobody knows whether it went, and nobody is mailed twice. Proven by test/server/employment/roster-sending.test.ts and test/journey/killed-while-mailing.test.ts.
 */
import { fromB64u } from '../../shared/bytes.ts';
import { rosterMail } from '../../shared/roster-mail.ts';
import { newVoucher, voucherHash } from '../../shared/voucher.ts';
import { readWorkAddress } from '../../shared/work-address.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { forEachLetter } from '../letter/each-letter.ts';
import { type LetterRow, lockLetter } from '../letter/letter-store.ts';
import { Problem } from '../platform/errors.ts';
import { MailNotSent, type NotSent } from '../platform/mail.ts';
import { askForTick, mixAlone } from '../tick-store.ts';
import { mailboxTag } from './mailbox-tag.ts';
import { getProvingLetter, lockWhileOpen, type ProvingLetter } from './proving-letter.ts';
import { openAddress, sealAddress } from './roster-box.ts';
import { deleteRosterCode, hasRosterCode, insertRosterCode } from './roster-code-store.ts';
import {
	countOutcome,
	deleteLost,
	deleteMail,
	findMailing,
	hasMails,
	type MailingRow,
	mailingsUnderWay,
	pickMails,
	putBack,
	setMailing,
	takeMail,
} from './roster-store.ts';

const MAIL_ROSTER = 'roster-mailing';
const minuteLong = 60_000;
/** Longer than a relay is waited for. */
const lostAfter = 5 * minuteLong;
/** A mailbox that is full, or a relay that wants to see who comes back: every quarter of an hour, for five hours. */
const laterBy = 15 * minuteLong;
const mostTries = 20;

/** Row ids only: a job's data holds nobody's address. */
interface Part {
	mailing: string;
	mails: string[];
}

/** Before the jobs start. */
export function defineRosterMailing(deps: Deps): void {
	deps.jobs.define<Part>(MAIL_ROSTER, (part) => mailPart(deps, part));
}

/** Due: of each mailing what this minute may carry, once however many nodes there are; and what a server that died has left. */
export async function mailRosters(deps: Deps, now: Date): Promise<void> {
	const underWay = await mailingsUnderWay(deps.db);
	const letters = new Set(underWay.map(({ letter }) => letter));
	await forEachLetter([...letters], async (letter) => {
		await deps.db.transaction().execute(async (trx) => {
			if (!isOpen(await lockLetter(trx, letter), now)) return;
			for (const mailing of underWay) if (mailing.letter === letter) await begin(deps, trx, mailing.id, now);
		});
	});
}

const isOpen = ({ state, closesAt }: LetterRow, now: Date) => state === 'open' && (closesAt === null || closesAt > now);

async function begin(deps: Deps, trx: Transaction, id: string, now: Date): Promise<void> {
	const lost = await deleteLost(trx, id, new Date(now.getTime() - lostAfter));
	if (lost > 0) await countOutcome(trx, id, 'unknown', lost);
	const mailing = await findMailing(trx, id);
	if (mailing?.state !== 'sending') return;
	if (!(await hasMails(trx, id))) return finish(trx, id);
	const minute = new Date(Math.floor(now.getTime() / minuteLong) * minuteLong);
	if (mailing.minute !== null && mailing.minute >= minute) return;
	await setMailing(trx, id, { minute });
	const mails = await pickMails(trx, id, now, deps.config.rosterRate);
	if (mails.length > 0) await deps.jobs.enqueue(MAIL_ROSTER, { mailing: id, mails }, { within: trx });
}

async function finish(trx: Transaction, id: string): Promise<void> {
	await setMailing(trx, id, { state: 'done' });
	await askForTick(trx);
}

/**
 * Codes are kept in the order in which mails go out, which stands in the company's mail log as well: beside it a copy of the tables would say whose each
 * keyed hash is. So they are mixed after each part.
 */
async function mailPart(deps: Deps, part: Part): Promise<void> {
	const found = await findMailing(deps.db, part.mailing);
	const letter = found && (await whileOpen(() => getProvingLetter(deps, found.letter)));
	if (!letter) return;
	await mailEach(deps, letter, part);
	await mixAlone(deps.db, 'vouchers');
}

/** One mail after the other. Whatever is not sent when it ends is picked again in another minute. */
async function mailEach(deps: Deps, letter: ProvingLetter, { mailing, mails }: Part): Promise<void> {
	for (const id of mails) {
		const taken = await whileOpen(() => take(deps, letter, { mailing, id }));
		if (taken === null) return;
		if (taken === 'next') continue;
		const ended = await send(deps, taken);
		await settle(deps, letter, { mailing, id }, taken, ended);
		if (ended === 'away') return;
	}
	await deps.db.transaction().execute(async (trx) => {
		await lockLetter(trx, letter.id);
		const last = await findMailing(trx, mailing);
		if (last?.state === 'sending' && !(await hasMails(trx, mailing))) await finish(trx, mailing);
	});
}

/** @returns null once the letter is closed */
async function whileOpen<T>(work: () => Promise<T>): Promise<T | null> {
	try {
		return await work();
	} catch (failure) {
		if (failure instanceof Problem && ['wrong-state', 'signing-ended'].includes(failure.code)) return null;
		throw failure;
	}
}

interface Of {
	mailing: string;
	/** Of the row. */
	id: string;
}

interface Taken {
	address: string;
	code: string;
	hash: Uint8Array;
	tries: number;
}

/**
 * One step before the relay is asked: the address leaves its row, its code is made and kept as hash and tag. Whoever has had a code is not written to again; whoever has signed
 * is, since a mail that is missing would say so.
 * @returns `next` where this row is none to send; null where nothing more is to go out
 */
async function take(deps: Deps, letter: ProvingLetter, { mailing, id }: Of): Promise<Taken | 'next' | null> {
	const now = deps.clock.now();
	const code = newVoucher();
	const hash = fromB64u(await voucherHash(code, letter.id), 32);
	return await deps.db.transaction().execute(async (trx) => {
		await lockWhileOpen(trx, letter.id, now);
		if ((await findMailing(trx, mailing))?.state !== 'sending') return null;
		const row = await takeMail(trx, id, new Date(Math.floor(now.getTime() / minuteLong) * minuteLong));
		if (row === null) return 'next';
		const address = openAddress(deps.secretBox, { letter: letter.id, mailing }, row.box);
		const tag = mailboxTag(letter.keys.tagKey, address);
		if (await hasRosterCode(trx, letter.id, tag)) {
			await deleteMail(trx, id);
			await countOutcome(trx, mailing, 'repeated');
			return 'next';
		}
		const { group } = readWorkAddress(address, letter.charter.groups);
		await insertRosterCode(trx, { letter: letter.id, group, hash, tag, mailing });
		return { address, code, hash, tries: row.tries };
	});
}

/** `away`: the relay itself cannot be reached, or takes nothing from anybody just now. */
type Ended = 'sent' | NotSent | 'away';

async function send({ mail, config }: Deps, { address, code }: Taken): Promise<Ended> {
	try {
		await mail.send({ to: address, ...rosterMail(config.origin, code) });
		return 'sent';
	} catch (failure) {
		if (!(failure instanceof MailNotSent)) return 'unknown';
		// nodemailer's codes for what a relay says of this envelope or this message; every other one is about the relay.
		const aboutThisMail = failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE';
		return failure.outcome === 'later' && !aboutThisMail ? 'away' : failure.outcome;
	}
}

async function settle(deps: Deps, { id: letter }: ProvingLetter, of: Of, taken: Taken, ended: Ended): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		await lockLetter(trx, letter);
		const mailing = await findMailing(trx, of.mailing);
		// With the letter everything of the mailing is gone.
		if (mailing === null) return;
		if (ended === 'later' || ended === 'away') return notTaken(deps, trx, mailing, of.id, { ...taken, ended });
		if (await deleteMail(trx, of.id)) await countOutcome(trx, of.mailing, ended);
	});
}

/** Nobody has the code, so it goes. The mail waits again, unless the mailing was stopped meanwhile or it has waited long enough. */
async function notTaken(
	deps: Deps,
	trx: Transaction,
	{ id: mailing, letter, state }: MailingRow,
	id: string,
	{ address, hash, tries, ended }: Taken & { ended: 'later' | 'away' },
): Promise<void> {
	await deleteRosterCode(trx, letter, hash);
	const now = deps.clock.now();
	const tried = ended === 'later' ? tries + 1 : tries;
	if (state !== 'stopped' && tried < mostTries) {
		const box = sealAddress(deps.secretBox, { letter, mailing }, address);
		const after = ended === 'later' ? new Date(now.getTime() + laterBy) : null;
		await putBack(trx, id, { box, tries: tried, after });
	} else if ((await deleteMail(trx, id)) && state !== 'stopped') await countOutcome(trx, mailing, 'refused');
}
