import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { LIMITS } from '../../shared/limits.ts';

const generate = promisify(generateKeyPair);

/** RSA-3072 with e = 65537 as a plain rsaEncryption key: raw RSA is refused for keys that are marked for PSS only. */
export async function rsaPair(): Promise<KeyObject> {
	const { privateKey } = await generate('rsa', { modulusLength: LIMITS.issuerBits, publicExponent: 0x10001 });
	return privateKey;
}

export async function ed25519Pair(): Promise<KeyObject> {
	const { privateKey } = await generate('ed25519');
	return privateKey;
}
