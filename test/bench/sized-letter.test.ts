/** What benches and judges look at is a letter like any other: released over HTTP, and recounted. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recount } from '../../shared/recount.ts';
import { REVIEW } from '../server/release/in-review.ts';
import { databaseKinds } from '../support/databases.ts';
import { startServer } from '../support/server.ts';
import { RELEASED, sizedLetter } from '../support/sized/letter.ts';
import { placeSized } from '../support/sized/place.ts';

test('a letter of 100 holds, and is the same each time', async () => {
	const letter = await sizedLetter(100);
	const [file, jws] = [letter.file, letter.jws].map((path) => readFileSync(path, 'utf8'));
	const report = await recount(file ?? '', { jws: jws ?? '' });
	expect(report).toMatchObject({ ok: true, counted: { signatures: 100, withdrawn: 1 } });
	expect(report.releaseHash).toBe(letter.releaseHash);
	expect(letter.head.root).toBe((await sizedLetter(100)).head.root);
});

describe.each(databaseKinds)('a letter of 100 (%s)', (database) => {
	test('is approved and released by a server, to the very bytes of its file', async () => {
		const server = await startServer({ database, now: REVIEW });
		const letter = await sizedLetter(100);
		const placed = await placeSized({ ...server.deps, origin: server.origin, now: REVIEW }, letter);
		await placed.propose();
		await placed.approve();
		await server.due(RELEASED);
		const served = async (path: string) => (await server.fetch(`/letters/${letter.slug}/${path}`)).text();
		// Not toBe: the difference would fill many screens.
		expect((await served('release.json')) === readFileSync(letter.file, 'utf8')).toBe(true);
		expect(await served('release.json.jws')).toBe(readFileSync(letter.jws, 'utf8'));
	});
});
