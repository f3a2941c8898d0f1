/** `npm run mail-check` as its operator runs it, against a name server on loopback. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkDkim } from '../../server/command/mail-check/dkim.ts';
import { checkDmarc } from '../../server/command/mail-check/dmarc.ts';
import { lookUpBy } from '../../server/command/mail-check/dns.ts';
import { checkSpf } from '../../server/command/mail-check/spf.ts';
import { serveZone, type Zone } from '../support/dns-server.ts';

const command = fileURLToPath(new URL('../../server/command/mail-check.ts', import.meta.url));
const domain = 'letters.example';

const rsa = (bits: number): string => {
	const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
	return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
};
const good: Zone = {
	[domain]: ['some-verification=1', 'v=spf1 include:relay.example -all'],
	'relay.example': ['v=spf1 ip4:192.0.2.0/24 a mx -all'],
	[`s1._domainkey.${domain}`]: [`v=DKIM1; k=rsa; p=${rsa(2048)}`],
	[`_dmarc.${domain}`]: ['v=DMARC1; p=reject; rua=mailto:post@letters.example'],
};

async function run(zone: Zone, ...args: string[]) {
	const env = { PATH: process.env.PATH, MAIL_FROM: `post@${domain}`, MAIL_CHECK_DNS: await serveZone(zone) };
	const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
	const status = await new Promise((resolve) => child.once('close', resolve));
	return { status, said };
}

test('a domain whose mail can be told from others’ is said to be in order', async () => {
	const { status, said } = await run(good, '--selector', 's1');
	expect(said.match(/^ok/gm)).toHaveLength(3);
	expect(said).toContain('SPF: One record, 3 of at most 10 look-ups.');
	expect(said).toContain('with the policy reject.');
	expect(status).toBe(0);
});

test('what is missing is named, with what to publish; a selector that nobody named counts as missing', async () => {
	const { status, said } = await run({ [domain]: ['unrelated'] });
	expect(said.match(/^missing/gm)).toHaveLength(3);
	expect(said).toContain('v=spf1 include:relay.example -all');
	expect(said).toContain('--selector');
	expect(said).toContain('_dmarc.letters.example; begin with p=none');
	expect(status).toBe(1);
});

test('without an answer of the DNS, or asked wrongly, it says so and nothing of the records', async () => {
	const failing = await run({ [domain]: 'fails' });
	expect(failing.said).toContain('The DNS gave no answer about letters.example');
	expect(failing.said).not.toContain('missing');
	expect(failing.status).toBe(2);
	const wrong = await run(good, 'not a domain');
	expect(wrong.said).toContain('Usage: npm run mail-check');
	expect(wrong.status).toBe(2);
});

const found = async (zone: Zone, selector = 's1') => {
	const lookUp = lookUpBy(await serveZone({ ...good, ...zone }));
	const all = [
		await checkSpf(lookUp, domain),
		await checkDkim(lookUp, domain, selector),
		await checkDmarc(lookUp, domain),
	];
	return all.filter((one) => !one.good).map(({ name, says }) => `${name}: ${says}`);
};
const includes = (from: number, count: number) =>
	Object.fromEntries(
		Array.from({ length: count }, (_, i) => [`i${from + i}.example`, [`v=spf1 include:i${from + i + 1}.example -all`]]),
	);

test.each<[string, Zone, RegExp]>([
	['two SPF records', { [domain]: ['v=spf1 -all', 'v=spf1 mx -all'] }, /^SPF: There are 2/],
	['one that lets everybody send', { [domain]: ['v=spf1 mx all'] }, /^SPF: It lets everybody send/],
	['one without an end', { [domain]: ['v=spf1 mx'] }, /^SPF: It does not say that other servers/],
	[
		'one of too many look-ups',
		{ [domain]: ['v=spf1 include:i1.example -all'], ...includes(1, 12) },
		/^SPF: .*more than 10/,
	],
	[
		'one that includes itself',
		{ [domain]: [`v=spf1 include:${domain} ${'a '.repeat(10)}-all`] },
		/^SPF: .*more than 10/,
	],
	['a revoked key', { [`s1._domainkey.${domain}`]: ['v=DKIM1; p='] }, /^DKIM: This key is revoked/],
	[
		'half of a key',
		{ [`s1._domainkey.${domain}`]: [`v=DKIM1; p=${rsa(2048).slice(0, 200)}`] },
		/^DKIM: This is no RSA key/,
	],
	['a short key', { [`s1._domainkey.${domain}`]: [`p=${rsa(1024)}`] }, /^DKIM: The key has 1024 bits/],
	['a key on trial', { [`s1._domainkey.${domain}`]: [`v=DKIM1; t=s:y; p=${rsa(2048)}`] }, /^DKIM: .*t=y/],
	[
		'half of an Ed25519 key',
		{ [`s1._domainkey.${domain}`]: ['v=DKIM1; k=ed25519; p=AAAA'] },
		/^DKIM: This is no Ed25519/,
	],
	['two DMARC records', { [`_dmarc.${domain}`]: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }, /^DMARC: There are 2/],
	[
		'a DMARC record without a policy',
		{ [`_dmarc.${domain}`]: ['v=DMARC1; rua=mailto:x@y.example'] },
		/^DMARC: It has no policy/,
	],
])('%s', async (_, zone, says) => {
	const wrong = await found(zone);
	expect(wrong).toHaveLength(1);
	expect(wrong[0]).toMatch(says);
});

test('the policy of a domain above holds for what is below; a redirect ends an SPF record; an Ed25519 key is a key', async () => {
	const { publicKey } = generateKeyPairSync('ed25519');
	const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
	const below = `mail.${domain}`;
	const lookUp = lookUpBy(
		await serveZone({
			...good,
			[below]: [`v=spf1 redirect=${domain}`],
			[`s2._domainkey.${below}`]: [`v=DKIM1; k=ed25519; p=${raw}`],
			[`_dmarc.${domain}`]: ['v=DMARC1; p=none; sp=quarantine'],
		}),
	);
	expect((await checkSpf(lookUp, below)).says).toContain('One record, 4 of');
	expect((await checkDkim(lookUp, below, 's2')).good).toBe(true);
	expect((await checkDmarc(lookUp, below)).says).toContain(`_dmarc.${domain}, with the policy quarantine.`);
	expect((await checkDmarc(lookUp, domain)).says).toContain('p=none');
});
