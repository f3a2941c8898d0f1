import { beforeAll, expect, test } from 'vitest';
import { type OpenLetter, openLetter } from '../../support/open-letter.ts';
import { startServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let letter: OpenLetter;
let path: string;

beforeAll(async () => {
	server = await startServer();
	letter = await openLetter(server);
	path = `/l/${(await (await letter.signer()).record()).link}`;
	return server.stop;
});

async function read(path: string): Promise<{ status: number; page: string; title: string }> {
	const answer = await server.fetch(path, { headers: { accept: 'text/html' } });
	const page = await answer.text();
	// Nobody's index, nobody's history, and nobody is followed.
	expect(answer.headers.get('x-robots-tag')).toContain('noindex');
	expect(answer.headers.get('set-cookie')).toBeNull();
	expect(answer.headers.get('cache-control')).toBe('no-store');
	expect(page).not.toMatch(/<[^>]* (style|on[a-z]+)=|<script>/);
	return { status: answer.status, page, title: /<title>(.*)<\/title>/.exec(page)?.[1] ?? '' };
}

const become = (state: 'open' | 'review' | 'scheduled' | 'released' | 'abandoned', slug: string | null = null) =>
	server.deps.db
		.updateTable('letters')
		.set({
			state,
			slug,
			release_at: new Date('2027-05-01T09:00:00Z'),
			last_call_until: new Date('2027-04-03T12:00:00Z'),
		})
		.where('id', '=', letter.id)
		.execute();

test('the entries are there for anybody', async () => {
	for (const [path, text] of [
		['/v', 'mail-link'],
		['/s', 'find-signature'],
	] as const) {
		const { status, page } = await read(path);
		expect(status).toBe(200);
		expect(page).toContain(text);
	}
});

test('an invite link shows the letter and what to know before signing, under a title that says nothing', async () => {
	const { status, page, title } = await read(path);
	expect(status).toBe(200);
	expect(title).toBe('A letter');
	for (const text of [
		'We ask for quiet nights',
		'Nobody should be called between ten and six.',
		'Fewer than 10 signatures so far, sealed.',
		'only when 2 of the 3 organizers open them together',
		'Use your own phone and network',
		'Ask Ada.',
		'Organizer 1',
		'1 April 2027',
		'2 days',
	]) {
		expect(page).toContain(text);
	}
});

test('what organizers wrote is text, whatever it is', async () => {
	const other = await openLetter(server, { advice: '<img src=x onerror=alert(1)>' });
	const link = (await (await other.signer()).record()).link;
	const { page } = await read(`/l/${link}`);
	expect(page).toContain('&lt;img src=x onerror');
	expect(page).not.toContain('<img');
});

test('the same link later tells where the letter stands', async () => {
	await become('review');
	expect((await read(path)).page).toContain('Signing is over.');
	await become('scheduled');
	expect((await read(path)).page).toContain('1 May 2027');
	await become('released', 'quiet-nights');
	expect((await read(path)).page).toContain('href="/letters/quiet-nights/"');
	await become('abandoned');
	const abandoned = await read(path);
	expect(abandoned.status).toBe(410);
	expect(abandoned.page).toContain('This letter was given up');
	expect(abandoned.page).not.toContain('quiet nights');
	await become('open');
});

test('a revoked link and one that never was look the same', async () => {
	const never = await read(`/l/${'A'.repeat(22)}`);
	const malformed = await read('/l/..%2f..');
	await server.deps.db.updateTable('links').set({ revoked: true }).where('letter', '=', letter.id).execute();
	const revoked = await read(path);
	expect(never.status).toBe(404);
	expect(revoked).toEqual(never);
	expect(malformed).toEqual(never);
});
