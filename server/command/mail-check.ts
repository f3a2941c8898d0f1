/**
 * `npm run mail-check -- [DOMAIN] [--selector S]`: whether receivers can tell that this host’s mail is its own. Reads DNS, sends nothing. Ends with 0 when
 * all is there, 1 when something is missing or could not be looked at, 2 when there was no answer or it was asked wrongly.
 */
import { parseArgs } from 'node:util';
import { checkDkim } from './mail-check/dkim.ts';
import { checkDmarc } from './mail-check/dmarc.ts';
import { lookUpBy, NoAnswer } from './mail-check/dns.ts';
import type { Finding } from './mail-check/finding.ts';
import { checkSpf } from './mail-check/spf.ts';

const USAGE = `Usage: npm run mail-check -- [DOMAIN] [--selector S] [--dns ADDRESS:PORT]
DOMAIN is what stands behind the @ of MAIL_FROM; without it, MAIL_FROM is read.
--selector is the one under which your relay signs (s= in a mail’s DKIM-Signature).
--dns asks that server, in place of this machine’s own (also: MAIL_CHECK_DNS).`;

class UsageError extends Error {}

await main(process.argv.slice(2));

async function main(args: string[]): Promise<void> {
	try {
		const { domain, selector, dns } = readArguments(args);
		const lookUp = lookUpBy(dns);
		const findings = [
			await checkSpf(lookUp, domain),
			await checkDkim(lookUp, domain, selector),
			await checkDmarc(lookUp, domain),
		];
		console.log(`Mail from ${domain}\n\n${findings.map(shown).join('\n\n')}`);
		process.exitCode = findings.every(({ good }) => good) ? 0 : 1;
	} catch (failure) {
		if (!(failure instanceof UsageError || failure instanceof NoAnswer)) throw failure;
		console.error(failure.message);
		if (failure instanceof UsageError) console.error(USAGE);
		process.exitCode = 2;
	}
}

function shown({ name, good, says, record }: Finding): string {
	const lines = (record ?? '').split('\n').filter(Boolean);
	return [`${good ? 'ok     ' : 'missing'}  ${name}: ${says}`, ...lines.map((line) => `         ${line}`)].join('\n');
}

function readArguments(args: string[]): { domain: string; selector: string | undefined; dns: string | undefined } {
	const { positionals, selector, dns = process.env.MAIL_CHECK_DNS } = parse(args);
	const given = positionals[0] ?? process.env.MAIL_FROM?.split('@')[1];
	if (given === undefined || positionals.length > 1) throw new UsageError('Name one domain, or set MAIL_FROM.');
	const domain = given.trim().toLowerCase();
	const label = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
	if (!new RegExp(`^${label}(\\.${label})+$`).test(domain) || domain.length > 253)
		throw new UsageError(`“${given}” is no domain.`);
	if (selector !== undefined && !new RegExp(`^${label}(\\.${label})*$`, 'i').test(selector))
		throw new UsageError(`“${selector}” is no selector.`);
	if (dns !== undefined && !/^([\d.]+|\[[\da-fA-F:.]+\])(:\d{1,5})?$/.test(dns))
		throw new UsageError('--dns: give an address and a port, such as 127.0.0.1:5353.');
	return { domain, selector, dns };
}

function parse(args: string[]) {
	try {
		const { values, positionals } = parseArgs({
			args,
			allowPositionals: true,
			options: { selector: { type: 'string' }, dns: { type: 'string' } },
		});
		return { positionals, ...values };
	} catch (failure) {
		throw new UsageError(failure instanceof Error ? failure.message : String(failure));
	}
}
