import { beforeAll, describe, expect, test } from 'vitest';
import { verifyAttestation } from '../../shared/attestation.ts';
import { b64u, newId, randomBytes } from '../../shared/bytes.ts';
import { checkContents, openSealed, openShare } from '../../shared/sealed-name.ts';
import { checkSignature, type SignatureRequest } from '../../shared/sign.ts';
import { readStatement, type Statement, signStatement, writeStatement } from '../../shared/statement.ts';
import { issue, makeLetter, RSA, type SignOptions, sign, type TestLetter } from '../support/charter.ts';
import { faultOf } from '../support/fault-of.ts';

let letter: TestLetter;
let other: TestLetter;
beforeAll(async () => {
	[letter, other] = [await makeLetter(), await makeLetter()];
});
const check = (request: SignatureRequest, under = letter) =>
	faultOf(() => checkSignature(under.charter, under.root, request));

const kinds: [string, SignOptions][] = [
	['named, with a mailbox', { name: 'Zoë Ångström', title: 'Driver' }],
	['named, with a voucher', { in: 'voucher', name: 'Kim Doe', condition: { named: 3 } }],
	['anonymous, with a label', { label: 'Nurse', condition: { signatures: 100 } }],
	['anonymous, without', { in: 'voucher' }],
];

describe.each(kinds)('a signature %s', (_, options) => {
	test('holds', async () => {
		const { request } = await sign(letter, options);
		const statement = await checkSignature(letter.charter, letter.root, request, new Map());
		expect(statement.shown).toBe(options.name === undefined ? 'anonymous' : 'named');
		expect(statement.condition).toEqual(options.condition ?? null);
	});

	test('is opened by M organizers and is what was committed to', async () => {
		const { request, keys } = await sign(letter, options);
		const statement = readStatement(request.statement);
		const { root } = letter;
		const shares = await Promise.all(
			letter.organizers.slice(1).map(async ({ id, secrets }) => ({
				organizer: id,
				share: await openShare(request.sealed, root, keys.publicKey, id, secrets.sealing),
			})),
		);
		const contents = await openSealed(request.sealed, root, keys.publicKey, shares, 2);
		const group = letter.charter.groups.find(({ id }) => id === statement.group)!;
		const attested =
			request.attestation === null
				? null
				: await verifyAttestation(group.attester, request.attestation, { root, group: group.id, key: keys.publicKey });
		await checkContents(statement, contents, attested);
		expect(contents.display?.name ?? null).toBe(options.name ?? null);
		expect(contents.label).toBe(options.label ?? '');
	});

	test('shows neither name nor label to who stores it', async () => {
		const { request } = await sign(letter, options);
		const stored = JSON.stringify(request);
		for (const secret of [options.name, options.label, options.title, 'kim.doe@'].filter((one) => one)) {
			expect(stored).not.toContain(secret);
		}
	});
});

test('what differs between named and anonymous is only what is said', async () => {
	const [a, b] = [await sign(letter, { label: 'Nurse' }), await sign(letter)];
	expect(a.request.statement.length).toBe(b.request.statement.length);
	expect(a.request.sealed.length).toBe(b.request.sealed.length);
});

describe('refused', () => {
	/** A statement changed after everything was made, and signed again by its key. */
	async function resigned(options: SignOptions, change: Partial<Statement>, rest: Partial<SignatureRequest> = {}) {
		const { request, keys } = await sign(letter, options);
		const statement = writeStatement({ ...readStatement(request.statement), ...change });
		return { ...request, statement, authenticator: await signStatement(keys.privateKey, statement), ...rest };
	}
	const named: SignOptions = { name: 'Kim Doe' };

	test('a signature of another letter', async () => {
		expect(await check((await sign(other)).request)).toBe('statement-root');
	});
	test('another text', async () => {
		expect(await check((await sign(letter, { textHash: b64u(randomBytes(32)) })).request)).toBe('statement-text');
	});
	test('an unknown group', async () => {
		expect(await check(await resigned({}, { group: newId() }))).toBe('statement-group');
	});
	test('another group than that of the credential', async () => {
		expect(await check(await resigned({}, { group: letter.voucher.id }))).toBe('credential-invalid');
	});
	test('an authenticator over another statement', async () => {
		const { request } = await sign(letter);
		const statement = request.statement.replace('"turn":1', '"turn":2');
		expect(await check({ ...request, statement })).toBe('authenticator-invalid');
	});
	test('the authenticator of another signer', async () => {
		const [a, b] = [await sign(letter), await sign(letter)];
		expect(await check({ ...a.request, authenticator: b.request.authenticator })).toBe('authenticator-invalid');
	});
	test("another signer's credential", async () => {
		const [a, b] = [await sign(letter), await sign(letter)];
		expect(await check({ ...a.request, credential: b.request.credential })).toBe('credential-invalid');
	});
	test('a credential of another issuer', async () => {
		const { request, keys } = await sign(letter);
		const credential = await issue(RSA.b, letter.root, letter.mailbox.id, keys.publicKey);
		expect(await check({ ...request, credential })).toBe('credential-invalid');
	});
	test('named without an attestation', async () => {
		expect(await check({ ...(await sign(letter, named)).request, attestation: null })).toBe('attestation-missing');
	});
	test('anonymous with an attestation', async () => {
		const { attestation } = (await sign(letter, named)).request;
		expect(await check({ ...(await sign(letter)).request, attestation })).toBe('attestation-unexpected');
	});
	test('a voucher with an attestation', async () => {
		const { attestation } = (await sign(letter, named)).request;
		const { request } = await sign(letter, { ...named, in: 'voucher' });
		expect(await check({ ...request, attestation })).toBe('attestation-unexpected');
	});
	test("another signer's attestation", async () => {
		const { attestation } = (await sign(letter, named)).request;
		expect(await check({ ...(await sign(letter, named)).request, attestation })).toBe('attestation-invalid');
	});
	test('another sealed part', async () => {
		const { sealed } = (await sign(letter)).request;
		expect(await check({ ...(await sign(letter)).request, sealed })).toBe('sealed-mismatch');
	});
	test('a sealed part for other organizers', async () => {
		const { request } = await sign({ ...letter, charter: { ...letter.charter, organizers: other.charter.organizers } });
		expect(await check(request)).toBe('sealed-form');
	});
	test('an older turn under a newer authenticator', async () => {
		const { keys, request } = await sign(letter, { turn: 1 });
		const later = await sign(letter, { keys, turn: 2 });
		expect(await check({ ...later.request, statement: request.statement })).not.toBe('none');
		expect(await check({ ...request, authenticator: later.request.authenticator })).toBe('authenticator-invalid');
	});
});
