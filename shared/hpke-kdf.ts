/**
 * HPKE's key schedule (RFC 9180, sections 4.1 and 5.1) hashes some twenty times for each message, a few hundred bytes each. WebCrypto makes two promises of each HMAC, and the way
 * there and back takes ten times as long as hashing here: of the opening of a letter's names that was most of the time. Only HKDF (RFC 5869) is here; keys of people stay WebCrypto's.
 */
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type KDF, KDF_HKDF_SHA256, type KEM, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';

const hashedHere = {
	Extract: async (salt: Uint8Array, ikm: Uint8Array) => extract(sha256, ikm, salt),
	Expand: async (prk: Uint8Array, info: Uint8Array, length: number) => expand(sha256, prk, info, length),
};

/** HKDF-SHA256 as the library has it, with what it computes computed here. */
export const kdf = (): KDF => ({ ...KDF_HKDF_SHA256(), ...hashedHere });

/** DHKEM(X25519, HKDF-SHA256): the Diffie-Hellman stays WebCrypto's, on keys that cannot be exported. */
export const kem = (): KEM => {
	const own: KEM & { kdf?: KDF } = KEM_DHKEM_X25519_HKDF_SHA256();
	return own.kdf === undefined ? own : ({ ...own, kdf: { ...own.kdf, ...hashedHere } } as KEM);
};
