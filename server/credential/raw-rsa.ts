import { constants, createPublicKey, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';

/**
 * RFC 9474, section 4.3, without its range check. `message` has the length of the modulus.
 * @returns null when the result does not verify: faulty hardware, whose output could give the key away
 */
export function signRaw(issuer: KeyObject, message: Uint8Array): Uint8Array | null {
	const padding = constants.RSA_NO_PADDING;
	// 1. s = m^d mod n
	const signature = privateDecrypt({ key: issuer, padding }, message);
	// 2. s^e = m, else nothing leaves
	const back = publicEncrypt({ key: createPublicKey(issuer), padding }, signature);
	return back.equals(message) ? new Uint8Array(signature) : null;
}
