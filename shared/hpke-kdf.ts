/**
 * HPKE's key schedule (RFC 9180, sections 4.1 and 5.1) hashes some twenty times for each message, a few hundred bytes each. WebCrypto makes two promises of each HMAC, and the way
 * there and back takes ten times as long as hashing here: of the opening of a letter's names that was most of the time. Only HKDF (RFC 5869) is here; keys of people stay WebCrypto's.
 */
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type KDF, KDF_HKDF_SHA256, type KEM, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';
import { type Bytes, concat, utf8 } from './bytes.ts';

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

/** RFC 9180, section 7.1: DHKEM(X25519, HKDF-SHA256) is 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002. */
const KEM_SUITE = concat(utf8('KEM'), new Uint8Array([0, 0x20]));
const SUITE = concat(utf8('HPKE'), new Uint8Array([0, 0x20, 0, 1, 0, 2]));
const NONE: Bytes = new Uint8Array(0);

/** What LabeledExtract hashes before its input (section 4). */
const extracted = (suite: Bytes, label: string): Bytes => concat(utf8('HPKE-v1'), suite, utf8(label));
/** What LabeledExpand hashes before its info, for an output of at most 32 bytes. */
const expanded = (suite: Bytes, label: string, length: number): Bytes =>
	concat(new Uint8Array([0, length]), utf8('HPKE-v1'), suite, utf8(label));
/** HKDF-Expand's counter: one round gives 32 bytes. */
const ONE = new Uint8Array([1]);

const EAE_PRK = extracted(KEM_SUITE, 'eae_prk');
const SHARED_SECRET = expanded(KEM_SUITE, 'shared_secret', 32);
const SECRET = extracted(SUITE, 'secret');
const KEY = expanded(SUITE, 'key', 32);
const BASE_NONCE = expanded(SUITE, 'base_nonce', 12);

/** Extract without a salt is an HMAC under one key, which is hashed once for all. */
const unsalted = hmac.create(sha256, NONE);

/** mode_base, and the hashes of no pre-shared key's id and of `info` (section 5.1). The same for all that is sealed with one info: the caller keeps it. */
export function scheduleContext(info: string): Bytes {
	const hashed = (label: string, input: Bytes) =>
		unsalted.clone().update(extracted(SUITE, label)).update(input).digest();
	return concat(new Uint8Array([0]), hashed('psk_id_hash', NONE), hashed('info_hash', utf8(info)));
}

/**
 * Key and nonce of the first message in base mode (sections 4.1 and 5.1), from the Diffie-Hellman on. Proven against the library that seals, in test/shared/hpke.test.ts.
 * @param shared the product of X25519. @param enc the sender's ephemeral public key. @param recipient the receiver's public key. @param context of `scheduleContext`
 */
export function openingKey(
	shared: Bytes,
	{ enc, recipient, context }: { enc: Bytes; recipient: Bytes; context: Bytes },
): { key: Bytes; nonce: Bytes } {
	const prk = unsalted.clone().update(EAE_PRK).update(shared).digest();
	const secretOf = hmac.create(sha256, prk).update(SHARED_SECRET).update(enc).update(recipient).update(ONE).digest();
	const expand = hmac.create(sha256, hmac(sha256, secretOf, SECRET));
	const nonce = expand.clone().update(BASE_NONCE).update(context).update(ONE).digest();
	const key = expand.update(KEY).update(context).update(ONE).digest();
	return { key: new Uint8Array(key), nonce: new Uint8Array(nonce.subarray(0, 12)) };
}
