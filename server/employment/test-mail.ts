/**
 * Test mails: while a letter is a draft, its organizers see whether a code reaches work inboxes of their employer. The same mail as signers get, to a domain that
 * the draft names; of the address a keyed hash is kept, until the letter opens. Proven by test/server/employment/test-mail.test.ts.
 */
import { randomBytes, randomInt } from 'node:crypto';
import type { Draft } from '../../shared/api/desk.ts';
import type { Readiness } from '../../shared/api/readiness.ts';
import { checkDomain } from '../../shared/domain.ts';
import { Fault } from '../../shared/fault.ts';
import type { AddressGroup } from '../../shared/work-address.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { readDraft } from '../letter/draft.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { requireState } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import { same } from '../platform/same-bytes.ts';
import { expiresHour, workAddressOf } from './confirmation.ts';
import { confirmationMail } from './confirmation-mail.ts';
import { testCodeHash, testMailbox } from './mailbox-tag.ts';
import {
	deleteExpiredTests,
	findTestMail,
	insertTestMail,
	listTestMails,
	setReached,
	setTestTries,
	type TestMailRow,
} from './test-mail-store.ts';

/** Within the hour: to one inbox, and by one organizer, so that a draft is no way to write to a whole company. */
const mostToInbox = 3;
const mostByOrganizer = 10;
const mostTries = 5;

export interface Asking {
	organizer: string;
	letter: string;
}

/**
 * Sends a code after the answer; until then the address is in memory only.
 * @returns the test's id. @throws Problem of the address, `too-many-requests`, `wrong-state`, `mail-unavailable`
 */
export async function sendTestMail(deps: Deps, by: Asking, typed: string): Promise<string> {
	deps.outbox.requireWorking();
	const now = deps.clock.now();
	const test = id();
	const code = String(randomInt(100_000_000)).padStart(8, '0');
	const { normalForm, codeOnly } = await deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, by.letter);
		requireState(letter, 'draft');
		const draft = readDraft(letter);
		const { normalForm } = workAddressOf(addressGroups(draft), typed);
		const mailbox = testMailbox(deps.secretBox, by.letter, normalForm);
		requireFew(await listTestMails(trx, by.letter), by, mailbox, now);
		const keep = async (room: boolean) => {
			if (!room) throw inboxFull();
			await insertTestMail(trx, {
				...{ id: test, letter: by.letter, organizer: by.organizer, mailbox },
				domain: normalForm.slice(normalForm.indexOf('@') + 1),
				code: testCodeHash(deps.secretBox, test, code),
				expiresHour: expiresHour(now),
			});
			return true;
		};
		// Counted over all drafts, and apart from signers' codes: what is refused here must not tell that somebody asked for one.
		await deps.mailboxHour.within(`test ${normalForm}`, 'test', keep);
		return { normalForm, codeOnly: draft.codeOnly };
	});
	// As signers' mails look to a filter; nothing is behind the link.
	const link = codeOnly ? null : `${deps.config.origin}/v#${randomBytes(32).toString('base64url')}`;
	deps.outbox.post('test mail', confirmationMail(normalForm, code, link));
	return test;
}

/** The groups by mailbox, with such domains only as can be frozen. */
function addressGroups({ groups }: Draft): AddressGroup[] {
	return groups.map(({ id, proof, domains }) => ({ id, proof, domains: domains.flatMap(usable) }));
}

function usable(typed: string): string[] {
	try {
		return [checkDomain(typed.trim())];
	} catch (fault) {
		if (fault instanceof Fault) return [];
		throw fault;
	}
}

function inboxFull(): Problem {
	const detail = 'Three codes went to this inbox within the hour. Look for them there, or take another inbox.';
	return new Problem('too-many-requests', { detail, field: 'address' });
}

function requireFew(rows: readonly TestMailRow[], by: Asking, mailbox: Uint8Array, now: Date): void {
	const recent = rows.filter((row) => row.expiresHour > now);
	if (recent.filter((row) => same(row.mailbox, mailbox)).length >= mostToInbox) {
		throw inboxFull();
	}
	if (recent.filter((row) => row.organizer === by.organizer).length >= mostByOrganizer) {
		const detail = 'You have asked for ten codes within the hour. Two or three inboxes are enough; go on later.';
		throw new Problem('too-many-requests', { detail, field: 'address' });
	}
}

/** The same again, after an answer that did not arrive, is answered alike. @throws Problem `code-wrong`, `code-ended`, `code-expired` */
export async function confirmTestMail(deps: Deps, by: Asking, test: string, code: string): Promise<void> {
	const refused = await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'draft');
		const row = await findTestMail(trx, by.organizer, test);
		if (!row || (!row.reached && row.expiresHour <= deps.clock.now())) return new Problem('code-expired');
		if (row.reached) return null;
		if (row.tries >= mostTries) return new Problem('code-ended');
		if (!same(testCodeHash(deps.secretBox, test, code), row.code)) {
			await setTestTries(trx, test, row.tries + 1);
			return new Problem(row.tries + 1 >= mostTries ? 'code-ended' : 'code-wrong', { field: 'code' });
		}
		await setReached(trx, test);
		return null;
	});
	// A wrong try is counted, so its transaction commits.
	if (refused) throw refused;
}

/** By domain, in their order: how many inboxes a code reached, and who asked for them. */
export async function readTestMails(db: Db, letter: string): Promise<Readiness['testMails']> {
	const reached = (await listTestMails(db, letter)).filter((row) => row.reached);
	return [...new Set(reached.map(({ domain }) => domain))].sort().map((domain) => {
		const rows = reached.filter((row) => row.domain === domain);
		const inboxes = new Set(rows.map(({ mailbox }) => Buffer.from(mailbox).toString('base64url'))).size;
		return { domain, inboxes, by: [...new Set(rows.map(({ organizer }) => organizer))].sort() };
	});
}

/** Due: codes that came nowhere. */
export async function purgeTestMails(deps: Deps, now: Date): Promise<void> {
	await deleteExpiredTests(deps.db, now);
}
