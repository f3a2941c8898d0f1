/** A released letter is taken along as a folder, its host disappears, and people read, search and recount it from any web server. web/ must be built. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { runDue } from '../../server/due.ts';
import { SettableClock } from '../../server/platform/clock.ts';
import { createLog } from '../../server/platform/log.ts';
import { serve } from '../../server/serve.ts';
import { MINUTE, placeInReview, REVIEW } from '../server/release/in-review.ts';
import { desktop, launch, phone } from '../support/browser.ts';
import { type DatabaseKind, databaseKinds } from '../support/databases.ts';
import { newEnvironment } from '../support/environment.ts';
import { runExport } from '../support/export-command.ts';
import { onDisk, serveFolder } from '../support/folder-server.ts';
import { recountFile } from '../support/recount-command.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser?.close());

/** More than stand on the first page. */
const signers = Array.from({ length: 126 }, (_, at) => ({
	name: `${['Amara', 'Bogdan', 'Çiğdem', 'Дарья', '佐藤'][at % 5]} ${'ABCDEFGHIJKLM'[at % 13]}ster-${at + 1}`,
	title: 'Engineer',
}));

/** A released letter on a host that can be stopped with its data left where they are. */
async function released(database: DatabaseKind) {
	const environment = await newEnvironment({ database });
	const clock = new SettableClock(REVIEW);
	const running = await serve(
		readConfig(environment.variables),
		createLog(() => {}),
		{ clock, runsDueByItself: false },
	);
	let stopped: Promise<void> | undefined;
	const stop = () => {
		stopped ??= running.stop();
		return stopped;
	};
	const folder = join(mkdtempSync(join(tmpdir(), 'undersigned-folder-')), 'letter');
	onTestFinished(async () => {
		await stop();
		await environment.remove();
		rmSync(dirname(folder), { recursive: true, force: true });
	});
	const review = await placeInReview({ origin: environment.origin, deps: running.deps }, { signers });
	await review.schedule(await review.compose());
	const due = async () => {
		await runDue(running.deps);
		await running.deps.jobs.idle();
	};
	clock.set(MINUTE);
	await due();
	return {
		...{ origin: environment.origin, folder, stop },
		take: (...more: string[]) => runExport(['a-letter', '--out', folder, ...more], environment.variables),
		withdraw: async () => {
			await review.withdraw(0);
			await due();
		},
	};
}

const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');
const pathsOf = (folder: string): string[] =>
	(JSON.parse(read(folder, 'files.json')) as { files: { path: string }[] }).files.map(({ path }) => path);

describe.each(databaseKinds)('taking a letter along (%s)', (database) => {
	test('works beside the running server, from outside, and once it is stopped; a name that goes later goes from the copy', async () => {
		const { origin, folder, take, withdraw, stop } = await released(database);
		expect((await take()).said).toMatch(/^Wrote \d+ files/);
		expect(pathsOf(folder)).toEqual(expect.arrayContaining(['index.html', 'all.html', 'release.json', 'recount.html']));
		const holding = (text: string) => pathsOf(folder).filter((path) => read(folder, path).includes(text));
		expect(holding('Amara Aster-1<')).not.toEqual([]);
		await recountFile(join(folder, 'release.json'), 400);

		await withdraw();
		expect((await take()).said).toContain('is not empty');
		expect((await take('--force', '--from', origin)).status).toBe(0);
		for (const end of ['<', '"', '\t', ',']) expect(holding(`Amara Aster-1${end}`)).toEqual([]);
		await recountFile(join(folder, 'release.json'), 400);
		const fromOutside = pathsOf(folder).map((path) => [path, read(folder, path)]);

		await stop();
		expect((await take('--force', '--from', origin)).said).toContain(`No answer came from ${origin}`);
		expect((await take('--force')).said).toMatch(/^Wrote \d+ files/);
		expect(pathsOf(folder).map((path) => [path, read(folder, path)])).toEqual(fromOutside);
	});
});

/** What pages load or lead to inside of the folder, as they say it. */
function links(page: string): string[] {
	const said = [...page.matchAll(/\s(?:href|src|action|srcset|poster|data|release|jws|updates)="([^"]*)"/g)].map(
		([, to = '']) => to,
	);
	return said.filter((to) => !/^(https?:|mailto:|data:|#)/.test(to));
}

/** Pages lie in the folder itself; the folder is its index. */
const targetOf = (line: string): string =>
	posix.normalize((line.split(' → ')[1] ?? '').replace(/[?#].*$/, '')).replace(/^\.\/?$/, 'index.html');

test('a letter whose host is gone is read, searched and recounted from any web server', async () => {
	const { folder, take, stop } = await released('pglite');
	await take();
	await stop();

	// Nothing in it leads out of the folder, or to what is not there; updates.json is asked for and may be missing.
	const paths = [...pathsOf(folder), 'files.json', 'updates.json'];
	const astray = pathsOf(folder)
		.filter((path) => path.endsWith('.html'))
		.flatMap((path) => links(read(folder, path)).map((link) => `${path} → ${link}`))
		.filter((line) => !paths.includes(targetOf(line)));
	expect([...new Set(astray.map(targetOf))]).toEqual([]);

	const { address } = await serveFolder((path) =>
		path.startsWith('any/where/') ? onDisk(folder)(path.slice(10)) : undefined,
	);
	const visit = async (options: Parameters<Browser['newContext']>[0]): Promise<{ page: Page; asked: string[] }> => {
		const context = await browser.newContext(options);
		const asked: string[] = [];
		context.on('request', (request) => asked.push(request.url()));
		onTestFinished(() => context.close());
		const page = await context.newPage();
		await page.goto(`${address}/any/where/`);
		return { page, asked };
	};

	const { page, asked } = await visit({ viewport: desktop });
	await page.getByRole('heading', { level: 1 }).first().waitFor();
	await page.getByRole('searchbox').fill('aster-14');
	const found = page.getByRole('list', { name: 'Found' }).getByRole('link', { name: /Дарья|佐藤|Aster-14/ });
	await found.first().click();
	await page.waitForURL(/\/any\/where\/names-[\w-]+\.html#n\d+$/);
	await page.goto(`${address}/any/where/recount.html`);
	await page.getByRole('button', { name: 'Recount this letter' }).click();
	await page.locator('[data-outcome]').waitFor({ timeout: 60_000 });
	expect(await page.locator('[data-outcome]').getAttribute('data-outcome')).toBe('holds');

	const reader = await visit({ viewport: phone, javaScriptEnabled: false });
	for (const path of pathsOf(folder).filter((one) => one.endsWith('.html'))) {
		const answer = await reader.page.goto(`${address}/any/where/${path}`);
		const fits = await reader.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
		expect([path, answer?.status(), fits]).toEqual([path, 200, true]);
	}
	await reader.page.goto(`${address}/any/where/all.html`);
	expect(await reader.page.getByText('Çiğdem Cster-3', { exact: true }).count()).toBeGreaterThan(0);

	const elsewhere = [...asked, ...reader.asked].filter(
		(url) => !url.startsWith(`${address}/any/where/`) && !url.startsWith('data:'),
	);
	expect(elsewhere).toEqual([]);
});
