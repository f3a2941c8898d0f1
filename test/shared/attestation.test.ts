import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
	ATTESTATION_HEADER,
	attest,
	attestationPayload,
	mailboxCommitment,
	verifyAttestation,
} from '../../shared/attestation.ts';
import { b64u, fromB64u, fromUtf8, newId, randomBytes, utf8 } from '../../shared/bytes.ts';
import { toEd25519Jwk } from '../../shared/document.ts';
import { ed25519FromSeed, type KeyPair, signBytes } from '../../shared/keys.ts';

const expected = { root: b64u(randomBytes(32)), group: newId(), key: b64u(randomBytes(32)) };
const salt = b64u(randomBytes(32));
let attester: KeyPair;
let mailbox: string;
let jws: string;
beforeAll(async () => {
	attester = await ed25519FromSeed(randomBytes(32));
	mailbox = await mailboxCommitment('kim.doe@oceanparcel.example', salt);
	jws = await attest(attester.privateKey, attestationPayload({ ...expected, mailbox }));
});
const verify = (text: string, wanted = expected, by = attester.publicKey) =>
	verifyAttestation(toEd25519Jwk(by), text, wanted);

test('it says which mailbox stands behind a key', async () => {
	expect(await verify(jws)).toEqual({ mailbox });
	const [header] = jws.split('.');
	expect(fromUtf8(fromB64u(header ?? ''))).toBe(ATTESTATION_HEADER);
	expect(jws).not.toContain(b64u(utf8('kim')));
});

test('it is for one letter, group and key, by one attester', async () => {
	expect(await verify(jws, { ...expected, root: b64u(randomBytes(32)) })).toBeNull();
	expect(await verify(jws, { ...expected, group: newId() })).toBeNull();
	expect(await verify(jws, { ...expected, key: b64u(randomBytes(32)) })).toBeNull();
	const other = await ed25519FromSeed(randomBytes(32));
	expect(await verify(jws, expected, other.publicKey)).toBeNull();
});

test('a changed character is refused', async () => {
	await fc.assert(
		fc.asyncProperty(fc.nat({ max: jws.length - 1 }), fc.constantFrom(...'AQgwz09-_=.'), async (at, character) => {
			if (jws[at] === character) return true;
			return (await verify(jws.slice(0, at) + character + jws.slice(at + 1))) === null;
		}),
	);
	expect(await verify(`${jws}.`)).toBeNull();
	expect(await verify(jws.split('.').slice(0, 2).join('.'))).toBeNull();
	expect(await verify('')).toBeNull();
});

test.each([
	['no algorithm', '{"alg":"none","typ":"undersigned-attestation"}'],
	['a key of its own', '{"alg":"EdDSA","typ":"undersigned-attestation","jwk":{}}'],
	['another type', '{"alg":"EdDSA","typ":"JWT"}'],
])('a header with %s is refused, though the attester signed it', async (_, header) => {
	const input = `${b64u(utf8(header))}.${jws.split('.')[1]}`;
	expect(await verify(`${input}.${await signBytes(attester.privateKey, utf8(input))}`)).toBeNull();
});

test('a payload that is not the one document is refused, though the attester signed it', async () => {
	const payload = attestationPayload({ ...expected, mailbox });
	for (const odd of [` ${payload}`, payload.replace('}', ',"x":1}'), '{}', 'null']) {
		expect(await verify(await attest(attester.privateKey, odd))).toBeNull();
	}
});

test('a mailbox cannot be guessed without the salt', async () => {
	expect(await mailboxCommitment('kim.doe@oceanparcel.example', salt)).toBe(mailbox);
	expect(await mailboxCommitment('kim.doe@oceanparcel.example', b64u(randomBytes(32)))).not.toBe(mailbox);
	expect(await mailboxCommitment('kim.do@oceanparcel.example', salt)).not.toBe(mailbox);
});
