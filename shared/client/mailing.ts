/** Writing to everybody on a list: every authenticator here is over the document that this browser has shown and hashed itself. */
import * as v from 'valibot';
import type { DeskView } from '../api/desk.ts';
import { type MailingState, mailingAnswer, type RosterView } from '../api/roster.ts';
import { approve, verifyApproval } from '../approval.ts';
import { b64u, newId, randomBytes } from '../bytes.ts';
import { type Mailing, mailingSubject, readMailing, writeMailing } from '../mailing.ts';
import { countByDomain, rosterHash } from '../roster.ts';
import type { Call } from './call.ts';
import type { Standing } from './deciding.ts';
import type { Organizer } from './organizer.ts';

/** A mailing as this browser reads it. */
export type MailingOnDesk = Omit<RosterView['mailings'][number], 'approvals'> & {
	mailing: Mailing;
	/** How many addresses are on the list. */
	total: number;
	/** Ids of organizers whose approvals verify. */
	approvedBy: string[];
};

/** @throws Fault where a mailing does not have its form */
export async function readMailings(view: DeskView, standing: Standing): Promise<MailingOnDesk[]> {
	return await Promise.all(
		view.roster.mailings.map(async ({ approvals, ...one }) => {
			const mailing = readMailing(one.document);
			const subject = await mailingSubject(one.over ?? standing.fingerprint, one.document);
			const { charter, root } = standing;
			const holds = await Promise.all(
				approvals.map((approval) => verifyApproval(charter.organizers, approval, 'mailing', root, subject)),
			);
			const approvedBy = [...new Set(approvals.filter((_, i) => holds[i]).map(({ organizer }) => organizer))];
			const total = mailing.domains.reduce((sum, { count }) => sum + count, 0);
			return { ...one, mailing, total, approvedBy };
		}),
	);
}

/**
 * Proposes to write to these, and approves it. Nothing is sent before M organizers have approved.
 * @param addresses of readRoster. @param note how the list was obtained
 */
export async function proposeMailing(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	{ addresses, note }: { addresses: string[]; note: string },
): Promise<MailingState> {
	const salt = b64u(randomBytes(32));
	const list = await rosterHash(salt, addresses);
	const document = writeMailing({ mailing: newId(), note, domains: countByDomain(addresses), list });
	const authenticator = await approveBytes(organizer, standing, document);
	const answer = await call('POST', '/api/desk/mailings', { document, salt, addresses, authenticator });
	return v.parse(mailingAnswer, answer).state;
}

/** Approves exactly what was shown. With the M-th it begins, within a minute. */
export async function approveMailing(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	{ document, mailing: { mailing } }: MailingOnDesk,
): Promise<MailingState> {
	const authenticator = await approveBytes(organizer, standing, document);
	return v.parse(mailingAnswer, await call('POST', '/api/desk/mailings/approve', { mailing, authenticator })).state;
}

async function approveBytes({ secrets }: Organizer, standing: Standing, document: string): Promise<string> {
	const subject = await mailingSubject(standing.fingerprint, document);
	return await approve(secrets.approval, 'mailing', standing.root, subject);
}

/** Takes one's own approval back while it waits. */
export async function takeMailingBack(call: Call, { mailing }: MailingOnDesk): Promise<void> {
	await call('DELETE', `/api/desk/mailings/${mailing.mailing}/approval`);
}

/** Holds it up, goes on, or stops it for good. */
export async function turnMailing(
	call: Call,
	{ mailing }: MailingOnDesk,
	state: 'sending' | 'paused' | 'stopped',
): Promise<void> {
	await call('PUT', `/api/desk/mailings/${mailing.mailing}`, { state });
}

/** Whether a list of one's own is the one that was proposed. @param addresses of readRoster */
export async function isSameList({ salt, mailing }: MailingOnDesk, addresses: readonly string[]): Promise<boolean> {
	return (await rosterHash(salt, addresses)) === mailing.list;
}
