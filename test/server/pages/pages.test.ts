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

test('a signer’s page is in the language that the browser asks for; the desk is in English, and says so', async () => {
	const frame = async (path: string) => {
		const answer = await server.fetch(path, { headers: { 'accept-language': 'ar-XB, en;q=0.5' } });
		return /<html[^>]*>/.exec(await answer.text())?.[0];
	};
	expect(await frame('/s')).toBe('<html lang="ar-XB" dir="rtl">');
	expect(await frame('/desk')).toBe('<html lang="en" dir="ltr">');
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
		'Are this device and this network your own?',
		'You can ask: <bdi>Ask Ada.</bdi>',
		'Do you know the organizers, <bdi>Organizer 1</bdi>, <bdi>Organizer 2</bdi> and <bdi>Organizer 3</bdi>?',
		'You need your work mail, or a voucher.',
		'where nearly everybody who got a mail signed, the two together can tell.',
		'where every voucher was used to sign, whoever handed them out can tell.',
		'1 April 2027',
		'2 days',
	]) {
		expect(page).toContain(text);
	}
});

test('what organizers wrote is text, whatever it is', async () => {
	const other = await openLetter(server, { advice: '<img src=x onerror=alert(1)>' });
	const link = (await (await other.signer()).record()).link;
	for (const path of [`/l/${link}`, `/l/${link}/safety`]) {
		const { page } = await read(path);
		expect(page).toContain('&lt;img src=x onerror');
		expect(page).not.toContain('<img');
	}
});

/** The letter’s page, and what stands behind its “What this protects”. */
async function bothPages(change: Parameters<typeof openLetter>[1]): Promise<{ before: string; behind: string }> {
	const other = await openLetter(server, change);
	const link = (await (await other.signer()).record()).link;
	const before = await read(`/l/${link}`);
	expect(before.page).toContain(`href="/l/${link}/safety"`);
	const behind = await read(`/l/${link}/safety`);
	expect(behind).toMatchObject({ status: 200, title: 'What this protects' });
	// Nothing leads back with a fingerprint that this server names.
	expect(behind.page).not.toContain(other.root);
	return { before: before.page, behind: behind.page };
}

test('what is said before signing fits the letter: vouchers, codes alone, small groups, nobody to ask', async () => {
	const vouchers = await bothPages({ groups: [letter.contractors], headcounts: [], advice: '' });
	for (const page of [vouchers.before, vouchers.behind]) expect(page).not.toMatch(/mailbox|mail log|work mail/);
	for (const page of [vouchers.before, vouchers.behind])
		expect(page).toContain('where every voucher was used to sign, whoever handed them out can tell.');
	expect(vouchers.before).toContain('You need a voucher');
	expect(vouchers.before).toContain('The organizers name nobody to ask');
	expect(vouchers.behind).toContain('links your voucher with your signature');
	expect(vouchers.behind).toContain('A voucher brings no address.');

	const headcounts = [{ group: letter.staff.id, count: 12, source: 'intranet' }];
	const codes = await bothPages({ groups: [letter.staff], headcounts, codeOnly: true, smallestCell: 5 });
	for (const page of [codes.before, codes.behind]) expect(page).not.toMatch(/voucher/i);
	expect(codes.before).toContain('You need your work mail. ');
	expect(codes.before).toContain('Few can sign from <bdi>Northwind</bdi>');
	expect(codes.behind).toContain('A small group of this letter:</b> <bdi>Northwind</bdi>');
	expect(codes.behind).toContain('The mail holds a code and no link');
	expect(codes.behind).toContain('Of this letter’s 3 it takes 2.');
});

test('the same link later tells where the letter stands', async () => {
	await become('review');
	expect((await read(path)).page).toContain('Signing is over.');
	await become('scheduled');
	expect((await read(path)).page).toContain('1 May 2027');
	expect((await read(`${path}/safety`)).status).toBe(200);
	await become('released', 'quiet-nights');
	expect((await server.fetch(`${path}/safety`, { redirect: 'manual' })).headers.get('location')).toBe('/safety');
	expect((await read(path)).page).toContain('href="/letters/quiet-nights/"');
	await become('abandoned');
	const abandoned = await read(path);
	expect(abandoned.status).toBe(410);
	expect(abandoned.page).toContain('This letter was given up');
	expect(abandoned.page).not.toContain('quiet nights');
	await become('open');
});

test('a letter that was restored from a copy says so to those who signed: what came after the copy is lost, withdrawals too', async () => {
	for (const [state, restored, said] of [
		['open', 'with-keys', 'This letter was restored from a copy'],
		['review', 'without-keys', 'Signing ended early.'],
	] as const) {
		await become(state);
		expect((await read(path)).page).not.toContain(said);
		await server.deps.db.updateTable('letters').set({ restored }).where('id', '=', letter.id).execute();
		const { page } = await read(path);
		expect(page).toContain(said);
		expect(page).toContain('If you signed, or took your name off, look at what stands here now.');
		await server.deps.db.updateTable('letters').set({ restored: null }).where('id', '=', letter.id).execute();
	}
});

test('a revoked link and one that never was look the same', async () => {
	const never = await read(`/l/${'A'.repeat(22)}`);
	const malformed = await read('/l/..%2f..');
	await server.deps.db.updateTable('links').set({ revoked: true }).where('letter', '=', letter.id).execute();
	const revoked = await read(path);
	expect(never.status).toBe(404);
	expect(revoked).toEqual(never);
	expect(await read(`${path}/safety`)).toEqual(never);
	expect(malformed).toEqual(never);
});
