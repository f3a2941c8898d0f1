import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';
import { expect, test } from 'vitest';
import { b64u, concat, fromB64u, randomBytes, utf8 } from '../../shared/bytes.ts';
import { HPKE_OVERHEAD, hpkeOpen, hpkeSeal } from '../../shared/hpke.ts';
import { x25519FromSeed } from '../../shared/keys.ts';
import { unhex } from '../support/charter.ts';

test('what is sealed opens with a key that cannot be exported, for one info and one AAD', async () => {
	const keys = await x25519FromSeed(randomBytes(32));
	const [plain, aad] = [utf8('a share'), utf8('aad')];
	const sealed = await hpkeSeal(keys.publicKey, plain, 'info', aad);
	expect(fromB64u(sealed)).toHaveLength(plain.length + HPKE_OVERHEAD);
	expect(await hpkeOpen(keys.privateKey, sealed, 'info', aad)).toEqual(plain);
	await expect(hpkeOpen(keys.privateKey, sealed, 'other', aad)).rejects.toThrow();
	await expect(hpkeOpen(keys.privateKey, sealed, 'info', utf8('other'))).rejects.toThrow();
	const other = await x25519FromSeed(randomBytes(32));
	await expect(hpkeOpen(other.privateKey, sealed, 'info', aad)).rejects.toThrow();
	await expect(hpkeOpen(keys.privateKey, sealed.slice(0, 20), 'info', aad)).rejects.toThrow();
});

test('a key of small order seals nothing', async () => {
	for (const key of ['00'.repeat(32), `01${'00'.repeat(31)}`]) {
		await expect(hpkeSeal(b64u(unhex(key)), utf8('x'), 'info', utf8(''))).rejects.toThrow();
	}
});

test('what is sealed here opens with the library’s own key schedule, and the other way round', async () => {
	const library = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
	const seed = randomBytes(32);
	const [plain, aad] = [randomBytes(33), randomBytes(120)];
	const own = await x25519FromSeed(seed);
	const pair = { privateKey: own.privateKey, publicKey: await library.DeserializePublicKey(fromB64u(own.publicKey)) };
	const here = fromB64u(await hpkeSeal(own.publicKey, plain, 'info', aad));
	const there = { info: utf8('info'), aad };
	expect(await library.Open(pair, here.slice(0, 32), here.slice(32), there)).toEqual(plain);
	const { encapsulatedSecret, ciphertext } = await library.Seal(pair.publicKey, plain, there);
	expect(await hpkeOpen(own.privateKey, b64u(concat(encapsulatedSecret, ciphertext)), 'info', aad)).toEqual(plain);
});
