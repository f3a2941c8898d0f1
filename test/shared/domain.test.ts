import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { domainSchema } from '../../shared/charter.ts';
import { checkDomain } from '../../shared/domain.ts';
import { faultOf } from '../support/fault-of.ts';

test.each([
	['OceanParcel.Example', 'oceanparcel.example'],
	['mail.ocean-parcel.co.uk', 'mail.ocean-parcel.co.uk'],
	['3m.com', '3m.com'],
	// Real employers that are near to a provider's name, or bear one beside another.
	['grange.fr', 'grange.fr'],
	['libera.it', 'libera.it'],
	['verizon.com', 'verizon.com'],
	['yahooinc.com', 'yahooinc.com'],
	['yandex-team.ru', 'yandex-team.ru'],
	['outlook.northwind.example', 'outlook.northwind.example'],
	['company.test', 'company.test'],
	[`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
])('%s is taken, in lower case, and fits a charter', (typed, domain) => {
	expect(checkDomain(typed)).toBe(domain);
	expect(v.is(domainSchema, domain)).toBe(true);
});

describe('refused', () => {
	test.each([
		['gmail.com', 'domain-public'],
		['GMX.de', 'domain-public'],
		['mail.yahoo.com', 'domain-public'],
		['mailinator.com', 'domain-disposable'],
		['x.yopmail.com', 'domain-disposable'],
		['gmai1.com', 'domain-look-alike'],
		['mail.grnail.com', 'domain-look-alike'],
		['yah0o.co.uk', 'domain-look-alike'],
		['hotmial.com', 'domain-look-alike'],
		['outlok.com', 'domain-look-alike'],
		['gmail.co', 'domain-look-alike'],
		['hotmail.be', 'domain-look-alike'],
		['yahoo.com.br', 'domain-look-alike'],
		['ma1linator.com', 'domain-look-alike'],
		['оceanparcel.example', 'domain-not-ascii'],
		['ban\u212a.example', 'domain-not-ascii'],
		['ocean。example', 'domain-not-ascii'],
		['xn--ceanparcel-1ij.example', 'domain-not-ascii'],
		['mail.XN--ceanparcel-1ij.example', 'domain-not-ascii'],
		['192.168.1.1', 'domain-format'],
		['[::1]', 'domain-format'],
		['localhost', 'domain-format'],
		['example', 'domain-format'],
		['ocean..example', 'domain-format'],
		['ocean.example.', 'domain-format'],
		['.ocean.example', 'domain-format'],
		['-ocean.example', 'domain-format'],
		['ocean-.example', 'domain-format'],
		['oc_ean.example', 'domain-format'],
		['@ocean.example', 'domain-format'],
		['kim@ocean.example', 'domain-format'],
		['https://ocean.example', 'domain-format'],
		['*.ocean.example', 'domain-format'],
		['ocean.example\n', 'domain-format'],
		[' ocean.example', 'domain-format'],
		['', 'domain-format'],
		[`${'a'.repeat(64)}.example`, 'domain-format'],
		[`${'a.'.repeat(126)}example`, 'domain-format'],
	])('%s: %s', async (typed, code) => {
		expect(await faultOf(() => checkDomain(typed))).toBe(code);
	});
});
