import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openLetter } from '../../support/open-letter.ts';
import { freePort } from '../../support/port.ts';
import { startServer } from '../../support/server.ts';

/** As a scraper asks. @param host who it says that it asks */
function get(port: number, path = '/metrics', host = `127.0.0.1:${port}`, at = '127.0.0.1') {
	return new Promise<{ status: number; text: string }>((resolve, reject) => {
		const asking = request({ host: at, port, path, headers: { host } }, async (answer) => {
			const chunks: Buffer[] = [];
			for await (const chunk of answer) chunks.push(chunk);
			resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
		});
		asking.once('error', reject).end();
	});
}

const scrape = async (port: number) => (await get(port)).text;

test('nothing in the metrics moves while people sign, are refused and withdraw', async () => {
	const metricsPort = await freePort();
	const server = await startServer({ database: 'postgres', metricsPort, now: new Date('2027-03-01T09:10:00Z') });
	const letter = await openLetter(server);
	await server.due(new Date('2027-03-01T09:20:00Z'));
	const before = await scrape(metricsPort);
	const named = { shown: 'named', name: 'Zebulon Quillfeather', title: 'Lamplighter', condition: null } as const;
	for (const address of ['zebulon.quillfeather@northwind.example', 'amina.diallo@northwind.example']) {
		const signer = await letter.signer();
		await signer.appear(named);
		await signer.askForCode(address);
		const { text } = await server.relay.mailTo(address);
		await expect(signer.proveByCode('00000000')).rejects.toThrow();
		await signer.proveByCode(text.slice(0, 8));
		await signer.sign();
		expect(await scrape(metricsPort)).toBe(before);
		if (address.startsWith('amina')) await signer.withdraw();
	}
	// A mail that the relay does not take is a failure in the log at once, and here not before the hour is over.
	server.relay.fail(true);
	await (await letter.signer()).askForCode('kim.soto@northwind.example');
	await server.deps.afterwards.idle();
	expect(server.logs.join('')).toContain('work after an answer failed');
	await server.due(new Date('2027-03-01T09:59:59Z'));
	expect(await scrape(metricsPort)).toBe(before);
	await server.due(new Date('2027-03-01T10:00:00Z'));
	const after = await scrape(metricsPort);
	expect(after).toContain('undersigned_failures{event="work after an answer failed"} 1\n');
	expect(after).toMatch(/^undersigned_memory_bytes \d{8,}$/m);
	for (const leak of ['Zebulon', 'quillfeather', 'northwind', '127.0.0.1', letter.id, letter.root, '/api/'])
		expect(before + after).not.toContain(leak);
});

test('they tell when the database, the relay or the jobs do not work', async () => {
	const metricsPort = await freePort();
	const server = await startServer({ metricsPort, now: new Date('2027-03-01T09:10:00Z') });
	const well = await scrape(metricsPort);
	for (const line of ['database_answers 1', 'mail_relay_answers 1', 'jobs_overdue 0'])
		expect(well).toContain(`\nundersigned_${line}\n`);
	const waiting = sql`insert into pgboss.job (name, created_on, start_after) values ('deliver', now() - interval '16 minutes', now() + interval '1 hour')`;
	await waiting.execute(server.deps.db);
	expect(await scrape(metricsPort)).toContain('\nundersigned_jobs_overdue 1\n');
	await server.deps.db.destroy();
	const ill = await scrape(metricsPort);
	expect(ill).toContain('\nundersigned_database_answers 0\n');
	// Asked at most every five minutes, whoever scrapes: so that no scrape tells when the relay was busy with somebody’s code.
	await server.relay.stop();
	expect(await server.deps.mail.answers()).toBe(false);
	expect(await scrape(metricsPort)).toContain('\nundersigned_mail_relay_answers 1\n');
});

test('they are shown on loopback only, to whoever names it, and to nobody without a port for them', async () => {
	const metricsPort = await freePort();
	const server = await startServer({ metricsPort });
	expect((await get(metricsPort)).status).toBe(200);
	expect((await get(metricsPort, '/metrics', 'letters.example')).status).toBe(404);
	expect((await get(metricsPort, '/')).status).toBe(404);
	expect((await server.fetch('/metrics')).status).toBe(404);
	const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
	for (const { address, internal, family } of outside)
		if (!internal && family === 'IPv4')
			await expect(get(metricsPort, '/metrics', undefined, address)).rejects.toThrow();
	await server.stop();
	await expect(get(metricsPort)).rejects.toThrow();
});
