/** What an organizer may take along: the letter and what was decided about it. Pure. */
import type { DeskView } from '../api/desk.ts';

/**
 * One JSON document with everything of the desk that is the letter's: texts, charters and approvals to the byte, what waits, links, batches, counts, the sheet
 * for the day, posts. Left out is what points to signers or journalists: keys of signers, proposed strikes, withdrawals, links under embargo; names of signers are in
 * no desk. Proven by test/shared/client/desk-copy.test.ts.
 */
export function deskCopy(view: DeskView): string {
	const { id, state, now, closesAt, lastCallUntil, releaseAt, expiresOn, slug } = view.letter;
	const copy = {
		format: 'undersigned desk copy 1',
		letter: { id, state, at: now, closesAt, lastCallUntil, releaseAt, expiresOn, slug },
		organizers: view.organizers.map(({ id, name, key }) => ({ id, name, key })),
		draft: view.draft?.draft ?? null,
		chain: view.chain,
		...{ amendment: view.amendment, decisions: view.decisions, suspensions: view.suspensions },
		links: view.links,
		voucherBatches: view.voucherBatches,
		...{ progress: view.progress, issued: view.issued, counts: view.counts },
		day: view.day?.sheet ?? null,
		posts: view.posts,
		struckAfterRelease: view.lateStrikes
			.filter(({ agreed }) => agreed)
			.map(({ number, reason, approvals }) => ({ number, reason, approvals })),
	};
	return `${JSON.stringify(copy, null, '\t')}\n`;
}
