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
import { type Answered, Asker, type Connections, summedUp } from '../load.ts';
import { startNginx } from '../nginx.ts';
import type { Stage } from '../stage.ts';

const CONNECTIONS = [1, 16, 64];
const SMALL = 100;
const MIDDLE = 4_000;

/** One after the other falls on the same moments of a busy machine only where each turn is short. */
const TURNS = 6;

export const firstPage: Bench = {
	name: 'first-page',
	async measure(stage) {
		const { many, usual } = stage.scale;
		const rows: Row[] = [];
		const pages: Server[] = [];
		const asker = new Asker();
		stage.onClose(() => asker.end());
		for (const count of [SMALL, Math.min(MIDDLE, usual), many]) {
			const { letter } = await stage.released(count);
			const server = await stage.server();
			const { origin, processorTime: time } = server;
			const own: Server = { name: 'undersigned', ...{ origin, path: `/letters/${letter.slug}/`, processorTime: time } };
			pages.push(own);
			// Right after a release its files are packed anew, which changes them and takes a core.
			await stage.packed(letter);
			await stage.quiet();
			const bare = await bareServer(stage, own);
			for (const atOnce of CONNECTIONS) {
				const name = nameOf(count, atOnce);
				stage.tell(name);
				const both = await inTurn(stage, asker, [own, bare], { connections: atOnce });
				rows.push(...compared(name, both));
				if (atOnce === 16) rows.push(processorTime(name, both));
			}
			if (count !== SMALL && count !== many) rows.push(...(await besideNginx(stage, asker, own)));
		}
		const [small, , large] = pages;
		if (small === undefined || large === undefined) throw new Error('A letter is missing.');
		// In turn as well: between one letter and the next the machine is not as fast as it was.
		const both = await inTurn(stage, asker, [large, small], { connections: 16 });
		return [...rows, sameCost(many, both)];
	},
};

const nameOf = (count: number, connections: number) =>
	`page of a letter signed by ${count.toLocaleString('en-GB')}, ${connections} at once`;

interface Server {
	name: string;
	origin: string;
	path: string;
	/** Milliseconds since it started. */
	processorTime(): Promise<number>;
}

/** Requests a second, milliseconds for 99 of 100, and milliseconds of processor time that the server spent on each, and who asked. */
type Found = Record<'rate' | 'p99' | 'cost' | 'asking', number>;

/** Both are sent the same bytes, but for the port in them. @returns medians of the first and of the second */
async function inTurn(
	stage: Stage,
	asker: Asker,
	servers: readonly [Server, Server],
	{ connections, coding = 'br' }: { connections: number; coding?: 'br' | 'identity' },
): Promise<[Found, Found]> {
	const { turn, times } = stage.scale;
	const open = async (server: Server) => {
		const { hostname: host, port, host: name } = new URL(server.origin);
		const request = `GET ${server.path} HTTP/1.1\r\nhost: ${name}\r\naccept-encoding: ${coding}\r\n\r\n`;
		return { server, lines: await asker.connections({ host, port: Number(port), request, connections }) };
	};
	const [own, other] = [await open(servers[0]), await open(servers[1])];
	// Until what runs often is compiled.
	for (const { lines } of [own, other, own, other]) await lines.load(WARM_UP * turn);
	const found: [Found[], Found[]] = [[], []];
	for (let time = 0; time < times; time++) {
		const taken: [Taken, Taken] = [nothing(), nothing()];
		for (let at = 0; at < TURNS; at++) {
			// Neither is always the first.
			for (const which of at % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
				await takeTurn(which === 0 ? own : other, taken[which], turn);
		}
		for (const which of [0, 1] as const) found[which].push(foundIn(taken[which]));
	}
	for (const { lines } of [own, other]) await lines.end();
	const [first, second] = [middle(found[0]), middle(found[1])];
	for (const [{ name }, { cost, asking }] of [[servers[0], first] as const, [servers[1], second] as const])
		if (asking > cost && cost > 0) stage.tell(`asking ${name} took longer than answering: who asks is the limit`);
	return [first, second];
}

/** Turns before anything is measured, in two parts. */
const WARM_UP = 3;

interface Taken {
	loads: Answered[];
	spent: number;
}

const nothing = (): Taken => ({ loads: [], spent: 0 });

async function takeTurn(
	{ server, lines }: { server: Server; lines: Connections },
	taken: Taken,
	seconds: number,
): Promise<void> {
	const before = await server.processorTime();
	taken.loads.push(await lines.load(seconds));
	taken.spent += (await server.processorTime()) - before;
}

function foundIn({ loads, spent }: Taken): Found {
	const { count, ...rest } = summedUp(loads);
	return { ...rest, cost: spent / count };
}

const middle = (all: readonly Found[]): Found => ({
	rate: median(all.map(({ rate }) => rate)),
	p99: median(all.map(({ p99 }) => p99)),
	cost: median(all.map(({ cost }) => cost)),
	asking: median(all.map(({ asking }) => asking)),
});

const BARE = 'node:http with the same bytes, headers and all';

const compared = (name: string, [own, bare]: [Found, Found]): Row[] => [
	row(name, 'requests/s', {
		...{ value: own.rate, reference: bare.rate, against: BARE },
		promise: { ratio: { least: 0.9 } },
	}),
	row(`${name}: 99 of 100 within`, 'ms', {
		...{ value: own.p99, reference: bare.p99, against: BARE },
		promise: { ratio: { most: 2 } },
	}),
];

const processorTime = (name: string, [own, bare]: [Found, Found]): Row =>
	row(`${name}: processor time`, 'ms', { value: own.cost, reference: bare.cost, against: BARE });

const sameCost = (many: number, [large, small]: [Found, Found]): Row =>
	row(`${nameOf(many, 16)}: processor time, large beside small`, 'ms', {
		...{ value: large.cost, reference: small.cost, against: nameOf(SMALL, 16) },
		promise: { ratio: { least: 0.7, most: 1.3 } },
	});

/** Not what each connection has of its own: server and bare server add that themselves. */
const isItsOwn = (name: string) => !/^(date|connection|keep-alive)$/i.test(name);

/** A server of node:http alone with what is served here. */
async function bareServer(stage: Stage, { origin, path }: Server): Promise<Server> {
	const file = join(stage.folder, `${path.replaceAll('/', '-')}.br`);
	const asked = get(origin + path, { headers: { 'accept-encoding': 'br' } });
	const [answer]: IncomingMessage[] = await once(asked, 'response');
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
	return { name: 'node:http', origin: `http://localhost:${port}`, path, processorTime };
}

/** The exported folder under nginx, as a mirror would serve it: not packed, so that both send the same body. */
async function besideNginx(stage: Stage, asker: Asker, own: Server): Promise<Row[]> {
	const out = join(stage.folder, 'exported');
	const { status, said } = await runExport([own.path.split('/')[2] ?? '', '--out', out, '--from', own.origin]);
	if (status !== 0) throw new Error(said);
	const nginx = await startNginx(out, stage.folder).catch((failure: Error) => stage.tell(failure.message));
	if (!nginx) return [];
	stage.onClose(nginx.stop);
	stage.tell('the same page, not packed, and the exported folder under nginx');
	const other: Server = { name: 'nginx', origin: nginx.origin, path: '/index.html', processorTime: async () => 0 };
	const how = { connections: 16, coding: 'identity' } as const;
	const [found, reference] = await inTurn(stage, asker, [own, other], how);
	const against = 'the exported folder under nginx, one worker';
	const name = 'the same page not packed, 16 at once';
	return [row(name, 'requests/s', { value: found.rate, reference: reference.rate, against })];
}
