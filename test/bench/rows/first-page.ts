/** What the first page of a letter costs the server that serves it, small or large, few or many asking at once, and what it costs at least. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { runExport } from '../../support/export-command.ts';
import type { Bench } from '../bench.ts';
import { median, type Row, row } from '../figures.ts';
import { type Answered, type Asked, type Connections, connections, summedUp } from '../load.ts';
import { startNginx } from '../nginx.ts';
import type { Stage } from '../stage.ts';

const CONNECTIONS = [1, 16, 64];
const SMALL = 100;
const MIDDLE = 4_000;

/** One after the other falls on the same moments of a busy machine only where each turn is short. */
const TURNS = 10;

export const firstPage: Bench = {
	name: 'first-page',
	async measure(stage) {
		const { many, usual } = stage.scale;
		const rows: Row[] = [];
		const spent: number[] = [];
		for (const count of [SMALL, Math.min(MIDDLE, usual), many]) {
			const { slug } = (await stage.released(count)).letter;
			const server = await stage.server();
			const own: Server = { url: `${server.origin}/letters/${slug}/`, processorTime: server.processorTime };
			const bare = await bareServer(stage, own.url);
			for (const atOnce of CONNECTIONS) {
				const name = nameOf(count, atOnce);
				stage.tell(name);
				const both = await inTurn(stage, [own, bare], { connections: atOnce });
				rows.push(...compared(name, both));
				if (atOnce === 16) {
					rows.push(processorTime(name, both));
					spent.push(both[0].cost);
				}
			}
			if (count !== SMALL && count !== many) rows.push(...(await besideNginx(stage, own)));
		}
		return [...rows, sameCost(many, spent)];
	},
};

const nameOf = (count: number, connections: number) =>
	`page of a letter signed by ${count.toLocaleString('en-GB')}, ${connections} at once`;

interface Server {
	url: string;
	/** Milliseconds since it started. */
	processorTime(): Promise<number>;
}

/** Requests a second, milliseconds for 99 of 100, and milliseconds of processor time that the server spent on each. */
type Found = Record<'rate' | 'p99' | 'cost', number>;

/** Medians of the first and of the second. */
async function inTurn(
	stage: Stage,
	servers: readonly [Server, Server],
	how: Omit<Asked, 'url'>,
): Promise<[Found, Found]> {
	const { requests, times } = stage.scale;
	const ask = async (server: Server) => ({ server, lines: await connections({ url: server.url, ...how }) });
	const parts = (await Promise.all(servers.map(ask))).map((part) => ({ ...part, found: [] as Found[] }));
	try {
		// Until what runs often is compiled.
		for (const { lines } of parts) await lines.load(3 * requests);
		for (let time = 0; time < times; time++) {
			const taken = parts.map(() => ({ loads: [] as Answered[], spent: 0 }));
			for (let turn = 0; turn < TURNS; turn++) {
				for (const [at, one] of taken.entries()) await takeTurn(parts[at], one, requests / TURNS);
			}
			for (const [at, { loads, spent }] of taken.entries())
				parts[at]?.found.push({ ...summedUp(loads), cost: spent / requests });
		}
	} finally {
		for (const { lines } of parts) lines.end();
	}
	const middle = (all: readonly Found[] = []): Found => ({
		rate: median(all.map(({ rate }) => rate)),
		p99: median(all.map(({ p99 }) => p99)),
		cost: median(all.map(({ cost }) => cost)),
	});
	return [middle(parts[0]?.found), middle(parts[1]?.found)];
}

async function takeTurn(
	part: { server: Server; lines: Connections } | undefined,
	taken: { loads: Answered[]; spent: number },
	requests: number,
): Promise<void> {
	if (!part) return;
	const before = await part.server.processorTime();
	taken.loads.push(await part.lines.load(requests));
	taken.spent += (await part.server.processorTime()) - before;
}

const BARE = 'node:http with the same bytes, headers and all';

const compared = (name: string, [own, bare]: [Found, Found]): Row[] => [
	row(name, 'requests/s', {
		...{ value: own.rate, reference: bare.rate, against: BARE },
		promise: { of: 'ratio', least: 0.9 },
	}),
	row(`${name}: 99 of 100 within`, 'ms', {
		...{ value: own.p99, reference: bare.p99, against: BARE },
		promise: { of: 'ratio', most: 2 },
	}),
];

const processorTime = (name: string, [own, bare]: [Found, Found]): Row =>
	row(`${name}: processor time`, 'ms', { value: own.cost, reference: bare.cost, against: BARE });

function sameCost(many: number, [cost = 0, , costLarge = 0]: number[]): Row {
	return row(`${nameOf(many, 16)}: processor time, large beside small`, 'ms', {
		value: costLarge,
		reference: cost,
		against: nameOf(SMALL, 16),
		promise: { of: 'ratio', least: 0.7, most: 1.3 },
	});
}

/** Not what each connection has of its own: server and bare server add that themselves. */
const isItsOwn = (name: string) => !/^(date|connection|keep-alive)$/i.test(name);

/** A server of node:http alone with what is served here. */
async function bareServer(stage: Stage, url: string): Promise<Server> {
	const file = join(stage.folder, `${new URL(url).pathname.replaceAll('/', '-')}.br`);
	const [answer]: IncomingMessage[] = await once(get(url, { headers: { 'accept-encoding': 'br' } }), 'response');
	if (!answer) throw new Error('there is no answer');
	writeFileSync(file, await buffer(answer));
	const raw = answer.rawHeaders;
	const lines = raw.filter((_, at) => isItsOwn(raw[at - (at % 2)] ?? ''));
	const child = fork(new URL('../bare-server.ts', import.meta.url), [file, JSON.stringify(lines)], { execArgv: [] });
	stage.onClose(() => child.kill());
	const [port] = await once(child, 'message');
	const processorTime = async (): Promise<number> => {
		const said = once(child, 'message');
		child.send('processor time');
		return (await said)[0];
	};
	return { url: `http://127.0.0.1:${port}/`, processorTime };
}

/** The exported folder under nginx, as a mirror would serve it: not packed, so that both send the same body. */
async function besideNginx(stage: Stage, own: Server): Promise<Row[]> {
	const { origin, pathname } = new URL(own.url);
	const out = join(stage.folder, 'exported');
	const { status, said } = await runExport([pathname.split('/')[2] ?? '', '--out', out, '--from', origin]);
	if (status !== 0) throw new Error(said);
	const nginx = await startNginx(out, stage.folder).catch((failure: Error) => stage.tell(failure.message));
	if (!nginx) return [];
	stage.onClose(nginx.stop);
	stage.tell('the same page, not packed, and the exported folder under nginx');
	const other: Server = { url: `${nginx.origin}/index.html`, processorTime: async () => 0 };
	const [found, reference] = await inTurn(stage, [own, other], { connections: 16, coding: 'identity' });
	const against = 'the exported folder under nginx, one worker';
	const name = 'the same page not packed, 16 at once';
	return [row(name, 'requests/s', { value: found.rate, reference: reference.rate, against })];
}
