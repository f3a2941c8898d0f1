import { describe, expect, test } from 'vitest';
import type { Database } from '../../../server/tables.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer } from '../../support/server.ts';
import { placeInReview, REVIEW } from './in-review.ts';

const tables = [
	...(['letters', 'charters', 'approvals', 'links', 'organizers', 'passkeys', 'sessions', 'invitations'] as const),
	...(['suspensions', 'day_sheets'] as const),
	...(['draft_versions'] as const),
	...(['mailboxes', 'vouchers', 'voucher_batches', 'confirmations', 'issued', 'signatures', 'progress'] as const),
	...(['progress_days', 'proof_progress', 'refused_proofs', 'test_mails', 'test_names'] as const),
	...(['lost_words'] as const),
	...(['contributions', 'strikes', 'release_drafts', 'draft_slices', 'scheduled_releases'] as const),
	...(['published'] as const),
	...(['release_changes', 'deliveries', 'posts', 'late_strikes', 'listings', 'embargo_links', 'staged'] as const),
] as const satisfies (keyof Database)[];

const expiry = new Date('2027-06-01T00:00:00Z');

describe.each(databaseKinds)('erasing a letter (%s)', (database) => {
	test('of a letter that expired nothing is left but a tombstone and links without notes; another one is untouched', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		const other = await placeInReview(server, { seed: 'the other letter' });
		const { db } = server.deps;
		const later = { expires_on: new Date('2027-07-01T00:00:00Z') };
		await db.updateTable('letters').set(later).where('id', '=', other.id).execute();
		await review.propose(0, await review.compose());
		const key = review.letter.signers[0]?.keys.publicKey;
		await review.ask(0, 'PUT', '/api/desk/strikes', { key, reason: 'twice' });
		const [{ id: organizer } = { id: '' }] = review.letter.organizers;
		const by = { created_by: organizer, revoked_by: organizer };
		await db.updateTable('links').set(by).where('letter', '=', review.id).execute();
		const rowsOf = async () => {
			const all = await Promise.all(
				tables.map(async (table) => [table, await db.selectFrom(table).selectAll().execute()]),
			);
			return Object.fromEntries(all);
		};
		const before = await rowsOf();
		await server.due(expiry);
		const after = await rowsOf();
		const traces = JSON.stringify(after);
		const { letter } = review;
		for (const { id, secrets } of letter.organizers) {
			expect(traces).not.toContain(id);
			expect(traces).not.toContain(secrets.key);
		}
		for (const { keys } of letter.signers) expect(traces).not.toContain(keys.publicKey);
		expect(traces).not.toContain(letter.root);
		expect(after.letters.filter((row: { id: string }) => row.id === review.id)).toEqual([
			{
				...{ id: review.id, state: 'abandoned', root: null, slug: null, draft: null, draft_version: 1 },
				...{ closes_at: null, last_call_until: null, expires_on: null, release_at: null },
				...{
					revision: 0,
					rendered: -1,
					rendered_by: null,
					staged: -1,
					listed: false,
					draft_quiet_since: null,
					restored: null,
				},
			},
		]);
		expect(after.links).toContainEqual(expect.objectContaining({ letter: review.id, note: '', revoked: false }));
		for (const table of ['charters', 'organizers', 'signatures', 'issued'] as const) {
			const kept = before[table].filter((row: { letter: string }) => row.letter === other.id);
			expect(after[table]).toHaveLength(kept.length);
		}
	});

	test('a letter that was scheduled before its expiry goes out, however late the server is', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		await review.schedule(await review.compose());
		await server.due(new Date('2027-06-09T00:00:00Z'));
		expect((await server.fetch('/letters/a-letter/')).status).toBe(200);
	});
});
