/** HPKE in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180), on WebCrypto keys that cannot be exported. */
import { AEAD_AES_256_GCM, CipherSuite } from 'hpke';
import { type Bytes, b64u, concat, fromB64u, utf8 } from './bytes.ts';
import { kdf, kem } from './hpke-kdf.ts';

const suite = new CipherSuite(kem, kdf, AEAD_AES_256_GCM);
/** Nenc of DHKEM(X25519): the sender's ephemeral public key. */
const ENC = 32;
/** What a sealed text is longer than its plain text: enc and the tag. */
export const HPKE_OVERHEAD = ENC + 16;

/** @param publicKey X25519, raw, b64u. @returns b64u(enc ‖ ciphertext) */
export async function hpkeSeal(publicKey: string, plain: Bytes, info: string, aad: Bytes): Promise<string> {
	const key = await suite.DeserializePublicKey(fromB64u(publicKey, 32));
	const { encapsulatedSecret, ciphertext } = await suite.Seal(key, plain, { info: utf8(info), aad });
	return b64u(concat(encapsulatedSecret, ciphertext));
}

/** @throws whatever the suite throws where it does not open; the caller says what that means */
export async function hpkeOpen(privateKey: CryptoKey, sealed: string, info: string, aad: Bytes): Promise<Bytes> {
	const bytes = fromB64u(sealed);
	const pair = { privateKey, publicKey: await publicHalf(privateKey) };
	const plain = await suite.Open(pair, bytes.slice(0, ENC), bytes.slice(ENC), { info: utf8(info), aad });
	return concat(plain);
}

const halves = new WeakMap<CryptoKey, Promise<CryptoKey>>();

/** RFC 9180 mixes the receiver's public key into the secret; WebCrypto gives it only as the product with the base point 9 (RFC 7748, section 6.1). */
function publicHalf(privateKey: CryptoKey): Promise<CryptoKey> {
	const known = halves.get(privateKey);
	if (known !== undefined) return known;
	const made = (async () => {
		const raw = (bytes: Bytes) => crypto.subtle.importKey('raw', bytes, 'X25519', true, []);
		const base = new Uint8Array(32);
		base[0] = 9;
		const product = await crypto.subtle.deriveBits({ name: 'X25519', public: await raw(base) }, privateKey, 256);
		return raw(new Uint8Array(product));
	})();
	halves.set(privateKey, made);
	return made;
}
