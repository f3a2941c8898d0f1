/** What the first page of a letter costs the server that serves it, small or large, few or many asking at once, and what it costs at least. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { runExport } from '../../support/export-command.ts';
import type { Bench } from '../bench.ts';
import { median, type Row, row } from '../figures.ts';
import { type Answered, load } from '../load.ts';
import { startNginx } from '../nginx.ts';
import type { Stage } from '../stage.ts';

const CONNECTIONS = [1, 16, 64];
const SMALL = 100;

export const firstPage: Bench = {
	name: 'first-page',
	async measure(stage) {
		const { many, usual } = stage.scale;
		const rows: Row[] = [];
		const spent: number[] = [];
		for (const count of [SMALL, usual, many]) {
			const { slug } = (await stage.released(count)).letter;
			const url = `${(await stage.server()).origin}/letters/${slug}/`;
			const bare = await bareServer(stage, url);
			for (const connections of CONNECTIONS) {
				stage.tell(`the page of a letter signed by ${count}, ${connections} at once`);
				const [own, reference, cost] = await inTurn(stage, { own: url, other: bare, connections });
				rows.push(...compared(nameOf(count, connections), own, reference));
				if (connections === 16) spent.push(cost);
			}
			if (count === usual) rows.push(...(await besideNginx(stage, url)));
		}
		return [...rows, sameCost(many, spent)];
	},
};

const nameOf = (count: number, connections: number) =>
	`page of a letter signed by ${count.toLocaleString('en-GB')}, ${connections} at once`;

interface Pair {
	own: string;
	other: string;
	connections: number;
	coding?: 'identity';
}

/** @returns medians: of this program, of the other, and milliseconds of processor time that this program spent on an answer */
async function inTurn(stage: Stage, { own, other, ...how }: Pair): Promise<[Answered, Answered, number]> {
	const { requests, times } = stage.scale;
	const server = await stage.server();
	const found: [Answered[], Answered[], number[]] = [[], [], []];
	for (const url of [own, other]) await load({ url, requests, ...how });
	for (let time = 0; time < times; time++) {
		const before = await server.processorTime();
		found[0].push(await load({ url: own, requests, ...how }));
		found[2].push(((await server.processorTime()) - before) / requests);
		found[1].push(await load({ url: other, requests, ...how }));
	}
	const middle = (all: Answered[]) => ({
		rate: median(all.map(({ rate }) => rate)),
		p99: median(all.map(({ p99 }) => p99)),
	});
	return [middle(found[0]), middle(found[1]), median(found[2])];
}

const compared = (name: string, own: Answered, bare: Answered): Row[] => {
	const against = 'node:http with the same bytes';
	return [
		row(name, 'requests/s', {
			...{ value: own.rate, reference: bare.rate, against },
			promise: { of: 'ratio', least: 0.9 },
		}),
		row(`${name}: 99 of 100 within`, 'ms', {
			...{ value: own.p99, reference: bare.p99, against },
			promise: { of: 'ratio', most: 2 },
		}),
	];
};

function sameCost(many: number, [cost = 0, , costLarge = 0]: number[]): Row {
	return row(`${nameOf(many, 16)}: processor time`, 'ms', {
		value: costLarge,
		reference: cost,
		against: nameOf(SMALL, 16),
		promise: { of: 'ratio', least: 0.7, most: 1.3 },
	});
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

/** The exported folder under nginx, as a mirror would serve it: not packed, so that both send the same bytes. */
async function besideNginx(stage: Stage, url: string): Promise<Row[]> {
	const { origin, pathname } = new URL(url);
	const out = join(stage.folder, 'exported');
	const { status, said } = await runExport([pathname.split('/')[2] ?? '', '--out', out, '--from', origin]);
	if (status !== 0) throw new Error(said);
	const nginx = await startNginx(out, stage.folder).catch((failure: Error) => stage.tell(failure.message));
	if (!nginx) return [];
	stage.onClose(nginx.stop);
	stage.tell('the same page, not packed, and the exported folder under nginx');
	const [own, reference] = await inTurn(stage, {
		...{ own: url, other: `${nginx.origin}/index.html`, connections: 16, coding: 'identity' },
	});
	const against = 'the exported folder under nginx, one worker';
	const name = 'the same page not packed, 16 at once';
	return [row(name, 'requests/s', { value: own.rate, reference: reference.rate, against })];
}
