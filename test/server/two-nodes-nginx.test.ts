/** Two nodes on one PostgreSQL behind nginx itself, with the file that operators copy (ops/nginx.conf), as docs/operate.md describes it. What nodes do together stands in two-nodes.test.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Organizers } from '../../server/command/client/organizers.ts';
import { openDatabase } from '../../server/database.ts';
import { Secret } from '../../server/platform/secret.ts';
import { SecretBox } from '../../server/platform/secret-box.ts';
import { SigningLoad } from '../faults/signing-load.ts';
import { type BehindNginx, behindNginx, whyNotBehindNginx } from '../support/behind-nginx.ts';
import { wholeDraft } from '../support/drafts.ts';
import { RELEASED, type SizedLetter, sizedLetter } from '../support/sized/letter.ts';
import { placeSized } from '../support/sized/place.ts';
import { worldOfSpawned } from '../support/spawned-world.ts';
import { REVIEW } from './release/in-review.ts';

/** A release of them is larger than nginx lets through by itself (1 MiB). */
const SIGNATORIES = 750;
/** Where it is published (test/support/sized/letter.ts). */
const folder = `/letters/signed-by-${SIGNATORIES}/`;
const mebibyte = 1024 ** 2;
/** Of the route that is asked here, as server/employment/proof-api.ts has it. */
const burst = 20;
const [peer, other] = ['127.0.0.7', '127.0.0.8'];

const once = [
	...['content-security-policy', 'strict-transport-security', 'referrer-policy', 'x-content-type-options'],
	...['cross-origin-opener-policy', 'cross-origin-resource-policy', 'permissions-policy', 'date', 'server'],
];

const title = 'two nodes behind nginx with ops/nginx.conf';

describe.skipIf(whyNotBehindNginx !== null)(
	whyNotBehindNginx === null ? title : `${title} (skipped: ${whyNotBehindNginx})`,
	() => {
		let behind: BehindNginx;
		beforeAll(async () => {
			behind = await behindNginx(REVIEW);
			return () => behind.stop();
		});

		test('a release comes in and goes out whole, in parts too, and no part of it is put into a file on the way', async () => {
			const letter = await sizedLetter(SIGNATORIES);
			const whole = readFileSync(letter.file);
			expect(whole.length).toBeGreaterThan(mebibyte);
			await publish(behind, letter);
			const path = `${folder}release.json`;
			const given = await behind.ask(path, { headers: { 'accept-encoding': 'identity' } });
			expect([given.status, given.body.equals(whole)]).toEqual([200, true]);
			const range = `bytes=${mebibyte}-${mebibyte + 9}`;
			const part = await behind.ask(path, { headers: { 'accept-encoding': 'identity', range } });
			expect([part.status, part.body]).toEqual([206, whole.subarray(mebibyte, mebibyte + 10)]);
			const kept = ['body', 'proxy'].flatMap((name) => readdirSync(join(behind.folder, name), 'utf8'));
			expect(kept).toEqual([]);
		});

		test('what is larger than any request may be is refused before it is sent: by the server, and far beyond by nginx', async () => {
			const announcing = (bytes: number) =>
				behind.ask('/api/desk/release/approve', {
					method: 'POST',
					headers: { origin: behind.environment.origin, 'content-length': String(bytes) },
				});
			const [byServer, byNginx] = [await announcing(305 * mebibyte), await announcing(400 * mebibyte)];
			expect([byServer.status, byNginx.status]).toEqual([413, 413]);
			expect(JSON.parse(byServer.body.toString())).toMatchObject({ code: 'too-large' });
			expect(byNginx.body.toString()).not.toContain('{');
		});

		test('each header of security is there once, on every kind of answer, and nothing says which version of what answers', async () => {
			for (const path of ['/', folder, `${folder}card.png`, '/api/desk', '/nothing']) {
				const { headers } = await behind.ask(path);
				const named = headers.filter((name, at) => at % 2 === 0 && once.includes(name));
				expect(named.sort(), path).toEqual([...once].sort());
				expect(headers[headers.indexOf('server') + 1]).toBe('nginx');
			}
			expect(await overPlainHttp(behind.plainPort, '/l/abc?d=e')).toEqual([301, 'https://localhost/l/abc?d=e']);
		});

		test('limits count people, whatever they say of themselves, and not nginx', async () => {
			const ask = async (from: string, forged?: string) => {
				const headers = { origin: behind.environment.origin, 'content-type': 'application/json' };
				const more: Record<string, string> = forged ? { 'x-forwarded-for': forged, forwarded: `for=${forged}` } : {};
				const asking = { method: 'POST', headers: { ...headers, ...more }, body: '{}', from };
				return (await behind.ask('/api/confirmations/work', asking)).status;
			};
			const both = async (forged?: string) => [await ask(peer, forged), await ask(peer, forged)];
			for (let at = 0; at < burst; at++) expect(await ask(peer, `192.0.2.${at}`)).toBe(200);
			// Once the nodes have told each other, nothing is left on either.
			await expect.poll(() => both(), { interval: 200, timeout: 60_000 }).toEqual([429, 429]);
			for (const forged of [other, '192.0.2.1, 192.0.2.2', '127.0.0.1', 'unknown'])
				expect(await both(forged), forged).toEqual([429, 429]);
			expect([await ask(other), await ask(other, peer), await ask('127.0.0.1')]).toEqual([200, 200, 200]);
		});

		test('a node dies while people sign, and they go on with the other', async () => {
			const { environment, nodes } = behind;
			const now = () => RELEASED;
			const [first, second] = nodes;
			if (!first || !second) throw new Error('There are not two nodes.');
			const organizers = await Organizers.start(worldOfSpawned(first, now), 2, (at) => wholeDraft(at));
			const invite = await organizers.open();
			const { origin, relay } = environment;
			// All of them have one address here, and its allowance.
			const load = new SigningLoad({ origin, relay, invite, now, noMail: 1_500 });
			load.start(2);
			const signed = (count: number) =>
				expect.poll(() => load.signed.length, { interval: 20, timeout: 60_000 }).toBeGreaterThanOrEqual(count);
			await signed(1);
			await first.kill();
			await signed(load.signed.length + 3);
			await load.stop();
			for (const { signer } of load.signed) expect((await signer.own()).state).toBe('signed');
		});

		test('nobody who asked is named in a log, and no request', () => {
			const logs = readdirSync(behind.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
				/log/i.test(name),
			);
			expect(logs.sort()).toEqual(['access.log', 'nginx-errors.log']);
			const written = logs.map((name) => readFileSync(join(behind.folder, name), 'utf8')).join('');
			expect(written).not.toMatch(/127\.0\.0\.[1-9]|\/api\//);
		});
	},
);

/** Brought and approved by its organizers through nginx, and out: both nodes see its minute. */
async function publish({ environment, nodes }: BehindNginx, letter: SizedLetter): Promise<void> {
	const { variables, origin, data } = environment;
	const { KEYRING: keyring = '', HOST_SECRET: secret = '', DATABASE_URL: url = '' } = variables;
	const database = await openDatabase({ databaseUrl: new Secret(url), data });
	try {
		const keys = { config: { keyring }, secretBox: new SecretBox(new Secret(secret)) };
		const placed = await placeSized({ ...keys, db: database.db, origin, now: REVIEW }, letter);
		await placed.propose();
		await placed.approve();
		await Promise.all(nodes.map((node) => node.setTime(RELEASED)));
	} finally {
		await database.close();
	}
}

/** @returns its status, and where it leads */
const overPlainHttp = (port: number, path: string): Promise<unknown[]> =>
	new Promise((resolve, reject) => {
		request({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
			answer.resume();
			resolve([answer.statusCode, answer.headers.location]);
		})
			.once('error', reject)
			.end();
	});
