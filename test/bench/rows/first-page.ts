/** What the first page of a letter costs the server that serves it, small or large, and what it costs at least. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Bench } from '../bench.ts';
import { interleaved, median, row } from '../figures.ts';
import { requestsPerSecond } from '../load.ts';
import type { Stage } from '../stage.ts';

const connections = 16;
const SMALL = 100;

export const firstPage: Bench = {
	name: 'first-page',
	async measure(stage) {
		const { many, times, requests } = stage.scale;
		const server = await stage.server();
		const urls = [];
		for (const count of [SMALL, many])
			urls.push(`${server.origin}/letters/${(await stage.released(count)).letter.slug}/`);
		const [small = '', large = ''] = urls;
		const bare = await Promise.all(urls.map((url) => bareServer(stage, url)));
		stage.tell(`${requests} requests for each page, in turn`);
		const spent: number[][] = [[], []];
		const load = (url: string) => requestsPerSecond({ url, requests, connections });
		const own = (url: string, at: 0 | 1) => async () => {
			const before = await server.processorTime();
			const found = await load(url);
			spent[at]?.push(((await server.processorTime()) - before) / requests);
			return found;
		};
		for (const url of [...urls, ...bare]) await load(url);
		const found = await interleaved(times, [own(small, 0), own(large, 1), ...bare.map((url) => () => load(url))]);
		return rowsOf(many, found, spent.map(median));
	},
};

function rowsOf(
	many: number,
	[small = 0, large = 0, bareSmall = 0, bareLarge = 0]: number[],
	[cost = 0, costLarge = 0]: number[],
) {
	const page = (count: number) => `page of a letter signed by ${count.toLocaleString('en-GB')}`;
	const bare = 'node:http with the same bytes';
	const alike = { of: 'ratio', least: 0.8, most: 1.2 } as const;
	return [
		row(page(SMALL), 'requests/s', { value: small, reference: bareSmall, against: bare }),
		row(page(many), 'requests/s', { value: large, reference: bareLarge, against: bare }),
		row(`${page(many)}, requests answered`, 'requests/s', {
			value: large,
			reference: small,
			against: `the ${page(SMALL)}`,
			promise: alike,
		}),
		row(`${page(many)}, processor time`, 'ms', {
			value: costLarge,
			reference: cost,
			against: `the ${page(SMALL)}`,
			promise: alike,
		}),
	];
}

/** A server of node:http alone with what is served here. @returns its address */
async function bareServer(stage: Stage, url: string): Promise<string> {
	const file = join(stage.folder, `${new URL(url).pathname.replaceAll('/', '-')}.br`);
	const [answer] = await once(get(url, { headers: { 'accept-encoding': 'br' } }), 'response');
	writeFileSync(file, await buffer(answer));
	const child = fork(new URL('../bare-server.ts', import.meta.url), [file], { execArgv: [] });
	stage.onClose(() => child.kill());
	const [port] = await once(child, 'message');
	return `http://127.0.0.1:${port}/`;
}
