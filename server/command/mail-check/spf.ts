/** SPF (RFC 7208): which servers may send mail in the name of a domain. */
import type { LookUp } from './dns.ts';
import type { Finding } from './finding.ts';

/** Section 4.6.4: receivers give up past so many. */
const MOST_LOOKUPS = 10;
const ASKS = /^[+?~-]?(include:|a(?=[:/]|$)|mx(?=[:/]|$)|ptr(?=:|$)|exists:)|^redirect=/;

const isSpf = (record: string) => /^v=spf1( |$)/i.test(record);
const termsOf = (record: string) => record.toLowerCase().split(/\s+/).slice(1);

export async function checkSpf(lookUp: LookUp, domain: string): Promise<Finding> {
	const records = (await lookUp(domain)).filter(isSpf);
	const [record] = records;
	if (record === undefined) {
		return bad(
			`There is none: a receiver cannot tell whether your relay may send for ${domain}, and many take such mail for spam. Publish a TXT record at ${domain}, with what your relay’s operator says to include.`,
			'v=spf1 include:relay.example -all',
		);
	}
	if (records.length > 1) {
		const says = `There are ${records.length} at ${domain}, so receivers take none of them (RFC 7208, section 4.5). Join them into one.`;
		return bad(says, records.join('\n'));
	}
	const all = endOf(record);
	if (all === '+') return bad('It lets everybody send in your name. Let it end in -all.', record);
	if (all === null || all === '?') {
		return bad(
			'It does not say that other servers may not send. Let it end in -all, or in ~all while you try it out.',
			record,
		);
	}
	const lookups = await countLookups(lookUp, record, new Set([domain]));
	if (lookups > MOST_LOOKUPS) {
		return bad(`Reading it takes more than ${MOST_LOOKUPS} look-ups, so receivers give up. Include less.`, record);
	}
	return {
		name: 'SPF',
		good: true,
		says: `One record, ${lookups} of at most ${MOST_LOOKUPS} look-ups. Whether your relay is among its servers shows in a mail that you send yourself: look for spf=pass in its header.`,
		record,
	};
}

const bad = (says: string, record: string): Finding => ({ name: 'SPF', good: false, says, record });

/** The qualifier of `all`; `-` for a redirect, which ends as another record does; null for none. */
function endOf(record: string): string | null {
	const terms = termsOf(record);
	const all = terms.find((term) => /^[+?~-]?all$/.test(term));
	if (all !== undefined) return all.length === 3 ? '+' : (all[0] ?? '+');
	return terms.some((term) => term.startsWith('redirect=')) ? '-' : null;
}

/** Through what it includes; stops once there are too many, and where a record includes itself. */
async function countLookups(lookUp: LookUp, record: string, seen: Set<string>): Promise<number> {
	let count = 0;
	for (const term of termsOf(record)) {
		if (!ASKS.test(term)) continue;
		count += 1;
		const [, name] = /^(?:[+?~-]?include:|redirect=)(.+)$/.exec(term) ?? [];
		if (name === undefined || name.includes('%') || seen.has(name) || seen.size > MOST_LOOKUPS) continue;
		seen.add(name);
		const included = (await lookUp(name)).find(isSpf);
		if (included !== undefined) count += await countLookups(lookUp, included, seen);
	}
	return count;
}
