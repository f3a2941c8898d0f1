/** HPKE in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180), on WebCrypto keys that cannot be exported. */
import { AEAD_AES_256_GCM, CipherSuite } from 'hpke';
import { type Bytes, b64u, concat, fromB64u, utf8 } from './bytes.ts';
import { Fault } from './fault.ts';
import { kdf, kem, openingKey, scheduleContext } from './hpke-kdf.ts';

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

/** @throws whatever WebCrypto throws where it does not open; the caller says what that means */
export async function hpkeOpen(privateKey: CryptoKey, sealed: string, info: string, aad: Bytes): Promise<Bytes> {
	const bytes = fromB64u(sealed);
	const enc = bytes.slice(0, ENC);
	const [recipient, shared] = await Promise.all([publicHalf(privateKey), multiply(privateKey, enc)]);
	// WebCrypto refuses it, too: a key of small order would give everybody the same secret (RFC 9180, section 7.1.4).
	if (shared.every((byte) => byte === 0))
		throw new Fault('encoding', 'sealed', 'This was sealed with a key of small order.');
	const { key, nonce } = openingKey(shared, { enc, recipient, context: contextOf(info) });
	const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
	const how = { name: 'AES-GCM', iv: nonce, additionalData: aad };
	return new Uint8Array(await crypto.subtle.decrypt(how, aes, bytes.subarray(ENC)));
}

/** X25519 (RFC 7748, section 5). @param publicKey raw, 32 bytes */
async function multiply(privateKey: CryptoKey, publicKey: Bytes): Promise<Bytes> {
	const other = await crypto.subtle.importKey('raw', publicKey, 'X25519', false, []);
	return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: other }, privateKey, 256));
}

/** By info: a few words of the protocol. */
const contexts = new Map<string, Bytes>();

function contextOf(info: string): Bytes {
	const known = contexts.get(info) ?? scheduleContext(info);
	contexts.set(info, known);
	return known;
}

const halves = new WeakMap<CryptoKey, Promise<Bytes>>();

/** RFC 9180 mixes the receiver's public key into the secret; WebCrypto gives it only as the product with the base point 9 (RFC 7748, section 6.1). */
function publicHalf(privateKey: CryptoKey): Promise<Bytes> {
	const known = halves.get(privateKey);
	if (known !== undefined) return known;
	const base = new Uint8Array(32);
	base[0] = 9;
	const made = multiply(privateKey, base);
	halves.set(privateKey, made);
	return made;
}
