/** A load in a process of its own, so that what it costs is not taken for what the server costs: does what it is told, one task at a time. */
import { setTimeout as pause } from 'node:timers/promises';
import { Line } from './line.ts';
import { MailSink } from './mail-sink.ts';
import { type Prepared, preparedSigner } from './prepared.ts';
import type { FloodTask, PagesTask, PrepareTask, RecoverTask, Reports, Signed, SignTask, Task } from './tasks.ts';

const sink = await MailSink.start();
const people: Prepared[] = [];

/** Everybody comes from an address of their own. */
const peer = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

async function prepare({ letter, count }: PrepareTask): Promise<void> {
	people.length = 0;
	while (people.length < count) {
		const from = people.length;
		const batch = Array.from({ length: Math.min(8, count - from) }, (_, i) => preparedSigner(letter, from + i));
		people.push(...(await Promise.all(batch)));
	}
}

const opened = (ports: readonly number[], count: number): Promise<Line[]> =>
	Promise.all(Array.from({ length: count }, (_, at) => Line.to(ports[at % ports.length] ?? 0)));

async function posted(line: Line, path: string, origin: string, n: number, body: string) {
	const began = performance.now();
	const answer = await line.post(path, origin, peer(n), body);
	if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${answer.body}`);
	return { body: JSON.parse(answer.body), took: performance.now() - began };
}

/** The whole of it, on one connection. */
async function journey(line: Line, origin: string, n: number, told: Signed): Promise<void> {
	const person = people[n];
	if (person === undefined) throw new Error(`Nobody is prepared as number ${n}.`);
	const began = performance.now();
	const mail = sink.code(person.address);
	const asked = await posted(line, '/api/confirmations', origin, n, person.ask);
	const secret = { by: 'code', confirmation: asked.body.confirmation, code: await mail };
	const { request, attest, blindSignature } = person;
	const proved = await posted(line, '/api/proofs', origin, n, JSON.stringify({ secret, request, attest }));
	if (proved.body.blindSignature !== blindSignature) throw new Error('This answer does not unblind to a credential.');
	const [before, after] = person.signature;
	const attestation = attest === null ? '' : `"attestation":${JSON.stringify(proved.body.attestation)}`;
	const signed = await posted(line, '/api/signatures', origin, n, `${before}${attestation}${after}`);
	if (signed.body.turn !== 1) throw new Error('The signature was not taken.');
	told.journeys.push(performance.now() - began);
	told.asks.push(asked.took);
	told.proofs.push(proved.took);
	told.signatures.push(signed.took);
}

async function sign({ ports, origin, from, count, abreast, perSecond }: SignTask): Promise<Signed> {
	const free = await opened(ports, abreast);
	const mails = sink.connections;
	const told: Signed = { took: 0, journeys: [], asks: [], proofs: [], signatures: [], mailConnections: 0 };
	const began = performance.now();
	const lines = [...free];
	if (perSecond === undefined) {
		let next = from;
		const one = async (line: Line) => {
			while (next < from + count) await journey(line, origin, next++, told);
		};
		await Promise.all(free.map(one));
	} else {
		const underWay: Promise<void>[] = [];
		for (let at = 0; at < count; at++) {
			const due = began + (at / perSecond) * 1_000 - performance.now();
			if (due > 0) await pause(due);
			const line = free.pop();
			if (line === undefined) throw new Error(`More than ${abreast} were in flight.`);
			underWay.push(journey(line, origin, from + at, told).then(() => void free.push(line)));
		}
		await Promise.all(underWay);
	}
	told.took = performance.now() - began;
	told.mailConnections = sink.connections - mails;
	for (const line of lines) line.close();
	return told;
}

/** Somebody asks each so often, on a connection of their own, whether the others have been answered or not. */
async function pages({ port, path, perSecond, seconds }: PagesTask): Promise<Reports['pages']> {
	const free = await opened([port], 16);
	const lines = [...free];
	const latencies: number[] = [];
	const underWay: Promise<void>[] = [];
	const head = `GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\naccept-encoding: br`;
	const began = performance.now();
	for (let at = 0; at < perSecond * seconds; at++) {
		const due = began + (at / perSecond) * 1_000;
		const wait = due - performance.now();
		if (wait > 0) await pause(wait);
		const line = free.pop() ?? (await Line.to(port));
		const asked = performance.now();
		underWay.push(
			line.ask(head).then(({ status }) => {
				if (status !== 200) throw new Error(`The page was answered ${status}.`);
				latencies.push(performance.now() - asked);
				free.push(line);
			}),
		);
	}
	await Promise.all(underWay);
	for (const line of new Set([...lines, ...free])) line.close();
	return { latencies };
}

/** Who is refused asks again, sooner than they are told to. */
const IMPATIENCE_MS = 500;

async function flood({ port, origin, letter, people: crowd, seconds }: FloodTask): Promise<Reports['flood']> {
	const lines = await opened([port], crowd);
	// A server takes new connections one by one, between other things, long after the kernel has: on a busy machine the crowd would trickle in.
	await Promise.all(lines.map((line) => line.ask('GET /healthz HTTP/1.1\r\nhost: localhost')));
	const told: Reports['flood'] = { taken: 0, refusals: [], others: {}, withoutRetryAfter: 0 };
	const until = performance.now() + seconds * 1_000;
	let asked = 0;
	const one = async (line: Line) => {
		while (performance.now() < until) {
			const n = asked++;
			const body = JSON.stringify({ letter, address: `flood.${n}@northwind.example` });
			const began = performance.now();
			const { status, retryAfter } = await line.post('/api/confirmations', origin, peer(1_000_000 + n), body);
			if (status === 202) told.taken++;
			else if (status === 503) {
				told.refusals.push(performance.now() - began);
				if (retryAfter === null) told.withoutRetryAfter++;
				await pause(IMPATIENCE_MS);
			} else told.others[status] = (told.others[status] ?? 0) + 1;
		}
	};
	await Promise.all(lines.map(one));
	for (const line of lines) line.close();
	return told;
}

/** One person after the other signs, until one has done so as quickly as on a quiet day. Whoever is refused comes back at once. */
async function recover({ ports, origin, from, count, within }: RecoverTask): Promise<Reports['recover']> {
	const began = performance.now();
	for (let n = from; n < from + count; n++) {
		const told: Signed = { took: 0, journeys: [], asks: [], proofs: [], signatures: [], mailConnections: 0 };
		const [line] = await opened(ports, 1);
		if (line === undefined) throw new Error('There is no node.');
		const done = await Promise.race([
			journey(line, origin, n, told).then(
				() => true,
				() => false,
			),
			pause(Math.max(1_000, within), false),
		]);
		line.close();
		if (done && (told.journeys[0] ?? 0) <= within) return { after: performance.now() - began };
		await pause(50);
	}
	throw new Error('The server did not become as it was.');
}

async function done(task: Task): Promise<Reports[Task['kind']]> {
	switch (task.kind) {
		case 'prepare':
			await prepare(task);
			return { mail: sink.url };
		case 'sign':
			return sign(task);
		case 'pages':
			return pages(task);
		case 'flood':
			return flood(task);
		case 'recover':
			return recover(task);
	}
}

process.on('message', (task: Task) => {
	done(task).then(
		(report) => process.send?.({ report }),
		(failure) => process.send?.({ failure: String(failure) }),
	);
});
process.send?.({ report: { mail: sink.url } });
