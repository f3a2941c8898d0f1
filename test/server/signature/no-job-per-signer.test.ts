import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databaseKinds } from '../../support/databases.ts';
import type { TestServer } from '../../support/server.ts';
import { underEmbargo } from '../press/under-embargo.ts';

/** A job's row says to the microsecond when it was asked for: beside a log of the network that is who asked. */
const jobs = async ({ deps: { db } }: TestServer, before: readonly string[] = []): Promise<string[]> => {
	const { rows } = await sql<{ job: string }>`select name || id as job from pgboss.job order by id`.execute(db);
	return rows.map(({ job }) => job).filter((job) => !before.includes(job));
};

const behind = async ({ deps: { db } }: TestServer): Promise<number> => {
	const { revision, staged } = await db.selectFrom('letters').select(['revision', 'staged']).executeTakeFirstOrThrow();
	return revision - staged;
};

describe.each(databaseKinds)('what a withdrawal leaves among the jobs (%s)', { timeout: 480_000 }, (database) => {
	test('nothing of its moment before the release: the next minute finds what is to do', async () => {
		const { server, review, link } = await underEmbargo(database);
		await link();
		await review.schedule(await review.compose());
		await server.due();
		const scheduled = await jobs(server);
		await review.withdraw(0);
		expect(await jobs(server, scheduled)).toEqual([]);
		expect(await behind(server)).toBe(1);
		await server.due();
		expect(await behind(server)).toBe(0);
	});

	test('nor does the next minute leave anything where no link shows the release', async () => {
		const { server, review } = await underEmbargo(database);
		await review.schedule(await review.compose());
		await server.due();
		const scheduled = await jobs(server);
		await review.withdraw(0);
		await server.due();
		expect(await jobs(server, scheduled)).toEqual([]);
	});
});
