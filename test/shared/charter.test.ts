import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/bytes.ts';
import {
	type Charter,
	checkCharter,
	checkIssuer,
	fingerprint,
	readCharter,
	readTextDocument,
	shownFingerprint,
	writeCharter,
} from '../../shared/charter.ts';
import { flipBit, makeLetter, publicRsa, RSA, TEXT, type TestLetter } from '../support/charter.ts';
import { faultOf } from '../support/fault-of.ts';

let letter: TestLetter;
beforeAll(async () => {
	letter = await makeLetter();
});

test('a charter is read as it was written', () => {
	const source = letter.chain.charters[0] ?? '';
	expect(writeCharter(readCharter(source))).toBe(source);
	checkCharter(readCharter(source));
	expect(readTextDocument(TEXT).title).toBe('For a safe night shift');
});

test('a flipped bit is refused or gives another fingerprint', async () => {
	const source = letter.chain.charters[0] ?? '';
	await fc.assert(
		fc.asyncProperty(fc.nat({ max: source.length * 8 - 1 }), async (at) => {
			const flipped = flipBit(source, at);
			return flipped === null || (await fingerprint(flipped)) !== letter.root;
		}),
	);
});

test('a fingerprint is shown in groups of four', () => {
	expect(shownFingerprint(letter.root)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
});

describe('the issuer key', () => {
	const good = publicRsa(RSA.a);
	test('has 3072 bits and e = 65537', () => checkIssuer(good));
	test.each([
		['2048 bits', publicRsa(RSA.short)],
		['e = 3', { ...good, e: 'Aw' }],
		['e = 65537 with a zero before it', { ...good, e: 'AAEAAQ' }],
		['a zero byte before the modulus', { ...good, n: `AA${good.n.slice(2)}` }],
		['a longer modulus', { ...good, n: `${good.n}AAAA` }],
		['an even modulus', { ...good, n: `${good.n.slice(0, -1)}A` }],
	])('with %s is refused', async (_, jwk) => {
		expect(await faultOf(() => checkIssuer(jwk))).toBe('issuer-key');
	});
});

describe('what a schema cannot say', () => {
	const cases: [string, string, (charter: Charter) => unknown][] = [
		['two groups with one domain', 'charter-duplicate', (c) => c.groups.push({ ...c.groups[0]!, id: newId() })],
		['one domain twice', 'charter-duplicate', (c) => c.groups[0]!.domains.push('op.example')],
		[
			'two groups with one issuer',
			'charter-duplicate',
			(c) => Object.assign(c.groups[1]!, { issuer: c.groups[0]!.issuer }),
		],
		[
			'two groups with one attester',
			'charter-duplicate',
			(c) => Object.assign(c.groups[1]!, { attester: c.groups[0]!.attester }),
		],
		['one group id twice', 'charter-duplicate', (c) => Object.assign(c.groups[1]!, { id: c.groups[0]!.id })],
		['one organizer twice', 'charter-duplicate', (c) => Object.assign(c.organizers[1]!, { id: c.organizers[0]!.id })],
		[
			'two organizers with one key',
			'charter-duplicate',
			(c) => Object.assign(c.organizers[1]!, { key: c.organizers[0]!.key }),
		],
		[
			'a sealing key that is a host key',
			'charter-duplicate',
			(c) => Object.assign(c.organizers[1]!, { sealing: c.host.x }),
		],
		['a label twice', 'charter-duplicate', (c) => c.labels.push('Nurse')],
		['a headcount twice', 'charter-duplicate', (c) => c.headcounts.push(c.headcounts[0]!)],
		[
			'a headcount of no group',
			'charter-headcount',
			(c) => c.headcounts.push({ group: newId(), count: 1, source: 's' }),
		],
		['a mailbox group without domains', 'charter-group', (c) => Object.assign(c.groups[0]!, { domains: [] })],
		['a mailbox group with a limit', 'charter-group', (c) => Object.assign(c.groups[0]!, { limit: 5 })],
		['a voucher group without a limit', 'charter-group', (c) => Object.assign(c.groups[1]!, { limit: null })],
		['a voucher group with a domain', 'charter-group', (c) => c.groups[1]!.domains.push('drivers.example')],
		['a short issuer key', 'issuer-key', (c) => Object.assign(c.groups[0]!, { issuer: publicRsa(RSA.short) })],
		['a threshold past all', 'charter-threshold', (c) => Object.assign(c, { threshold: 4 })],
		['an end before the last call', 'charter-dates', (c) => Object.assign(c, { expiresOn: '2027-03-03T11:59:59Z' })],
	];
	test.each(cases)('%s: %s', async (_, code, change) => {
		const charter = structuredClone(letter.charter);
		change(charter);
		expect(await faultOf(() => checkCharter(readCharter(writeCharter(charter))))).toBe(code);
	});

	test('half of the organizers are no majority', async () => {
		const four = await makeLetter(4, 2);
		expect(await faultOf(() => checkCharter(four.charter))).toBe('charter-threshold');
	});
});

test.each([
	['domains', ['Ocean.example']],
	['domains', ['xn--ocan-epa.example']],
	['domains', ['example']],
	['domains', ['ocean..example']],
	['domains', ['ocean.example.']],
	['domains', ['оcean.example']],
])('a charter with %s %j has not the form', async (field, value) => {
	const charter = structuredClone(letter.charter);
	Object.assign(charter.groups[0]!, { [field]: value });
	expect(await faultOf(() => writeCharter(charter))).toBe('document-form');
});

test.each([
	'ftp://letters.example',
	'https://letters.example/',
	'https://u@letters.example',
	'https://Letters.example',
	'https://a.example:0',
])('the origin %s has not the form', async (origin) => {
	expect(await faultOf(() => writeCharter({ ...letter.charter, origin }))).toBe('document-form');
});
