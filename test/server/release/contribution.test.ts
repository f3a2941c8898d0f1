import { describe, expect, test } from 'vitest';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer } from '../../support/server.ts';
import { placeInReview, REVIEW } from './in-review.ts';

const bytesOf = (size: number): string =>
	b64u(Buffer.concat(Array.from({ length: size / 1_000 }, () => randomBytes(1_000))));

describe.each(databaseKinds)('contributions of a large letter (%s)', (database) => {
	test('come to each organizer as they were sealed, long and short; what is none is refused', async () => {
		const server = await startServer({ database, now: REVIEW });
		const review = await placeInReview(server);
		const ids = review.letter.organizers.map(({ id }) => id);
		const put = (by: number, sealed: unknown) =>
			review.ask(by, 'PUT', '/api/desk/contribution', { keysHash: 'A'.repeat(43), sealed });
		const given = [1_200_000, 300_000, 1_000].map((size, at) => ({ to: ids[at], sealed: bytesOf(size) }));
		const again = given.map(({ to }) => ({ to, sealed: bytesOf(2_000) }));
		expect(await put(0, given)).toMatchObject({ status: 204 });
		expect(await put(1, again)).toMatchObject({ status: 204 });
		for (const wrong of [
			[{ ...given[0], sealed: `${given[0]?.sealed}=` }, ...given.slice(1)],
			[{ ...given[0], sealed: { long: 7 } }, ...given.slice(1)],
			[{ ...given[0], more: given[0]?.sealed }, ...given.slice(1)],
		]) {
			expect(await put(0, wrong)).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
		}
		const tooLong = [{ ...given[0], sealed: 'A'.repeat(27_000_000) }, ...given.slice(1)];
		expect(await put(0, tooLong)).toMatchObject({ status: 413, body: { code: 'too-large' } });
		for (const [at] of ids.entries()) {
			const { body } = await review.ask(at, 'GET', '/api/desk/contributions');
			const expected = [given, again].map((one, by) => ({
				from: ids[by],
				keysHash: 'A'.repeat(43),
				sealed: one[at]?.sealed,
			}));
			expect(body).toEqual(expected.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1)));
		}
	});
});
