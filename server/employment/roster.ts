/**
 * Writing to everybody on a list. It tells the employer today that there is a letter, so it takes M organizers; the addresses are the proposer's browser's and, sealed,
 * this server's, and no other organizer's. Proven by test/server/employment/roster.test.ts.
 */
import type * as v from 'valibot';
import type { approveMailingRequest, MailingState, mailingRequest, RosterView } from '../../shared/api/roster.ts';
import { verifyApproval } from '../../shared/approval.ts';
import { b64u, fromB64u } from '../../shared/bytes.ts';
import { Fault } from '../../shared/fault.ts';
import { LIMITS } from '../../shared/limits.ts';
import { type Mailing, mailingSubject, readMailing } from '../../shared/mailing.ts';
import { countByDomain, rosterHash, tooFewOf } from '../../shared/roster.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { insertApproval, listApprovals, removeApproval } from '../letter/charter-store.ts';
import { findStandingChain, standingChain } from '../letter/standing-chain.ts';
import type { Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import { askForTick } from '../tick-store.ts';
import { requireWorkAddress } from './confirmation.ts';
import { getProvingLetter, lockWhileOpen, type ProvingLetter } from './proving-letter.ts';
import { openSalt, sealAddress, sealSalt } from './roster-box.ts';
import {
	deleteWaiting,
	insertMailing,
	insertMails,
	listMailings,
	type MailingRow,
	setMailing,
} from './roster-store.ts';

type Proposal = v.InferOutput<typeof mailingRequest>;
type GivenApproval = v.InferOutput<typeof approveMailingRequest>;

const underWay: readonly MailingState[] = ['proposed', 'sending', 'paused'];

/**
 * Proposes a mailing, approved by who proposes it: nothing is sent before M have approved. There is one at a time; the same proposal again is an approval.
 * @throws Problem `invalid-input` with what is wrong, `mailing-pending`, `mailing-limit`, `authenticator-refused`, `wrong-state`
 */
export async function proposeMailing(deps: Deps, by: Organizer, proposal: Proposal): Promise<MailingState> {
	const letter = await getProvingLetter(deps, by.letter);
	const mailing = await checkProposal(letter, proposal);
	const of = { letter: by.letter, mailing: mailing.mailing };
	const mails = proposal.addresses.map((address) => ({ id: id(), box: sealAddress(deps.secretBox, of, address) }));
	// Ids are random, so this is an order that says nothing of the list's.
	mails.sort((a, b) => (a.id < b.id ? -1 : 1));
	const salt = sealSalt(deps.secretBox, of, fromB64u(proposal.salt, 32));
	const { document, authenticator } = proposal;
	return await deps.db.transaction().execute(async (trx) => {
		await lockWhileOpen(trx, by.letter, deps.clock.now());
		const rows = await listMailings(trx, by.letter);
		if (!rows.some((row) => row.id === of.mailing && row.document === document)) {
			if (rows.some(({ state }) => underWay.includes(state))) throw new Problem('mailing-pending');
			if (rows.filter(({ proposer }) => proposer === by.id).length >= LIMITS.mailingsOfOrganizer) {
				throw new Problem('mailing-limit');
			}
			if (rows.some((row) => row.id === of.mailing)) refuse('document', 'Another mailing has this id.');
			await insertMailing(trx, { id: of.mailing, letter: by.letter, document, salt, proposer: by.id });
			await insertMails(trx, of, mails);
		}
		return await approve(trx, by, { mailing: of.mailing, authenticator });
	});
}

/** With the M-th it begins, within a minute. @throws Problem `mailing-gone`, `authenticator-refused`, `wrong-state` */
export async function approveMailing(deps: Deps, by: Organizer, given: GivenApproval): Promise<MailingState> {
	return await deps.db.transaction().execute(async (trx) => {
		await lockWhileOpen(trx, by.letter, deps.clock.now());
		return await approve(trx, by, given);
	});
}

/** Takes one's own approval back while it waits. @throws Problem `mailing-gone`, `wrong-state` once it has begun */
export async function takeMailingBack(deps: Deps, by: Organizer, mailing: string): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		await lockWhileOpen(trx, by.letter, deps.clock.now());
		const row = await getMailing(trx, by.letter, mailing);
		if (row.state !== 'proposed') throw new Problem('wrong-state');
		const { fingerprint } = await standingChain(trx, by.letter);
		await removeApproval(trx, await approvalOf(row, fingerprint), by.id);
	});
}

/** Any organizer holds up what goes out, lets go on what M have approved, and stops either for good. @throws Problem `mailing-gone`, `wrong-state` */
export async function turnMailing(
	deps: Deps,
	by: Organizer,
	mailing: string,
	to: 'sending' | 'paused' | 'stopped',
): Promise<MailingState> {
	return await deps.db.transaction().execute(async (trx) => {
		await lockWhileOpen(trx, by.letter, deps.clock.now());
		const { id, state } = await getMailing(trx, by.letter, mailing);
		if (state === to) return to;
		const from: Record<typeof to, MailingState[]> = {
			sending: ['paused'],
			paused: ['sending'],
			stopped: [...underWay],
		};
		if (!from[to].includes(state)) throw new Problem('wrong-state');
		await setMailing(trx, id, { state: to, turnedBy: by.id });
		if (to === 'stopped') {
			await deleteWaiting(trx, id);
			await askForTick(trx);
		}
		return to;
	});
}

/** For the desk of every organizer: counts, and never an address. */
export async function readRosterDesk(deps: Deps, letter: string): Promise<RosterView> {
	const { db, config, secretBox } = deps;
	const rows = await listMailings(db, letter);
	const chain = rows.length === 0 ? null : await findStandingChain(db, letter);
	const mailings: RosterView['mailings'] = [];
	for (const row of rows) {
		const { document, proposer, state, over, turnedBy, sent, refused, unknown, repeated } = row;
		mailings.push({
			...{ document, proposer, state, over, turnedBy, sent, refused, unknown, repeated },
			salt: b64u(openSalt(secretBox, { letter, mailing: row.id }, row.salt)),
			approvals: chain ? await listApprovals(db, await approvalOf(row, chain.fingerprint)) : [],
		});
	}
	return { perMinute: config.rosterRate, mailings };
}

/** While it waits under the last charter: a change of the letter ends what was approved before. */
async function approvalOf({ letter, document, over }: MailingRow, fingerprint: string) {
	return { letter, kind: 'mailing' as const, subject: await mailingSubject(over ?? fingerprint, document) };
}

async function getMailing(trx: Transaction, letter: string, mailing: string): Promise<MailingRow> {
	const row = (await listMailings(trx, letter)).find(({ id }) => id === mailing);
	if (row === undefined) throw new Problem('mailing-gone');
	return row;
}

async function approve(trx: Transaction, by: Organizer, given: GivenApproval): Promise<MailingState> {
	const row = await getMailing(trx, by.letter, given.mailing);
	if (row.state === 'stopped') throw new Problem('mailing-gone');
	if (row.state !== 'proposed') return row.state;
	const { charter, root, fingerprint } = await standingChain(trx, by.letter);
	const of = await approvalOf(row, fingerprint);
	const approval = { organizer: by.id, authenticator: given.authenticator };
	if (!(await verifyApproval(charter.organizers, approval, 'mailing', root, of.subject))) {
		throw new Problem('authenticator-refused', { field: 'authenticator' });
	}
	await insertApproval(trx, of, approval);
	if ((await listApprovals(trx, of)).length < charter.threshold) return row.state;
	await setMailing(trx, row.id, { state: 'sending', over: fingerprint });
	return 'sending';
}

/** What the others will read fits the list, and every address is one that the letter's people prove with. */
async function checkProposal(letter: ProvingLetter, { document, salt, addresses }: Proposal): Promise<Mailing> {
	const mailing = read(document);
	let before = '';
	for (const address of addresses) {
		const { normalForm } = requireWorkAddress(letter, address);
		if (normalForm !== address || address <= before) refuse('addresses', 'The list is not in order.');
		before = address;
	}
	const domains = countByDomain(addresses);
	if (JSON.stringify(domains) !== JSON.stringify(mailing.domains))
		refuse('document', 'The numbers are not the list’s.');
	if ((await rosterHash(salt, addresses)) !== mailing.list) refuse('document', 'This is not the hash of the list.');
	const few = tooFewOf(domains, letter.charter.groups);
	if (few !== null) refuse('addresses', `There are fewer than ${LIMITS.rosterLeast} people of ${few} on the list.`);
	return mailing;
}

function read(document: string): Mailing {
	try {
		return readMailing(document);
	} catch (fault) {
		if (fault instanceof Fault) refuse('document', fault.message);
		throw fault;
	}
}

function refuse(field: string, detail: string): never {
	throw new Problem('invalid-input', { field, detail });
}
