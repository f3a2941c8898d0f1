import { describe, expect, test } from 'vitest';
import { unsaidLines } from '../../../server/first-steps.ts';
import { databaseKinds } from '../../support/databases.ts';
import { startServer, type TestServer } from '../../support/server.ts';

async function read(server: TestServer, path: string): Promise<string> {
	const answer = await server.fetch(path, { headers: { accept: 'text/html', cookie: 'organizer=x' } });
	expect([path, answer.status]).toEqual([path, 200]);
	expect(answer.headers.get('set-cookie')).toBeNull();
	const page = await answer.text();
	expect(page).not.toMatch(/<[^>]* (style|on[a-z]+)=|<script|noindex/);
	expect(page).toContain('<meta name="description" content="');
	return page;
}

const list = (server: TestServer, slugs: string[], title = (slug: string) => `Title of ${slug}`) =>
	server.deps.db
		.insertInto('listings')
		.values(
			slugs.map((slug, n) => ({
				...{ letter: slug.padEnd(22, 'x'), slug, title: title(slug), addressees: 'the board', language: 'pl' },
				...{ signatures: 1_204 + n, released_at: new Date(Date.UTC(2027, 3, 1) + n * 86_400_000) },
			})),
		)
		.execute();

/** In the order in which the page has them. */
const listedOn = (page: string): string[] =>
	[...page.matchAll(/href="\/letters\/([a-z0-9-]+)\/"/g)].map(([, slug = '']) => slug);

describe.each(databaseKinds)('the front page (%s)', (database) => {
	test('says so where no letter is listed', async () => {
		const server = await startServer({ database, newLetters: 'invited' });
		const page = await read(server, '/');
		expect(page).toContain('No letter is listed here yet.');
		expect(page).toContain('letters are started by invitation');
		expect(await read(server, '/letters')).toContain('There is none yet.');
		for (const path of ['/safety', '/privacy', '/report']) expect(page).toContain(`href="${path}"`);
	});

	test('lists letters, newest first, and leads to all of them', async () => {
		const server = await startServer({ database });
		const slugs = Array.from({ length: 53 }, (_, n) => `letter-${n + 1}`);
		await list(server, slugs.slice(0, 2));
		const few = await read(server, '/');
		expect(few).toContain('Start a letter');
		expect(listedOn(few)).toEqual(['letter-2', 'letter-1']);
		expect(few).not.toContain('All released letters');
		expect(few).toContain('lang="pl" dir="auto"><a href="/letters/letter-1/">Title of letter-1</a>');
		expect(few).toContain('1,204</span> signatures');
		expect(few).toContain('<time datetime="2027-04-01T00:00:00.000Z">1 April 2027</time>');

		await server.deps.db.deleteFrom('listings').execute();
		await list(server, slugs);
		const newest = slugs.toReversed();
		const front = await read(server, '/');
		expect(listedOn(front)).toEqual(newest.slice(0, 10));
		expect(front).toContain('href="/letters"');
		const first = await read(server, '/letters');
		expect(listedOn(first)).toEqual(newest.slice(0, 50));
		expect(first).toContain('href="/letters?page=2"');
		const second = await read(server, '/letters?page=2');
		expect(listedOn(second)).toEqual(newest.slice(50));
		expect(second).toContain('href="/letters"');
		expect(second).not.toContain('Older letters');
		expect(await read(server, '/letters?page=9999')).toContain('There are no more.');
		for (const odd of ['0', '-1', 'x', '1e3', '99999', '%00']) {
			expect([odd, listedOn(await read(server, `/letters?page=${odd}`))]).toEqual([odd, newest.slice(0, 50)]);
		}
	});

	test('shows titles as text, whatever they are', async () => {
		const server = await startServer({ database });
		await list(server, ['hostile'], () => '<img src=x onerror=alert(1)>"');
		expect(await read(server, '/')).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;');
	});
});

test('who runs the host is said, or that they did not say', async () => {
	const said = await startServer({ host: { responsible: 'Letters <e.V.>, Berlin', contact: 'host@letters.example' } });
	const page = await read(said, '/privacy');
	expect(page).toContain('This host is run by <bdi>Letters &lt;e.V.&gt;, Berlin</bdi>.');
	expect(page).toContain('href="mailto:host@letters.example"');
	expect(await unsaidLines(said.deps)).toEqual([]);

	const unsaid = await startServer();
	const silent = await read(unsaid, '/privacy');
	expect(silent).toContain('Whoever runs this host has not said who they are.');
	expect(silent).toContain('They have given no address');
	expect((await unsaidLines(unsaid.deps)).map((line) => line.split(' ')[0])).toEqual(['RESPONSIBLE', 'CONTACT']);
	expect(await unsaidLines({ ...unsaid.deps, config: { ...unsaid.deps.config, mode: 'development' } })).toEqual([]);
});

test('the safety page says what a server could do that was changed to watch', async () => {
	const server = await startServer();
	const questioned = await read(server, '/questioned');
	expect(questioned).toContain('What no software can help with');
	for (const path of ['/s', '/safety']) expect(questioned).toContain(`href="${path}"`);
	expect(await read(server, '/safety')).toContain('href="/questioned"');
	const safety = await read(server, '/safety');
	expect(safety).toContain('What this server could do, if it were changed to watch');
	expect(safety).toContain('where nearly everybody who got a mail signed, list and numbers together can tell who did');
	expect(safety).toContain('where every voucher was used to sign, whoever handed them out can tell.');
	expect(safety).toContain('an odd number can be recognized');
});
