import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { b64u, fromB64u, hex, newId, randomBytes } from '../../shared/bytes.ts';
import {
	blindRequest,
	credentialMessage,
	finalizeCredential,
	importIssuer,
	verifyCredential,
	verifyPrepared,
} from '../../shared/credential.ts';
import { issue, publicRsa, RSA, signBlinded, unhex } from '../support/charter.ts';
import { faultOf } from '../support/fault-of.ts';
import vector from '../vectors/rfc9474.json' with { type: 'json' };

const issuer = publicRsa(RSA.a);
const [root, group, key] = [b64u(randomBytes(32)), newId(), b64u(randomBytes(32))];

afterEach(() => vi.restoreAllMocks());

describe('RFC 9474, appendix A.1', () => {
	const big = (text: string) => b64u(unhex(text));
	const even = (text: string) => (text.length % 2 === 0 ? text : `0${text}`);
	const importVector = () =>
		crypto.subtle.importKey(
			'jwk',
			{ kty: 'RSA', n: big(even(vector.n)), e: 'AQAB' },
			{ name: 'RSA-PSS', hash: 'SHA-384' },
			true,
			['verify'],
		);

	test('blinding and finalizing give its bytes', async () => {
		const n = BigInt(`0x${vector.n}`);
		const blind = inverse(BigInt(`0x${vector.inv}`), n)
			.toString(16)
			.padStart(vector.n.length, '0');
		vi.spyOn(crypto, 'getRandomValues')
			.mockReturnValueOnce(unhex(vector.msg_prefix))
			.mockReturnValueOnce(unhex(vector.salt))
			.mockReturnValueOnce(unhex(blind));
		const publicKey = await importVector();
		const suite = RSABSSA.SHA384.PSS.Randomized();
		const prepared = suite.prepare(unhex(vector.msg));
		expect(hex(prepared)).toBe(vector.input_msg);
		const { blindedMsg, inv } = await suite.blind(publicKey, prepared);
		expect(hex(blindedMsg)).toBe(vector.blinded_msg);
		expect(BigInt(`0x${hex(inv)}`)).toBe(BigInt(`0x${vector.inv}`));
		expect(hex(await suite.finalize(publicKey, prepared, unhex(vector.blind_sig), inv))).toBe(vector.sig);
	});

	test('its signature verifies as plain RSASSA-PSS', async () => {
		const publicKey = await importVector();
		expect(await verifyPrepared(publicKey, unhex(vector.input_msg), unhex(vector.sig))).toBe(true);
		expect(await verifyPrepared(publicKey, unhex(vector.msg), unhex(vector.sig))).toBe(false);
	});
});

describe('a credential', () => {
	test('is blinded, signed, finalized and verified', async () => {
		const kept = await blindRequest(issuer, root, group, key);
		expect(fromB64u(kept.request)).toHaveLength(384);
		const credential = await finalizeCredential(issuer, kept, signBlinded(RSA.a, kept.request));
		expect(fromB64u(credential)).toHaveLength(416);
		const issuerKey = await importIssuer(issuer);
		expect(await verifyCredential(issuerKey, root, group, key, credential)).toBe(true);
		expect(await verifyCredential(await importIssuer(publicRsa(RSA.b)), root, group, key, credential)).toBe(false);
	});

	test('is for one letter, group and key', async () => {
		const issuerKey = await importIssuer(issuer);
		const credential = await issue(RSA.a, root, group, key);
		expect(await verifyCredential(issuerKey, root, group, key, credential)).toBe(true);
		expect(await verifyCredential(issuerKey, b64u(randomBytes(32)), group, key, credential)).toBe(false);
		expect(await verifyCredential(issuerKey, root, newId(), key, credential)).toBe(false);
		expect(await verifyCredential(issuerKey, root, group, b64u(randomBytes(32)), credential)).toBe(false);
	});

	test('with a flipped bit, another length or other letters does not verify', async () => {
		const issuerKey = await importIssuer(issuer);
		const credential = await issue(RSA.a, root, group, key);
		const bytes = fromB64u(credential);
		for (const at of [0, 31, 32, 200, 415]) {
			const flipped = bytes.with(at, (bytes[at] ?? 0) ^ 1);
			expect(await verifyCredential(issuerKey, root, group, key, b64u(flipped))).toBe(false);
		}
		for (const wrong of ['', credential.slice(0, -4), `${credential}AAAA`, `${credential.slice(0, -1)}=`]) {
			expect(await verifyCredential(issuerKey, root, group, key, wrong)).toBe(false);
		}
	});

	test('hides what was signed: two requests for one message have nothing in common', async () => {
		const [one, two] = [await blindRequest(issuer, root, group, key), await blindRequest(issuer, root, group, key)];
		expect(one.request).not.toBe(two.request);
		expect(one.inverse).not.toBe(two.inverse);
		expect(one.prepared.slice(0, 42)).not.toBe(two.prepared.slice(0, 42));
		const message = b64u(fromB64u(one.prepared).slice(32));
		expect(message).toBe(b64u(credentialMessage(root, group, key)));
	});
});

describe('a dishonest issuer is noticed', () => {
	test('when it signs with another key, or answers anything else', async () => {
		const kept = await blindRequest(issuer, root, group, key);
		for (const answer of [
			signBlinded(RSA.b, kept.request),
			kept.request,
			b64u(randomBytes(384)),
			b64u(new Uint8Array(384)),
			b64u(randomBytes(256)),
			'',
		]) {
			expect(await faultOf(() => finalizeCredential(issuer, kept, answer))).toBe('issuer-dishonest');
		}
	});

	test.each([
		['2048 bits', publicRsa(RSA.short)],
		['e = 3', { ...issuer, e: 'Aw' }],
	])('when its key has %s, before anything is made', async (_, jwk) => {
		const random = vi.spyOn(crypto, 'getRandomValues');
		expect(await faultOf(() => blindRequest(jwk, root, group, key))).toBe('issuer-key');
		expect(random).not.toHaveBeenCalled();
	});
});

test('an issuer is imported once for many credentials', async () => {
	const cache = new Map<string, Promise<CryptoKey>>();
	expect(await importIssuer(issuer, cache)).toBe(await importIssuer(issuer, cache));
	// The cache is asked by modulus: another exponent must not pass by way of it.
	expect(await faultOf(() => importIssuer({ ...issuer, e: 'Aw' }, cache))).toBe('issuer-key');
});

/** By the extended Euclidean algorithm. */
function inverse(a: bigint, n: bigint): bigint {
	let [r0, r1, s0, s1] = [n, a % n, 0n, 1n];
	while (r1 > 0n) {
		const quotient = r0 / r1;
		[r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1];
	}
	return ((s0 % n) + n) % n;
}
