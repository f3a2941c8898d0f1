import { expect, test } from 'vitest';
import { changeDaySheet } from '../../../server/letter/day.ts';
import { approve } from '../../../shared/approval.ts';
import { newId } from '../../../shared/bytes.ts';
import { postSubject, writePost } from '../../../shared/post.ts';
import { everyRow } from '../../support/every-row.ts';
import { startServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from '../release/in-review.ts';

const days = (n: number) => new Date(MINUTE.getTime() + n * 86_400_000);

/** Where an organizer may be named after 30 days: who they are, that they approved, whose desk is closed, how they log in. */
const LASTING = ['organizers', 'approvals', 'charters', 'suspensions', 'passkeys', 'sessions'];

/** Tables whose rows name one of these organizers, published files left out: their charter names them. */
async function whereNamed(rows: readonly string[], ids: readonly string[]): Promise<string[]> {
	const tables = rows.filter((row) => ids.some((id) => row.includes(id))).map((row) => row.split(' ')[0] ?? '');
	return [...new Set(tables)].filter((table) => table !== 'published').sort();
}

test('30 days after the release nothing says who did what, but approvals', async () => {
	const server = await startServer({ database: 'postgres', now: REVIEW });
	const { db } = server.deps;
	const review = await placeInReview(server);
	const { letter, id } = review;
	const [first, second] = letter.organizers;
	if (!first || !second) throw new Error('there are organizers');
	const group = letter.charter.groups[0]?.id ?? '';
	const batch = {
		id: newId(),
		letter: id,
		group_id: group,
		organizer: first.id,
		count: 3,
		note: 'for the night shift',
	};
	await db.insertInto('voucher_batches').values(batch).execute();
	await db.updateTable('organizers').set({ compared: letter.root }).where('id', '=', second.id).execute();
	const lasting = newId();
	const link = { letter: id, note: 'R. gave it to the union', created_by: first.id };
	const silent = { letter: id, note: '', created_by: null, revoked: true, revoked_by: second.id };
	await db
		.insertInto('links')
		.values([
			{ link: lasting, ...link },
			{ link: newId(), ...silent },
		])
		.execute();
	const rows = [{ id: newId(), at: null, what: 'Call the papers', who: 'R.' }];
	const sheet = { madeFor: null, speaks: 'R. speaks', askedAt: null, asked: '', rows };
	await changeDaySheet(server.deps, { ...first, letter: id, key: '', sealing: '' }, { version: 0, sheet });
	await review.schedule(await review.compose());
	await server.due(MINUTE);
	await review.logIn();
	const document = writePost({ kind: 'update', written: '2027-03-01T09:00:00Z', title: 'Thanks', text: 'It is out.' });
	const subject = await postSubject(document);
	for (const [by, { secrets }] of [first, second].entries()) {
		const authenticator = await approve(secrets.approval, 'post', letter.root, subject);
		const { status } = await review.ask(by, 'POST', '/api/desk/posts', { document, authenticator });
		expect(status).toBe(200);
	}
	const ids = letter.organizers.map((one) => one.id);

	await server.due(days(29));
	const before = await everyRow(db);
	expect(await whereNamed(before, ids)).toEqual(
		expect.arrayContaining(['posts', 'voucher_batches', 'approvals', 'links']),
	);
	for (const words of ['night shift', 'the union', 'R. speaks', 'Call the papers']) {
		expect([words, before.some((row) => row.includes(words))]).toEqual([words, true]);
	}
	const approvals = before.filter((row) => row.startsWith('approvals '));

	await server.due(days(30));
	const after = await everyRow(db);
	expect((await whereNamed(after, ids)).filter((table) => !LASTING.includes(table))).toEqual([]);
	const told = /night shift|the union|R\. speaks|Call the papers/;
	expect(after.filter((row) => told.test(row))).toEqual([]);
	expect(after.filter((row) => row.startsWith('organizers ') && row.includes(letter.root))).toEqual([]);
	expect(after.filter((row) => row.startsWith('approvals '))).toEqual(approvals);
	expect(after.some((row) => row.startsWith('posts '))).toBe(true);
	// The link that was handed around leads to the letter still; of the one that was revoked nothing is left.
	const links = await db.selectFrom('links').select(['link', 'revoked']).where('letter', '=', id).execute();
	expect(links).toContainEqual({ link: lasting, revoked: false });
	expect(links.filter(({ revoked }) => revoked)).toEqual([]);
	// The desk still opens, and says nothing that it has forgotten.
	await review.logIn();
	const { status, body } = await review.ask(0, 'GET', '/api/desk');
	expect([status, body.voucherBatches, body.day]).toEqual([200, [], null]);
	expect(body.posts).toMatchObject([{ subject, proposer: null, number: 1 }]);
});
