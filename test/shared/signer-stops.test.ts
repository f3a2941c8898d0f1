/** A letter that is not what it should be stops the signer's client before it makes a key or sends anything. */
import { beforeAll, describe, expect, test } from 'vitest';
import { approve } from '../../shared/approval.ts';
import { b64u, newId, randomBytes } from '../../shared/bytes.ts';
import type { Chain } from '../../shared/chain.ts';
import { type Charter, fingerprint, writeCharter } from '../../shared/charter.ts';
import type { Call } from '../../shared/client/call.ts';
import { memoryKeep } from '../../shared/client/keep.ts';
import { Signer, WithoutFingerprint } from '../../shared/client/signer.ts';
import { writeRecord } from '../../shared/client/signer-record.ts';
import { organizerKeys } from '../../shared/keys.ts';
import { wordsFromSeed } from '../../shared/words.ts';
import { makeLetter, publicRsa, RSA, type TestLetter } from '../support/charter.ts';
import { faultOf } from '../support/fault-of.ts';

const LINK = 'A'.repeat(22);
let letter: TestLetter;
beforeAll(async () => {
	letter = await makeLetter();
});

/** A server that shows this chain, and a signer whose device and requests the test can look at. */
function visit(chain: Chain) {
	const calls: string[] = [];
	const call: Call = async (method, path) => {
		calls.push(`${method} ${path}`);
		if (path === '/api/confirmations') return { confirmation: newId() };
		if (path === '/api/signatures/own') return { state: 'none' };
		// Not the blind signature that belongs to the request.
		if (path === '/api/proofs') {
			return { group: letter.mailbox.id, blindSignature: b64u(randomBytes(384)), attestation: null };
		}
		const counts = { atLeast: { signatures: 0, named: 0 }, enoughAnonymous: [], restored: null };
		const dates = { lastCallUntil: null, releaseAt: null, slug: null };
		return { letter: letter.charter.letter, state: 'open', now: '2027-01-01T00:00:00Z', chain, ...counts, ...dates };
	};
	const keep = memoryKeep();
	return { calls, keep, signer: new Signer({ call, keep, now: () => new Date('2027-01-01T00:00:00Z') }) };
}

/** All organizers approve another charter, as they would if all of them were in on it; or the last keys given do. */
async function approved(change: Partial<Charter>, by = letter.organizers): Promise<{ chain: Chain; root: string }> {
	const source = writeCharter({ ...letter.charter, ...change });
	const root = await fingerprint(source);
	const approvals = await Promise.all(
		by.map(async ({ id, secrets }) => ({
			organizer: id,
			authenticator: await approve(secrets.approval, 'charter', root, root),
		})),
	);
	return { root, chain: { ...letter.chain, charters: [source], approvals: [approvals] } };
}

const withIssuer = (issuer: Charter['groups'][number]['issuer']) =>
	approved({ groups: letter.charter.groups.map((group, i) => (i === 0 ? { ...group, issuer } : group)) });

async function expectStop(chain: Chain, root: string, code: string): Promise<void> {
	const { signer, keep, calls } = visit(chain);
	expect(await faultOf(() => signer.open(LINK, root))).toBe(code);
	expect(await keep.names()).toEqual([]);
	expect(calls).toEqual([`GET /api/links/${LINK}`]);
}

describe('the signer’s client', () => {
	test('opens what holds, and remembers its root but makes no key', async () => {
		const { signer, keep } = visit(letter.chain);
		expect((await signer.open(LINK, letter.root)).standing?.root).toBe(letter.root);
		expect((await signer.record()).seed).toBeNull();
		expect((await signer.open(LINK, null)).root).toBe(letter.root);
		expect((await signer.openLetter(letter.charter.letter)).root).toBe(letter.root);
		await signer.forget();
		expect(await keep.names()).toEqual([]);
	});

	test('asks for nothing without a fingerprint', async () => {
		const { signer, calls } = visit(letter.chain);
		await expect(signer.open(LINK, null)).rejects.toBeInstanceOf(WithoutFingerprint);
		expect(calls).toEqual([]);
	});

	test('stops at a wrong fingerprint', async () => {
		await expectStop(letter.chain, `${'B'.repeat(42)}A`, 'chain-root');
	});

	test('stops at an issuer key of 2048 bits, though all organizers approved it', async () => {
		const { chain, root } = await withIssuer(publicRsa(RSA.short));
		await expectStop(chain, root, 'issuer-key');
	});

	test('stops at e = 3', async () => {
		const { chain, root } = await withIssuer({ ...publicRsa(RSA.a), e: 'Aw' });
		await expectStop(chain, root, 'issuer-key');
	});

	test('stops at a changed organizer key, under the old link and under a new one', async () => {
		const secrets = await organizerKeys(randomBytes(32));
		const organizers = letter.charter.organizers.map((one, i) => (i === 0 ? { ...one, key: secrets.key } : one));
		const { chain, root } = await approved({ organizers });
		await expectStop(chain, letter.root, 'chain-root');
		await expectStop(chain, root, 'approval-invalid');
	});

	test('stops at another text, and at another letter under its id', async () => {
		const texts = [letter.chain.texts[0]?.replace('two people', 'one person') ?? ''];
		await expectStop({ ...letter.chain, texts }, letter.root, 'chain-text');
		const other = await makeLetter();
		await expectStop(other.chain, other.root, 'chain-root');
	});

	test('drops everything when the credential is not the issuer’s, and does not ask again', async () => {
		const { signer, keep, calls } = visit(letter.chain);
		await signer.open(LINK, letter.root);
		await signer.appear({ shown: 'anonymous', label: null, condition: null });
		await signer.askForCode('kim.doe@oceanparcel.example');
		expect(await faultOf(() => signer.proveByCode('12345678'))).toBe('issuer-dishonest');
		expect(await keep.names()).toEqual([]);
		expect(await signer.resume()).toBe(false);
		expect(calls.filter((call) => call === 'POST /api/proofs')).toHaveLength(1);
	});

	test('keeps the key of a signature that stands when the server betrays the step to a name', async () => {
		const { signer, keep } = visit(letter.chain);
		await signer.open(LINK, letter.root);
		const blank = await signer.record();
		const proved = { group: letter.mailbox.id, credential: b64u(randomBytes(416)), attestation: null };
		const signed = { shown: 'anonymous' as const, text: letter.charter.text };
		await writeRecord(keep, { ...blank, seed: b64u(randomBytes(16)), proved, signed, turn: 1 });
		const words = await signer.words();
		await signer.appear({ shown: 'named', name: 'Kim Doe', title: '', condition: null });
		await signer.askForCode('kim.doe@oceanparcel.example');
		expect(await faultOf(() => signer.proveByCode('12345678'))).toBe('attestation-invalid');
		expect(await signer.words()).toEqual(words);
		expect(await signer.record()).toMatchObject({ signed, turn: 1, proving: null, asked: null, address: null });
	});

	test('stops at a second fingerprint for a letter that it knows', async () => {
		const { signer, keep, calls } = visit(letter.chain);
		await signer.open(LINK, letter.root);
		const other = await approved({ advice: 'Ask the company.' });
		const there = visit(other.chain);
		for (const name of await keep.names()) await there.keep.write(name, (await keep.read(name)) ?? '');
		expect(await faultOf(() => there.signer.open('B'.repeat(22), other.root))).toBe('chain-root');
		expect(await faultOf(() => there.signer.open(LINK, other.root))).toBe('chain-root');
		expect(await there.keep.names()).toEqual(await keep.names());
		expect(calls).toHaveLength(1);
	});

	test('keeps its own key when words are typed that nobody signed with', async () => {
		const { signer, keep } = visit(letter.chain);
		await signer.open(LINK, letter.root);
		await writeRecord(keep, { ...(await signer.record()), seed: b64u(randomBytes(16)), turn: 1 });
		const words = await signer.words();
		const others = wordsFromSeed(randomBytes(16)).join(' ');
		expect(await faultOf(() => signer.useWords(others))).toBe('words-unknown');
		expect(await signer.words()).toEqual(words);
	});
});
