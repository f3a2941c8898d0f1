import { describe, expect, test } from 'vitest';
import { id } from '../../../server/platform/random.ts';
import { randomBytes } from '../../../shared/bytes.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { recount } from '../../../shared/recount.ts';
import { databaseKinds } from '../../support/databases.ts';
import { MINUTE } from '../release/in-review.ts';
import { LATER, underEmbargo } from './under-embargo.ts';

const NAME = 'Amara Okafor';
const signers = [
	{ name: NAME, title: 'Principal engineer' },
	{ name: 'Grace <b>Hopper</b>', title: 'Admiral' },
	{ name: 'Ruth Weissman', title: 'Attorney' },
];

describe.each(databaseKinds)('a journalist under embargo (%s)', (database) => {
	test('reads nothing before the approval, then exactly the approved release, and the public page from its minute on', async () => {
		const { server, review, link, open, settled } = await underEmbargo(database, { signers });
		const post = await link('The Northern <i>Post</i>');
		const before = await open(post);
		expect(before.status).toBe(200);
		expect(before.text).toContain('Nothing is approved yet');
		expect(before.text).not.toMatch(/Okafor|quiet nights|Northern/);
		expect((await open(post, 'release.json')).text).toContain('Nothing is approved yet');

		const composed = await review.compose();
		await review.propose(0, composed);
		await review.approve(0, composed);
		expect((await open(post)).text).toContain('Nothing is approved yet');
		await review.approve(1, composed, true);
		await settled();
		const page = await open(post);
		expect(page.status).toBe(200);
		expect(page.text).toContain(NAME);
		expect(page.text).toContain('Grace &lt;b&gt;Hopper&lt;/b&gt;');
		expect(page.text).toContain(
			'Prepared for <b><bdi>The Northern &lt;i&gt;Post&lt;/i&gt;</bdi></b>. Embargo until <time datetime="2027-03-01T09:00:00Z">1 March 2027',
		);
		expect(page.text).not.toMatch(/rel="canonical"|og:title|prepared-for-->/);
		expect(page.text).toContain('content="noindex');
		const file = await open(post, 'release.json');
		const jws = await open(post, 'release.json.jws');
		expect(await recount(file.text, { jws: jws.text })).toMatchObject({ ok: true, counted: { signatures: 3 } });
		expect((await open(post, 'no-such-file.html')).status).toBe(404);
		expect((await open(post, '../../api/desk')).status).not.toBe(200);
		expect((await server.fetch('/letters/a-letter/')).status).toBe(404);

		await server.due(MINUTE);
		const after = await server.fetch(post);
		expect([after.status, after.headers.get('location')]).toEqual([302, '/letters/a-letter/']);
		expect((await server.fetch('/letters/a-letter/')).status).toBe(200);
		expect(await server.deps.db.selectFrom('staged').selectAll().execute()).toEqual([]);
		// For whom there were links is nobody's business any more, wherever it is kept.
		const kept = await server.deps.db.selectFrom('embargo_links').select(['outlet', 'created_by']).execute();
		expect(kept).toEqual([{ outlet: '', created_by: '' }]);
		expect(await (await server.fetch('/letters/a-letter/')).text()).not.toContain('Northern');
	});

	test('every page of the folder says for whom it is, and every answer is private', async () => {
		const { review, link, open, settled } = await underEmbargo(database, { signers });
		const post = await link();
		await review.schedule(await review.compose());
		await settled();
		const { files } = JSON.parse((await open(post, 'files.json')).text) as { files: { path: string; type: string }[] };
		expect(files.length).toBeGreaterThan(5);
		for (const { path, type } of files) {
			const { status, text, headers } = await open(post, path);
			expect([path, status]).toEqual([path, 200]);
			expect(headers.get('content-type')).toBe(type);
			if (type.startsWith('text/html')) expect([path, text.split('Prepared for <b>').length]).toEqual([path, 2]);
			expect(headers.get('cache-control')).toBe('no-store');
			expect(headers.get('x-robots-tag')).toContain('noindex');
			expect(headers.get('referrer-policy')).toBe('no-referrer');
			expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
			expect(headers.get('access-control-allow-origin')).toBeNull();
			expect(headers.get('set-cookie')).toBeNull();
		}
		for (const coding of ['br', 'gzip']) {
			const packed = await open(post, '', { 'accept-encoding': coding });
			expect([packed.headers.get('content-encoding'), packed.text.includes(NAME)]).toEqual([coding, true]);
		}
	});

	test('a signer who withdraws meanwhile is gone with the next preparation, from every file', async () => {
		const { server, review, link, open, settled } = await underEmbargo(database, { signers });
		const post = await link();
		await review.schedule(await review.compose());
		await settled();
		expect((await open(post)).text).toContain(NAME);
		await review.withdraw(0);
		await server.due();
		const { files } = JSON.parse((await open(post, 'files.json')).text) as { files: { path: string }[] };
		for (const { path } of files)
			expect([path, (await open(post, path)).text.includes('Okafor')]).toEqual([path, false]);
		const file = await open(post, 'release.json');
		expect(await recount(file.text)).toMatchObject({ fault: null, counted: { signatures: 3, withdrawn: 1 } });
		await server.due(MINUTE);
		expect(await (await server.fetch('/letters/a-letter/')).text()).not.toContain('Okafor');
	});

	test('after a stop the same link shows nothing, and the next release only once it is approved', async () => {
		const { server, review, link, open, settled } = await underEmbargo(database, { signers });
		const post = await link();
		const first = await review.compose();
		await review.schedule(first);
		await settled();
		await review.stop(2, first);
		expect((await open(post)).text).toContain('Nothing is approved yet');
		expect(await server.deps.db.selectFrom('staged').selectAll().execute()).toEqual([]);
		const second = await review.compose({ strikes: [] });
		await review.propose(1, second);
		await review.approve(1, second, true);
		expect((await open(post)).text).toContain('Nothing is approved yet');
		await review.approve(2, second, true);
		await settled();
		const shown = await open(post, 'release.json');
		expect(JSON.stringify(shown.text)).toContain(second.release.terms.attempt);
		expect(shown.text).not.toContain(first.release.terms.attempt);
	});

	test('a link that is made late is prepared then; what a server that died has left, within a minute', async () => {
		const { server, review, link, open, settled } = await underEmbargo(database);
		const { db } = server.deps;
		await review.schedule(await review.compose());
		await settled();
		expect(await db.selectFrom('staged').selectAll().execute()).toEqual([]);
		const post = await link();
		await settled();
		expect((await open(post)).text).toContain('Prepared for');

		await db.updateTable('letters').set({ staged: -1 }).execute();
		await db.deleteFrom('staged').execute();
		const early = await open(post);
		expect([early.status, early.headers.get('retry-after')]).toEqual([503, '60']);
		expect(early.text).toContain('Reload this page in a minute');
		await server.due();
		expect((await open(post)).text).toContain('Prepared for');
	});

	test('a revoked link and one that expired say so; the last one takes what was prepared with it', async () => {
		const { server, review, link, links, open, settled } = await underEmbargo(database);
		const [post, radio] = [await link('Post', 0), await link('Radio', 1, '2027-02-20T00:00:00Z')];
		await review.schedule(await review.compose());
		await settled();
		const listed = await links();
		expect(listed.map(({ outlet, revoked, expiresAt }) => [outlet, revoked, expiresAt])).toEqual([
			['Post', false, LATER],
			['Radio', false, '2027-02-20T00:00:00Z'],
		]);
		expect(listed.map(({ createdBy }) => createdBy)).toEqual([0, 1].map((at) => review.letter.organizers[at]?.id));
		// Any organizer may revoke any link; another letter's organizers none.
		const path = `/api/desk/embargo-links/${listed[0]?.id}`;
		expect((await review.ask(2, 'DELETE', path)).status).toBe(204);
		expect((await review.ask(2, 'DELETE', `/api/desk/embargo-links/${'A'.repeat(22)}`)).status).toBe(404);
		const revoked = await open(post);
		expect([revoked.status, revoked.text.includes('This link has ended')]).toEqual([410, true]);
		expect((await open(radio)).status).toBe(200);
		await server.due(new Date('2027-02-20T00:00:00Z'));
		expect((await open(radio)).status).toBe(410);
		expect(await server.deps.db.selectFrom('staged').selectAll().execute()).toEqual([]);
		await review.logIn();
		const again = await link('Radio', 1);
		await settled();
		expect((await open(again)).text).toContain('Prepared for <b><bdi>Radio');
	});

	test('links are made while in review or scheduled, by organizers, for one line and a time to come', async () => {
		const { server, review, link, links, open } = await underEmbargo(database);
		const make = (body: object, by = 0) => review.ask(by, 'POST', '/api/desk/embargo-links', body);
		expect((await make({ outlet: 'A\u202eB', expiresAt: LATER })).status).toBe(400);
		expect((await make({ outlet: ' ', expiresAt: LATER })).status).toBe(400);
		expect(await make({ outlet: 'Post', expiresAt: '2027-02-10T10:00:00Z' })).toMatchObject({
			status: 400,
			body: { field: 'expiresAt' },
		});
		const stranger = await server.send('/api/desk/embargo-links', { outlet: 'Post', expiresAt: LATER });
		expect(stranger.status).toBe(401);
		expect(await links()).toEqual([]);
		// What is told once is 256 bits, and kept as a hash.
		const secret = (await link()).split('/')[2] ?? '';
		expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
		const { hash } = await server.deps.db.selectFrom('embargo_links').select('hash').executeTakeFirstOrThrow();
		expect(Buffer.from(hash).toString('base64url')).not.toBe(secret);
		for (const wrong of [
			`${secret.slice(0, -1)}${secret.endsWith('A') ? 'E' : 'A'}`,
			secret.slice(1),
			`${secret}%00`,
			'x',
		])
			for (const end of ['', '/'])
				expect((await open(`/e/${wrong}${end}`)).status).toBe(wrong.length === 43 && end === '' ? 308 : 404);
		const short = await server.fetch(`/e/${secret}`);
		expect([short.status, short.headers.get('location')]).toEqual([308, `/e/${secret}/`]);
		await review.schedule(await review.compose());
		await server.due(MINUTE);
		await review.logIn();
		expect((await make({ outlet: 'Post', expiresAt: LATER })).body).toMatchObject({ code: 'wrong-state' });
		expect(await links()).toEqual([]);
	});

	test('one organizer alone does not use up the links of all', async () => {
		const { server, review, link } = await underEmbargo(database);
		await link('The Northern Post', 0);
		const [made] = await server.deps.db.selectFrom('embargo_links').selectAll().execute();
		if (made === undefined) throw new Error('There is a link.');
		const more = Array.from({ length: LIMITS.embargoLinks - 1 }, () => ({ ...made, id: id(), hash: randomBytes(32) }));
		await server.deps.db.insertInto('embargo_links').values(more).execute();
		const make = (by: number) =>
			review.ask(by, 'POST', '/api/desk/embargo-links', { outlet: 'Radio', expiresAt: LATER });
		expect((await make(0)).body).toMatchObject({
			code: 'too-many-requests',
			detail: expect.stringContaining('Ask another organizer'),
		});
		expect((await make(1)).status).toBe(200);
	});
});
