/** DMARC (RFC 7489): what receivers do with mail in the name of a domain that neither SPF nor DKIM vouches for. */
import type { LookUp } from './dns.ts';
import type { Finding } from './finding.ts';
import { tagsOf } from './tags.ts';

const POLICIES = ['none', 'quarantine', 'reject'];

export async function checkDmarc(lookUp: LookUp, domain: string): Promise<Finding> {
	const found = await findRecords(lookUp, domain);
	if (found === null) {
		return bad(
			`There is none: anybody can write in the name of ${domain}, and large providers put mail without it aside. Publish a TXT record at _dmarc.${domain}; begin with p=none, and make it p=reject once SPF and DKIM pass.`,
			'v=DMARC1; p=none',
		);
	}
	const { at, records } = found;
	const [record = ''] = records;
	if (records.length > 1) {
		return bad(
			`There are ${records.length} at _dmarc.${at}, so receivers take none of them. Leave one.`,
			records.join('\n'),
		);
	}
	const tags = tagsOf(record);
	const policy = (at === domain ? tags.get('p') : (tags.get('sp') ?? tags.get('p')))?.toLowerCase() ?? '';
	if (!POLICIES.includes(policy)) return bad('It has no policy: p= must be none, quarantine or reject.', record);
	const weak =
		policy === 'none'
			? ' It asks receivers to let forged mail pass, too (p=none): make it p=reject once SPF and DKIM pass for your own.'
			: '';
	return { name: 'DMARC', good: true, says: `A record at _dmarc.${at}, with the policy ${policy}.${weak}`, record };
}

const bad = (says: string, record: string): Finding => ({ name: 'DMARC', good: false, says, record });

/** Of the domain itself, else of the nearest above it that has any: where RFC 7489 (section 6.6.3) wants the organizational domain, walking up finds it without a list of suffixes. */
async function findRecords(lookUp: LookUp, domain: string): Promise<{ at: string; records: string[] } | null> {
	for (let at = domain; at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
		const records = (await lookUp(`_dmarc.${at}`)).filter((record) => /^v\s*=\s*DMARC1\s*(;|$)/i.test(record));
		if (records.length > 0) return { at, records };
	}
	return null;
}
