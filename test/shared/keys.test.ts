import { expect, test } from 'vitest';
import { b64u, fromB64u, hex, randomBytes, utf8 } from '../../shared/bytes.ts';
import {
	ed25519FromSeed,
	hmac,
	organizerKeys,
	signBytes,
	signerKeys,
	verifyBytes,
	x25519FromSeed,
} from '../../shared/keys.ts';
import { faultOf } from '../support/fault-of.ts';

const unhex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

test('Ed25519 is that of RFC 8032, section 7.1, test 2', async () => {
	const seed = unhex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
	const keys = await ed25519FromSeed(seed);
	expect(hex(fromB64u(keys.publicKey))).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
	const authenticator = await signBytes(keys.privateKey, unhex('72'));
	expect(hex(fromB64u(authenticator))).toBe(
		'92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
			'085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
	);
	expect(await verifyBytes(keys.publicKey, authenticator, unhex('72'))).toBe(true);
	expect(await verifyBytes(keys.publicKey, authenticator, unhex('73'))).toBe(false);
});

test('X25519 is that of RFC 7748, section 6.1', async () => {
	const alice = await x25519FromSeed(unhex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'));
	expect(hex(fromB64u(alice.publicKey))).toBe('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
});

test('HMAC is that of RFC 4231, section 4.3', async () => {
	expect(hex(await hmac(utf8('Jefe'), utf8('what do ya want for nothing?')))).toBe(
		'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
	);
});

test('private keys cannot be exported', async () => {
	const signer = await signerKeys(randomBytes(16), b64u(randomBytes(32)));
	const organizer = await organizerKeys(randomBytes(32));
	for (const key of [signer.privateKey, organizer.approval, organizer.sealing, organizer.rootMac]) {
		expect(key.extractable).toBe(false);
		await expect(crypto.subtle.exportKey('jwk', key)).rejects.toThrow();
	}
});

test('a seed gives the same key again, and another for another letter', async () => {
	const seed = new Uint8Array(16).fill(7);
	const roots = [b64u(new Uint8Array(32).fill(1)), b64u(new Uint8Array(32).fill(2))];
	const [one, again, other] = [
		await signerKeys(seed, roots[0]!),
		await signerKeys(seed, roots[0]!),
		await signerKeys(seed, roots[1]!),
	];
	expect(again.publicKey).toBe(one.publicKey);
	expect(other.publicKey).not.toBe(one.publicKey);
	const [first, second] = [await organizerKeys(new Uint8Array(32)), await organizerKeys(new Uint8Array(32))];
	expect([second.key, second.sealingPublic]).toEqual([first.key, first.sealingPublic]);
	expect(first.key).not.toBe(first.sealingPublic);
});

test('seeds have their length', async () => {
	expect(await faultOf(() => signerKeys(randomBytes(15), b64u(randomBytes(32))))).toBe('encoding');
	expect(await faultOf(() => organizerKeys(randomBytes(16)))).toBe('encoding');
	expect(await faultOf(() => ed25519FromSeed(randomBytes(33)))).toBe('encoding');
});

test('what is no key or no authenticator does not verify', async () => {
	const { publicKey, privateKey } = await ed25519FromSeed(randomBytes(32));
	const authenticator = await signBytes(privateKey, utf8('x'));
	for (const [key, bytes] of [
		['', authenticator],
		[publicKey, ''],
		[publicKey, `${authenticator}AA`],
		[`${publicKey}=`, authenticator],
		[publicKey.slice(1), authenticator],
	] as const) {
		expect(await verifyBytes(key, bytes, utf8('x'))).toBe(false);
	}
});

test('a key of small order, for which one authenticator fits every message, does not verify', async () => {
	for (const key of SMALL_ORDER) {
		const authenticator = b64u(Uint8Array.from([...unhex(key), ...new Uint8Array(32)]));
		for (const message of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
			expect(await verifyBytes(b64u(unhex(key)), authenticator, utf8(message))).toBe(false);
		}
	}
});
const SMALL_ORDER = [
	'0100000000000000000000000000000000000000000000000000000000000000',
	'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'0000000000000000000000000000000000000000000000000000000000000000',
	'0000000000000000000000000000000000000000000000000000000000000080',
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
	// 0 and 1 in encodings that RFC 8032 does not allow
	'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];
