import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { getLetter } from '../../../server/letter/letter-store.ts';
import { readReviewDesk } from '../../../server/release/desk-part.ts';
import { sealedPageQuery } from '../../../server/release/opening-store.ts';
import { inOrderOfKeys } from '../../../server/release/signature-store.ts';
import type { SealedSignature } from '../../../shared/api/desk.ts';
import { openContribution, sealContribution } from '../../../shared/contribution.ts';
import { openSealed, openShare } from '../../../shared/sealed-name.ts';
import { readStatement } from '../../../shared/statement.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { placeInReview, REVIEW, type Review } from './in-review.ts';

async function fetchSealed(review: Review, by: number): Promise<{ key: string; sealed: string }[]> {
	const { body } = await review.ask(by, 'GET', '/api/desk/signatures');
	return (body.signatures as SealedSignature[]).map(({ statement, sealed }) => ({
		key: readStatement(statement).key,
		sealed,
	}));
}

/** As an organizer's browser does it: every share that is its own, sealed to everybody. */
async function contribute(review: Review, by: number) {
	const { root, charter, organizers } = review.letter;
	const from = organizers[by];
	if (from === undefined) throw new Error(`There is no organizer ${by}.`);
	const list = await Promise.all(
		(await fetchSealed(review, by)).map(async ({ key, sealed }) => ({
			key,
			share: await openShare(sealed, root, key, from.id, from.secrets.sealing),
		})),
	);
	const sealed = await Promise.all(
		charter.organizers.map(async (to) => ({
			to: to.id,
			...(await sealContribution({ root, from: from.id, to: to.id }, to.sealing, list)),
		})),
	);
	const body = { keysHash: sealed[0]?.keysHash, sealed: sealed.map((one) => ({ to: one.to, sealed: one.sealed })) };
	return review.ask(by, 'PUT', '/api/desk/contribution', body);
}

const reviewDesk = async ({ deps, clock }: TestServer, { id }: Review) =>
	readReviewDesk(deps.db, await getLetter(deps.db, id), clock.now());

describe.each(databaseKinds)('opening the names (%s)', (database) => {
	const begin = async (now = REVIEW) => {
		const server = await startServer({ database, now });
		return { server, review: await placeInReview(server) };
	};

	test('before last call is over nobody gets a sealed name, contributes or strikes', async () => {
		const { review } = await begin(new Date('2027-02-03T11:59:59Z'));
		const key = 'A'.repeat(43);
		const refused = { status: 409, body: { code: 'last-call-running' } };
		expect(await review.ask(0, 'GET', '/api/desk/signatures')).toMatchObject(refused);
		expect(await review.ask(0, 'PUT', '/api/desk/contribution', { keysHash: key, sealed: [] })).toMatchObject(refused);
		expect(await review.ask(0, 'PUT', '/api/desk/strikes', { key, reason: 'twice' })).toMatchObject(refused);
		expect(await review.propose(0, await review.compose())).toMatchObject(refused);
	});

	test('a page of sealed names is found at its place: nobody sorts a whole letter for each', async () => {
		const { server, review } = await begin();
		const plan = await server.deps.db.transaction().execute(async (trx) => {
			await inOrderOfKeys(trx);
			return sealedPageQuery(trx, review.id, 'A'.repeat(43), 2).explain('text');
		});
		const told = plan.map((line) => Object.values(line).join()).join('\n');
		expect(told).toMatch(/Limit.*\n.*Index Scan using signatures_pkey.*\n.*Index Cond: .*key\)?(::text)? > /);
		expect(told).not.toContain('Sort');
		// The order of bytes, in which no update of an operating system moves a key from one page to another.
		const column = await sql<{ order: string }>`select collation_name as order from information_schema.columns
			where table_name = 'signatures' and column_name = 'key'`.execute(server.deps.db);
		expect(column.rows).toEqual([{ order: 'C' }]);
	});

	test('until then nobody on the desk sees how many take their names off, or whose keys, or exactly how many proved', async () => {
		const { server, review } = await begin(new Date('2027-02-03T11:59:59Z'));
		await review.withdraw(3);
		expect(await reviewDesk(server, review)).toMatchObject({ counts: null, withdrawn: [] });
		const issued = async () => (await review.ask(1, 'GET', '/api/desk')).body.issued;
		expect(await issued()).toEqual([]);
		server.clock.set(new Date('2027-02-03T12:00:00Z'));
		expect(await reviewDesk(server, review)).toMatchObject({ counts: { withdrawnInLastCall: 1 }, withdrawn: [{}] });
		const proved = review.letter.facts.issuedCounts.map(({ group, mailbox }) => ({ group, mailbox }));
		expect(await issued()).toMatchObject(proved.toSorted((a, b) => (a.group < b.group ? -1 : 1)));
	});

	test('two of three contribute; the third opens every name with what they sealed to it', async () => {
		const { server, review } = await begin();
		await review.withdraw(3);
		expect(await contribute(review, 0)).toMatchObject({ status: 204 });
		expect(await contribute(review, 0)).toMatchObject({ status: 204 });
		expect(await contribute(review, 1)).toMatchObject({ status: 204 });
		const { root, charter, organizers } = review.letter;
		const third = organizers[2];
		const { body } = await review.ask(2, 'GET', '/api/desk/contributions');
		const given = body as unknown as { from: string; keysHash: string; sealed: string }[];
		expect(given.map((one) => one.from).toSorted()).toEqual(
			organizers
				.slice(0, 2)
				.map(({ id }) => id)
				.toSorted(),
		);
		const shares = await Promise.all(
			given.map(async ({ from, keysHash, sealed }) => ({
				from,
				byKey: await openContribution({ root, from, to: third?.id ?? '' }, third!.secrets.sealing, keysHash, sealed),
			})),
		);
		const names = await Promise.all(
			(await fetchSealed(review, 2)).map(async ({ key, sealed }) => {
				const mine = shares.flatMap(({ from, byKey }) => {
					const share = byKey.get(key);
					return share ? [{ organizer: from, share }] : [];
				});
				return (await openSealed(sealed, root, key, mine, charter.threshold)).display?.name;
			}),
		);
		const signed = review.letter.signers.filter((_, at) => at !== 3).map(({ opened }) => opened.contents.display?.name);
		expect(names.toSorted()).toEqual(signed.toSorted());
		const desk = await reviewDesk(server, review);
		expect(desk).toMatchObject({
			counts: { live: 11, withdrawnInLastCall: 1 },
			contributed: { length: 2 },
			withdrawn: { length: 1 },
		});
	});

	test('signatures come in pages, in the order of their keys, live ones only', async () => {
		const { review } = await begin();
		const { key: gone } = await review.withdraw(0);
		const keys = (await fetchSealed(review, 0)).map(({ key }) => key);
		const all = review.letter.signers.map((one) => one.keys.publicKey).filter((key) => key !== gone);
		expect(keys).toEqual(all.toSorted((a, b) => (a < b ? -1 : 1)));
		const { body } = await review.ask(0, 'GET', `/api/desk/signatures?after=${keys[4]}`);
		const rest = (body.signatures as SealedSignature[]).map(({ statement }) => readStatement(statement).key);
		expect(rest).toEqual(keys.slice(5));
		expect(body.next).toBeNull();
	});

	test('a contribution goes to every organizer, each once', async () => {
		const { review } = await begin();
		const [a, b] = review.letter.organizers.map(({ id }) => ({ to: id, sealed: 'AAAA' }));
		const keysHash = 'A'.repeat(43);
		for (const sealed of [[], [a, b], [a, b, b], [a, b, { to: 'A'.repeat(22), sealed: 'AAAA' }]]) {
			const answer = await review.ask(0, 'PUT', '/api/desk/contribution', { keysHash, sealed });
			expect(answer).toMatchObject({ status: 400, body: { code: 'wrong-recipients' } });
		}
	});

	test('a strike is proposed by one, changed by another, put back by a third', async () => {
		const { server, review } = await begin();
		const key = review.letter.signers[2]?.keys.publicKey ?? '';
		const strikes = async () => (await reviewDesk(server, review)).strikes;
		const propose = async (by: number, reason: string | null) =>
			expect(await review.ask(by, 'PUT', '/api/desk/strikes', { key, reason })).toMatchObject({ status: 204 });
		await propose(0, 'twice');
		await propose(1, 'asked');
		expect(await strikes()).toEqual([{ key, reason: 'asked', organizer: review.letter.organizers[1]?.id }]);
		await propose(2, null);
		expect(await strikes()).toEqual([]);
		const unknown = await review.ask(0, 'PUT', '/api/desk/strikes', { key: 'A'.repeat(43), reason: 'twice' });
		expect(unknown).toMatchObject({ status: 404, body: { code: 'signature-not-found' } });
	});
});
