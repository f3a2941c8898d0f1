import { createPrivateKey, type KeyObject } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { attest } from '../../../server/credential/attestation.ts';
import { blindSign } from '../../../server/credential/blind-signature.ts';
import { ed25519Pair, rsaPair } from '../../../server/credential/key-pair.ts';
import { signRaw } from '../../../server/credential/raw-rsa.ts';
import { mailboxCommitment, verifyAttestation } from '../../../shared/attestation.ts';
import { b64u, fromB64u, hex, newId, randomBytes } from '../../../shared/bytes.ts';
import type { IssuerJwk } from '../../../shared/charter.ts';
import { blindRequest, finalizeCredential, importIssuer, verifyCredential } from '../../../shared/credential.ts';
import { toEd25519Jwk } from '../../../shared/document.ts';
import rfc9474 from '../../vectors/rfc9474.json' with { type: 'json' };

let issuer: KeyObject;
let jwk: IssuerJwk;

beforeAll(async () => {
	issuer = await rsaPair();
	jwk = { kty: 'RSA', n: String(issuer.export({ format: 'jwk' }).n), e: 'AQAB' };
});

/** A number as 384 bytes. */
const spelled = (n: bigint, length = 384): Uint8Array =>
	new Uint8Array(Buffer.from(n.toString(16).padStart(length * 2, '0'), 'hex'));
const modulus = () => BigInt(`0x${hex(fromB64u(jwk.n))}`);

test('a browser’s request comes back as a credential that verifies for its key, and for no other', async () => {
	const [root, group, key, other] = [b64u(randomBytes(32)), newId(), b64u(randomBytes(32)), b64u(randomBytes(32))];
	const asked = await blindRequest(jwk, root, group, key);
	const answer = await blindSign(issuer, fromB64u(asked.request));
	const credential = await finalizeCredential(jwk, asked, b64u(answer));
	const imported = await importIssuer(jwk);
	expect(await verifyCredential(imported, root, group, key, credential)).toBe(true);
	expect(await verifyCredential(imported, root, group, other, credential)).toBe(false);
	expect(await verifyCredential(imported, root, newId(), key, credential)).toBe(false);
});

test('RFC 9474, appendix A.1: the raw RSA gives the published blind signature', () => {
	const b64uOf = (digits: string) => Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
	const number = (digits: string) => BigInt(`0x${digits}`);
	const plain = (value: bigint) => b64uOf(value.toString(16)).toString('base64url');
	const { p, q, n, e, d } = rfc9474;
	const inverse = (a: bigint, m: bigint): bigint => {
		let [r, s, x, y] = [m, a % m, 0n, 1n];
		while (s > 0n) [r, s, x, y] = [s, r % s, y, x - (r / s) * y];
		return ((x % m) + m) % m;
	};
	const key = createPrivateKey({
		format: 'jwk',
		key: {
			...{ kty: 'RSA', n: plain(number(n)), e: plain(number(e)), d: plain(number(d)) },
			...{ p: plain(number(p)), q: plain(number(q)), dp: plain(number(d) % (number(p) - 1n)) },
			...{ dq: plain(number(d) % (number(q) - 1n)), qi: plain(inverse(number(q), number(p))) },
		},
	});
	const signed = signRaw(key, new Uint8Array(b64uOf(rfc9474.blinded_msg)));
	expect(signed && hex(signed)).toBe(rfc9474.blind_sig);
});

test('the same request gets the same answer, also among many at once', async () => {
	const requests = Array.from({ length: 40 }, (_, i) => spelled(modulus() / BigInt(i + 2)));
	const first = await Promise.all(requests.map((request) => blindSign(issuer, request)));
	const again = await Promise.all(requests.map((request) => blindSign(issuer, request)));
	expect(again).toEqual(first);
	expect(new Set(first.map(hex)).size).toBe(40);
});

test('requests that would give the key’s structure away, or have two spellings, are refused', async () => {
	const n = modulus();
	const refused = [0n, 1n, n - 1n, n, n + 5n].map((value) => spelled(value));
	refused.push(spelled(7n, 383), spelled(7n, 385), new Uint8Array(0));
	for (const request of refused) {
		await expect(blindSign(issuer, request)).rejects.toMatchObject({ code: 'blinded-request-refused' });
	}
	await expect(blindSign(issuer, spelled(2n))).resolves.toHaveLength(384);
	await expect(blindSign(issuer, spelled(n - 2n))).resolves.toHaveLength(384);
});

test('a key whose parts do not belong together never lets a wrong result out', async () => {
	const broken = issuer.export({ format: 'jwk' });
	const other = (await rsaPair()).export({ format: 'jwk' });
	const mixed = { ...broken, ...{ d: String(other.d), dp: String(other.dp), dq: String(other.dq) } };
	const faulty = createPrivateKey({ key: mixed, format: 'jwk' });
	await expect(blindSign(faulty, spelled(modulus() / 3n))).rejects.toThrow();
});

test('an attestation is the JWS of the protocol, and the same each time', async () => {
	const attester = await ed25519Pair();
	const [root, group, key] = [b64u(randomBytes(32)), newId(), b64u(randomBytes(32))];
	const mailbox = await mailboxCommitment('kim.doe@northwind.example', b64u(randomBytes(32)));
	const jws = await attest(attester, { root, group, key, mailbox });
	const publicKey = toEd25519Jwk(String(attester.export({ format: 'jwk' }).x));
	expect(await verifyAttestation(publicKey, jws, { root, group, key })).toEqual({ mailbox });
	expect(await attest(attester, { root, group, key, mailbox })).toBe(jws);
});
