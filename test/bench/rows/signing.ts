/**
 * The whole of signing under load: asking for a code, the mail over SMTP, the proof, the signature; on PostgreSQL with its own settings, on one node and on two. What
 * browsers work out is ready before the clock starts. Database, nodes and load share the machine.
 */
import type { Bench } from '../bench.ts';
import { median, type Row, row, shown } from '../figures.ts';
import { peakOf } from '../peak-memory.ts';
import { bareSigning } from '../signing/bare-signing.ts';
import { Host, type Node } from '../signing/host.ts';
import type { Signed } from '../signing/tasks.ts';
import type { Stage } from '../stage.ts';

const ABREAST = 64;
const PAGES_PER_SECOND = 50;
/** Of those who sign while pages are read; how long that is read for, in seconds. */
const READING = 10;

export const signing: Bench = {
	name: 'signing',
	async measure(stage) {
		const { signers, times } = stage.scale;
		const host = await Host.start(stage);
		stage.tell(`${signers} people are about to sign`);
		await host.load.run({ kind: 'prepare', letter: host.letter, count: signers });
		const configurations = [await host.nodes(1), await host.nodes(2)];
		const [alone] = configurations[0] ?? [];
		if (alone === undefined) throw new Error('There is no node.');
		const idle = peakOf(alone.server.pid());
		// Nobody is measured by the first who come.
		const first = Math.floor(signers / 6);
		for (const nodes of configurations) await signedBy(host, nodes, 0, first);
		const each = Math.floor((signers - first) / times);
		const found: [Signed[], Signed[], number[]] = [[], [], []];
		const spent: number[] = [];
		for (let time = 0; time < times; time++) {
			stage.tell(`${each} sign on one node, and on two`);
			for (const [at, nodes] of configurations.entries()) {
				const before = await processorTime(nodes);
				found[at === 0 ? 0 : 1].push(await signedBy(host, nodes, first + time * each, each));
				if (at === 0) spent.push(((await processorTime(nodes)) - before) / each);
			}
			found[2].push(await bareSigning(each));
		}
		stage.tell(`processor time of the node for each: ${shown(median(spent))} ms`);
		const [one, two, bare] = [figures(found[0]), figures(found[1]), median(found[2])];
		return [
			row(`signing, ${ABREAST} in flight, one node`, 'signatures/s', {
				...{ value: one.rate, reference: bare, against: 'their cryptography alone, on all cores' },
				promise: { value: { least: 100 } },
			}),
			...within('one node', one),
			row(`signing, ${ABREAST} in flight, two nodes`, 'signatures/s', {
				...{ value: two.rate, reference: one.rate, against: 'on one node' },
				promise: { value: { least: 100 } },
			}),
			...within('two nodes', two),
			row('a node on which they sign, at most', 'MB', {
				...{ value: peakOf(alone.server.pid()), reference: idle, against: 'before anybody signs' },
				promise: { value: { most: 250 } },
			}),
			await whileSigning(stage, host, one.rate / 2),
		];
	},
};

const signedBy = (host: Host, nodes: Node[], from: number, count: number): Promise<Signed> =>
	host.load.run({
		...{ kind: 'sign', ports: nodes.map(({ port }) => port), origin: host.origin },
		...{ from, count, abreast: ABREAST },
	});

async function processorTime(nodes: Node[]): Promise<number> {
	const times = await Promise.all(nodes.map(({ server }) => server.processorTime()));
	return times.reduce((all, one) => all + one, 0);
}

interface Figures {
	rate: number;
	middle: number;
	p99: number;
}

export const quantile = (values: readonly number[], part: number): number =>
	values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0;

function figures(all: readonly Signed[]): Figures {
	return {
		rate: median(all.map(({ took, journeys }) => (journeys.length / took) * 1_000)),
		middle: median(all.map(({ journeys }) => quantile(journeys, 0.5))),
		p99: median(all.map(({ journeys }) => quantile(journeys, 0.99))),
	};
}

const within = (where: string, { p99, middle }: Figures): Row[] => [
	row(`signing, ${ABREAST} in flight, ${where}: 99 of 100 within`, 'ms', {
		...{ value: p99, reference: middle, against: 'half of them' },
		promise: { value: { most: 2_000 } },
	}),
];

/** A released page is read on a node on which people sign at half its measured rate, and on the same node at rest. */
async function whileSigning(stage: Stage, host: Host, perSecond: number): Promise<Row> {
	const [node] = await host.nodes(1);
	if (node === undefined) throw new Error('There is no node.');
	const readers = await host.another();
	const seconds = Math.min(READING, stage.scale.signers / perSecond);
	const { port } = node;
	const read = { kind: 'pages', port, path: host.page, perSecond: PAGES_PER_SECOND, seconds } as const;
	stage.tell(`${PAGES_PER_SECOND} pages a second are read while ${shown(perSecond)} a second sign`);
	await readers.run({ ...read, seconds: 1 });
	const quiet = await readers.run(read);
	const count = Math.floor(perSecond * seconds);
	const crowd = { kind: 'sign', ports: [port], origin: host.origin, from: 0, count, perSecond } as const;
	const [busy] = await Promise.all([readers.run(read), host.load.run({ ...crowd, abreast: count })]);
	return row(`released page while people sign at half that rate: 99 of 100 within`, 'ms', {
		...{ value: quantile(busy.latencies, 0.99), reference: quantile(quiet.latencies, 0.99) },
		...{ against: 'while nobody signs', promise: { value: { most: 50 } } },
	});
}
