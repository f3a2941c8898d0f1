/** Two nodes on one PostgreSQL behind a reverse proxy, as docs/operate.md describes them: what is allowed to one network address is allowed to it over both. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { SettableClock } from '../../server/platform/clock.ts';
import { type Running, serve } from '../../server/serve.ts';
import { newId } from '../../shared/bytes.ts';
import { newPlace } from '../support/databases.ts';
import { everyRow } from '../support/every-row.ts';
import { openLetter } from '../support/open-letter.ts';
import { freePort } from '../support/port.ts';
import { startProxy } from '../support/proxy.ts';
import { environmentOn, type HostOptions } from '../support/server-environment.ts';

/** Of the route that is asked here, as server/employment/proof-api.ts has it. */
const burst = 20;
const [peer, other] = ['198.51.100.7', '198.51.100.8'];

async function behindOneProxy(count: number, options: HostOptions) {
	const environment = await environmentOn(await newPlace('postgres'), options);
	onTestFinished(environment.remove);
	const clock = new SettableClock(new Date('2027-03-01T09:00:00Z'));
	const nodes: Running[] = [];
	const ports: number[] = [];
	for (let n = 0; n < count; n++) {
		const port = await freePort();
		const variables = { ...environment.variables, PORT: String(port) };
		const node = await serve(readConfig(variables), () => {}, { clock, runsDueByItself: false });
		onTestFinished(node.stop);
		nodes.push(node);
		ports.push(port);
	}
	const proxy = await startProxy(Number(new URL(environment.origin).port), ports);
	onTestFinished(proxy.stop);
	const post = async (path: string, body: object, headers: Record<string, string>) => {
		const answer = await fetch(`${environment.origin}${path}`, {
			...{ method: 'POST', body: JSON.stringify(body) },
			headers: { origin: environment.origin, 'content-type': 'application/json', ...headers },
		});
		await answer.arrayBuffer();
		return answer.status;
	};
	/** @param forged what a client claims by itself */
	const ask = (from: string, forged?: string) =>
		post('/api/confirmations/work', {}, { 'x-peer': from, ...(forged && { 'x-forwarded-for': forged }) });
	/** Of a letter that is not there, which is looked at only when no work is wanted. */
	const askForCode = (from: string) =>
		post('/api/confirmations', { letter: newId(), address: 'kim@northwind.example' }, { 'x-peer': from });
	/** Until both hash addresses alike. */
	const linked = () => expect.poll(() => new Set(nodes.map(({ deps }) => deps.peers.name)).size).toBe(1);
	return { ...environment, nodes, clock, ask, askForCode, post, linked };
}

const times = async (count: number, what: () => Promise<number>) => {
	const all = [];
	for (let n = 0; n < count; n++) all.push(await what());
	return all;
};

describe('a network address has one allowance', () => {
	test('over two nodes, whatever it says of itself; each of the others has its own, and no table knows of any', async () => {
		const { nodes, ask, linked } = await behindOneProxy(2, { behindProxy: true });
		await linked();
		expect(new Set(await times(burst, () => ask(peer)))).toEqual(new Set([200]));
		// Each node saw half of these. Once they have told each other nothing is left, on either.
		let more = 0;
		await expect
			.poll(
				async () => {
					const both = await times(2, () => ask(peer));
					more += both.filter((status) => status === 200).length;
					return both;
				},
				{ interval: 200, timeout: 60_000 },
			)
			.toEqual([429, 429]);
		expect(more).toBeLessThanOrEqual(burst);
		for (const forged of [other, '192.0.2.1, 192.0.2.2', '127.0.0.1', 'unknown'])
			expect(await times(2, () => ask(peer, forged)), forged).toEqual([429, 429]);
		expect(await times(2, () => ask(other))).toEqual([200, 200]);

		const [node] = nodes;
		const hash = node?.deps.peers.hash(peer) ?? '';
		const kept = node ? (await everyRow(node.deps.db)).join('\n') : '';
		expect(kept).toContain('ticks');
		for (const told of [peer, hash, Buffer.from(hash, 'base64url').toString('hex')]) expect(kept).not.toContain(told);
	});

	test('where no proxy is trusted, all behind one are one', async () => {
		const { ask } = await behindOneProxy(1, {});
		expect(new Set(await times(burst, () => ask(peer)))).toEqual(new Set([200]));
		expect([await ask(peer), await ask(other), await ask(other, '192.0.2.1')]).toEqual([429, 429, 429]);
	});
});

test('a surge is one over two nodes, though neither would call it one by itself', async () => {
	const { askForCode, linked } = await behindOneProxy(2, { behindProxy: true, workFrom: 60 });
	await linked();
	let asked = 0;
	const one = () => askForCode(`198.51.100.${++asked}`);
	expect(new Set(await times(60, one))).toEqual(new Set([404]));
	await expect.poll(() => times(2, one), { interval: 300, timeout: 60_000 }).toEqual([428, 428]);
	// Of so many each node has had less than 60.
	expect(asked).toBeLessThan(118);
});

test('a mailbox gets three mails, however it is written and whichever node is asked for the last of them', async () => {
	const { nodes, post, clock, origin, relay } = await behindOneProxy(2, { behindProxy: true });
	const [node] = nodes;
	if (!node) throw new Error('no node');
	const { id: letter } = await openLetter({ deps: node.deps, origin, clock });
	const written = ['kim.doe@northwind.example', 'KIM.DOE@Northwind.EXAMPLE', 'Kim.Doe+letters@northwind.example'];
	const asked = await Promise.all(
		Array.from({ length: 12 }, (_, n) =>
			post('/api/confirmations', { letter, address: written[n % 3] }, { 'x-peer': `198.51.100.${n}` }),
		),
	);
	expect(new Set(asked)).toEqual(new Set([202]));
	for (const { deps } of nodes) await deps.afterwards.idle();
	expect(relay.mails.map(({ to }) => to)).toEqual(Array(3).fill(['kim.doe@northwind.example']));
});
