import { beforeAll, describe, expect, test } from 'vitest';
import { newId, randomBytes } from '../../shared/bytes.ts';
import { checkChain } from '../../shared/chain.ts';
import { fingerprint, readTextDocument, textHash, writeCharter, writeTextDocument } from '../../shared/charter.ts';
import { organizerKeys } from '../../shared/keys.ts';
import { amend, approveAll, makeLetter, publicRsa, RSA, type TestLetter } from '../support/charter.ts';
import { faultOf, placeOf } from '../support/fault-of.ts';

const OTHER_TEXT = writeTextDocument({
	...readTextDocument(
		'{"title":"t","addressees":"","language":"en","text":"Three people, not two.","references":[],"translations":[]}',
	),
});

let letter: TestLetter;
beforeAll(async () => {
	letter = await makeLetter(3, 2);
});

describe('a first charter', () => {
	test('holds with the approvals of all', async () => {
		const checked = await checkChain(letter.root, letter.chain);
		expect(checked.root).toBe(letter.root);
		expect(checked.fingerprint).toBe(letter.root);
		expect(checked.charter).toEqual(letter.charter);
		expect((await checkChain(null, letter.chain)).root).toBe(letter.root);
	});

	test('of another letter is not that of the link', async () => {
		const other = await makeLetter();
		expect(await faultOf(() => checkChain(letter.root, other.chain))).toBe('chain-root');
	});

	test('needs every organizer', async () => {
		const approvals = [letter.chain.approvals[0]?.slice(1) ?? []];
		expect(await faultOf(() => checkChain(letter.root, { ...letter.chain, approvals }))).toBe('approval-missing');
	});

	test('counts one organizer once', async () => {
		const [first, second] = letter.chain.approvals[0] ?? [];
		const approvals = [[first!, second!, second!]];
		expect(await faultOf(() => checkChain(letter.root, { ...letter.chain, approvals }))).toBe('approval-twice');
	});

	test('with an approval of another kind does not hold', async () => {
		const approvals = [await approveAll(letter.organizers, 'amendment', letter.root, letter.root)];
		expect(await faultOf(() => checkChain(letter.root, { ...letter.chain, approvals }))).toBe('approval-invalid');
	});

	test('with a changed organizer key has another fingerprint', async () => {
		const charter = structuredClone(letter.charter);
		charter.organizers[0]!.key = (await organizerKeys(randomBytes(32))).key;
		const charters = [writeCharter(charter)];
		expect(await faultOf(() => checkChain(letter.root, { ...letter.chain, charters }))).toBe('chain-root');
		// And by itself it lacks the approvals that were made for the other.
		expect(await faultOf(() => checkChain(null, { ...letter.chain, charters }))).toBe('approval-invalid');
	});

	test('with a short issuer key is refused even when all approved it', async () => {
		const groups = structuredClone(letter.charter.groups);
		groups[0]!.issuer = publicRsa(RSA.short);
		const bad = await makeLetter(3, 2, { groups });
		expect(await faultOf(() => checkChain(bad.root, bad.chain))).toBe('issuer-key');
		groups[0]!.issuer = { ...publicRsa(RSA.a), e: 'Aw' };
		const worse = await makeLetter(3, 2, { groups });
		expect(await faultOf(() => checkChain(worse.root, worse.chain))).toBe('issuer-key');
	});

	test('that names a predecessor is none', async () => {
		const bad = await makeLetter(3, 2, { previous: letter.root });
		expect(await faultOf(() => checkChain(bad.root, bad.chain))).toBe('chain-previous');
	});

	test('needs its text', async () => {
		expect(await faultOf(() => checkChain(letter.root, { ...letter.chain, texts: [OTHER_TEXT] }))).toBe('chain-text');
		expect(await faultOf(() => checkChain(letter.root, { ...letter.chain, texts: [] }))).toBe('chain-text');
	});
});

describe('an amendment', () => {
	test('changes the text and the date with M approvals', async () => {
		const change = { text: await textHash(OTHER_TEXT), closesAt: '2027-04-01T12:00:00Z', headcounts: [] };
		const chain = await amend(letter, change, [OTHER_TEXT], letter.organizers.slice(1));
		const checked = await checkChain(letter.root, chain);
		expect(checked.charter.closesAt).toBe('2027-04-01T12:00:00Z');
		expect(checked.text.text).toBe('Three people, not two.');
		expect(checked.fingerprint).toBe(await fingerprint(chain.charters[1] ?? ''));
		expect(checked.first).toEqual(letter.charter);
	});

	test('needs M', async () => {
		const chain = await amend(letter, { headcounts: [] }, [], letter.organizers.slice(2));
		expect(await faultOf(() => checkChain(letter.root, chain))).toBe('approval-missing');
		expect(await placeOf(() => checkChain(letter.root, chain))).toContain('charter 2');
	});

	test('names the charter before it', async () => {
		const chain = await amend(letter, { previous: newIdOf32() });
		expect(await faultOf(() => checkChain(letter.root, chain))).toBe('chain-previous');
	});

	const forbidden: [
		string,
		(letter: TestLetter) => Partial<TestLetter['charter']> | Promise<Partial<TestLetter['charter']>>,
	][] = [
		['letter', () => ({ letter: newId() })],
		[
			'groups',
			(l) => ({ groups: l.charter.groups.map((g, i) => (i === 0 ? { ...g, domains: ['evil.example'] } : g)) }),
		],
		['labels', () => ({ labels: ['Boss'] })],
		['threshold', () => ({ threshold: 3 })],
		['advice', () => ({ advice: 'Ask me.' })],
		['lastCallHours', () => ({ lastCallHours: 1 })],
		['expiresOn', () => ({ expiresOn: '2028-01-01T00:00:00Z' })],
		['smallestCell', () => ({ smallestCell: 2 })],
		['codeOnly', () => ({ codeOnly: true })],
		['origin', () => ({ origin: 'https://evil.example' })],
		['host', (l) => ({ host: { ...l.charter.host, x: newIdOf32() } })],
		['organizers', (l) => ({ organizers: l.charter.organizers.map((o) => ({ ...o, name: `${o.name}!` })) })],
	];
	test.each(forbidden)('may not change %s', async (field, change) => {
		const chain = await amend(letter, await change(letter));
		expect(await faultOf(() => checkChain(letter.root, chain))).toBe('chain-changed');
		expect(await placeOf(() => checkChain(letter.root, chain))).toBe(`charter 2: ${field}`);
	});

	test('may not close past the end', async () => {
		const chain = await amend(letter, { closesAt: '2027-10-01T12:00:00Z' });
		expect(await faultOf(() => checkChain(letter.root, chain))).toBe('charter-dates');
	});

	test('comes in the order in which it was made', async () => {
		const once = await amend(letter, { headcounts: [] });
		const charters = once.charters.toReversed();
		expect(await faultOf(() => checkChain(null, { ...once, charters }))).not.toBe('none');
	});

	test('keeps the text, listed once, or has one that never stood: signatures on it would count again by themselves', async () => {
		const text = await textHash(OTHER_TEXT);
		const second = await amend(letter, { text }, [OTHER_TEXT]);
		const third = await amend({ ...letter, chain: second }, { text, headcounts: [] });
		expect((await checkChain(letter.root, third)).text.text).toBe('Three people, not two.');
		const twice = { ...third, texts: [...third.texts, third.texts[1] ?? ''] };
		expect(await faultOf(() => checkChain(letter.root, twice))).toBe('chain-text');
		const back = await amend({ ...letter, chain: second }, {});
		await expect(checkChain(letter.root, back)).rejects.toThrow('This text stood before');
	});
});

function newIdOf32(): string {
	return `${newId()}${newId()}`.slice(0, 42).concat('A');
}
