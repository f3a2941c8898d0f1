import { describe, expect, test } from 'vitest';
import { eraseProofs } from '../../../server/employment/erase-store.ts';
import { eraseLetter } from '../../../server/release/erase.ts';
import type { Database } from '../../../server/tables.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer } from '../../support/server.ts';
import { placeInReview, REVIEW } from './in-review.ts';

const tables = [
	...(['letters', 'charters', 'approvals', 'links', 'organizers', 'passkeys', 'sessions', 'invitations'] as const),
	...(['mailboxes', 'vouchers', 'voucher_batches', 'confirmations', 'issued', 'signatures', 'progress'] as const),
	...(['contributions', 'strikes', 'release_drafts', 'scheduled_releases', 'published'] as const),
] as const satisfies (keyof Database)[];

describe.each(databaseKinds)('erasing a letter (%s)', (database) => {
	test('of an abandoned letter nothing is left but a tombstone and links without notes; another one is untouched', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		const other = await placeInReview(server, { seed: 'the other letter' });
		await review.schedule(await review.compose());
		await review.ask(0, 'PUT', '/api/desk/strikes', { key: 'A'.repeat(43), reason: null });
		const { db } = server.deps;
		const rowsOf = async () => {
			const all = await Promise.all(
				tables.map(async (table) => [table, await db.selectFrom(table).selectAll().execute()]),
			);
			return Object.fromEntries(all);
		};
		const before = await rowsOf();
		await db.transaction().execute(async (trx) => {
			await trx.updateTable('letters').set({ state: 'abandoned' }).where('id', '=', review.id).execute();
			await eraseProofs(trx, review.id);
			await eraseLetter(trx, review.id);
		});
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
			},
		]);
		expect(after.links).toContainEqual({ link: `link-of-${review.id}`, letter: review.id, note: '', revoked: false });
		for (const table of ['charters', 'organizers', 'signatures', 'issued'] as const) {
			const kept = before[table].filter((row: { letter: string }) => row.letter === other.id);
			expect(after[table]).toHaveLength(kept.length);
		}
	});
});
