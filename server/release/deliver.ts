/**
 * Sends a released letter to its addressees, once each. An address is marked before its mail is handed over: a server that dies in between leaves it
 * `unknown`, and never sends a second mail. Proven by test/server/release/deliver.test.ts.
 */
import { deliveryMail, MOST_ATTACHED } from '../../shared/delivery.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { type Attachment, MailNotSent } from '../platform/mail.ts';
import { findOwnHead, readWhole } from '../published/published-store.ts';
import { readRevision } from '../published/rendered-store.ts';
import { openDelivery } from './deliveries.ts';
import { deliveriesToSend, findDelivery, markSending, markUnknown, setDelivery } from './delivery-store.ts';

const DELIVER = 'deliver';
const PDF = 'letter.pdf';
const minute = 60_000;
/** Longer than any relay takes. */
const ANSWER_MS = 15 * minute;
/** After one minute, two, four, up to six hours: for two days and a half. */
const MOST_TRIES = 18;
const LONGEST_MS = 6 * 60 * minute;
/** Of a mail that is due. After that it goes without the PDF, or one withdrawal after the other could put it off for ever. */
const MOST_BEHIND_MS = 30 * minute;

/** Before the jobs start. */
export function defineDeliver(deps: Deps): void {
	deps.jobs.define<{ delivery: string }>(DELIVER, ({ delivery }) => deliver(deps, delivery));
}

/** Due: after the release, and again while a relay asks to wait. */
export async function requestDeliveries({ db, jobs }: Deps, now: Date): Promise<void> {
	await markUnknown(db, now);
	for (const delivery of await deliveriesToSend(db, now)) await jobs.enqueue(DELIVER, { delivery });
}

export type DeliveringDeps = Pick<Deps, 'db' | 'clock' | 'mail' | 'secretBox' | 'log'>;

/** Does nothing where another node was quicker, or while the files are behind the letter. */
export async function deliver(deps: DeliveringDeps, delivery: string): Promise<void> {
	const { db, clock } = deps;
	const row = await findDelivery(db, delivery);
	if (row?.state !== 'waiting') return;
	// Read before it is marked: what fails here is tried again.
	const { to, letter } = openDelivery(deps, row);
	const { revision, rendered } = await readRevision(db, row.letter);
	const now = clock.now().getTime();
	// Somebody withdrew, or was struck, whom the files still name: a file can be replaced, a mail cannot. The next minute asks again.
	const behind = rendered < revision;
	if (behind && now - row.dueAt.getTime() < MOST_BEHIND_MS) return;
	const attachment = behind ? null : await readPdf(db, row.letter);
	const mail = { to, ...deliveryMail(letter, attachment !== null), ...(attachment && { attachment }) };
	const read = attachment && revision;
	if (!(await markSending(db, delivery, read, new Date(now), new Date(now + ANSWER_MS)))) return;
	if (behind) deps.log('delivery without PDF', { job: DELIVER, letter: row.letter });
	try {
		await deps.mail.send(mail);
	} catch (failure) {
		const outcome = failure instanceof MailNotSent ? failure.outcome : 'unknown';
		const later = outcome === 'later' && row.tries + 1 < MOST_TRIES;
		const pause = Math.min(minute * 2 ** row.tries, LONGEST_MS);
		const state = later ? 'waiting' : outcome === 'unknown' ? 'unknown' : 'refused';
		await setDelivery(db, delivery, state, new Date(clock.now().getTime() + pause));
		deps.log('delivery not sent', { failure, job: DELIVER, letter: row.letter });
		return;
	}
	await setDelivery(db, delivery, 'sent', clock.now());
}

/** As it is published now, without whoever withdrew since; null where it is too large for a mail. @throws Error where there is none */
async function readPdf(db: Db, letter: string): Promise<Attachment | null> {
	const head = await findOwnHead(db, letter, PDF);
	if (head === null) throw new Error('a released letter has no PDF');
	if (head.length > MOST_ATTACHED) return null;
	const bytes = await readWhole(db, head);
	if (bytes === null) throw new Error('the PDF was rendered again meanwhile');
	return { name: PDF, mediaType: head.mediaType, bytes };
}
