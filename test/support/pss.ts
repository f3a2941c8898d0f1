/** RSASSA-PSS with a chosen salt, so that a credential in a vector comes out the same each time. For tests: a real issuer signs blindly. */
import { constants, createHash, createPrivateKey, type KeyObject, privateEncrypt } from 'node:crypto';
import { type Bytes, concat, u32 } from '../../shared/bytes.ts';
import issuerKeys from '../vectors/test-issuer-keys.json' with { type: 'json' };

const BYTES = 384;
const HASH = 48;

const sha384 = (...parts: Uint8Array[]): Bytes =>
	concat(
		createHash('sha384')
			.update(concat(...parts))
			.digest(),
	);

/** MGF1 with SHA-384 (RFC 8017, appendix B.2.1). */
function mask(seed: Uint8Array, length: number): Bytes {
	const blocks = Array.from({ length: Math.ceil(length / HASH) }, (_, i) => sha384(seed, u32(i)));
	return concat(...blocks).slice(0, length);
}

/** EMSA-PSS (RFC 8017, section 9.1.1) for a modulus of 3072 bits, SHA-384. @param salt 48 bytes */
function encode(message: Uint8Array, salt: Uint8Array): Bytes {
	const hash = sha384(new Uint8Array(8), sha384(message), salt);
	const block = concat(new Uint8Array(BYTES - HASH * 2 - 2), new Uint8Array([1]), salt);
	const masked = mask(hash, block.length).map((byte, i) => byte ^ (block[i] ?? 0));
	masked[0] = (masked[0] ?? 0) & 0x7f;
	return concat(masked, hash, new Uint8Array([0xbc]));
}

const keys = new Map<number, KeyObject>();

function issuerKey(group: number): KeyObject {
	const jwk = issuerKeys.keys[group];
	if (jwk === undefined) throw new Error(`There is no test key ${group}.`);
	const key = keys.get(group) ?? createPrivateKey({ key: jwk, format: 'jwk' });
	keys.set(group, key);
	return key;
}

/** @param group which of test-issuer-keys.json. @returns 384 bytes */
export function signWithSalt(group: number, message: Uint8Array, salt: Uint8Array): Bytes {
	const key = issuerKey(group);
	return concat(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encode(message, salt)));
}
