/** An organizer's seed under a passkey's PRF output: iv of 12 bytes ‖ AES-256-GCM under HKDF(output, "undersigned/desk/seed/1"). */
import { type Bytes, concat, equal, fromB64u, randomBytes, utf8 } from '../bytes.ts';

const SEED_BYTES = 32;

async function wrappingKey(prf: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
	const output = await crypto.subtle.importKey('raw', prf, 'HKDF', false, ['deriveKey']);
	const salt = new Uint8Array(0);
	const derive = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8('undersigned/desk/seed/1') };
	return crypto.subtle.deriveKey(derive, output, { name: 'AES-GCM', length: 256 }, false, [use]);
}

/** @param prf output of 32 bytes; never sent anywhere. @returns 60 bytes */
export async function wrapSeed(prf: Bytes, seed: Bytes): Promise<Bytes> {
	const iv = randomBytes(12);
	const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await wrappingKey(prf, 'encrypt'), seed);
	return concat(iv, new Uint8Array(box));
}

/** @param wrapped b64u. Rejects (OperationError) where this is another passkey's output, or the server changed a byte. */
export async function unwrapSeed(prf: Bytes, wrapped: string): Promise<Bytes> {
	const bytes = fromB64u(wrapped, 12 + SEED_BYTES + 16);
	const key = await wrappingKey(prf, 'decrypt');
	return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, 12) }, key, bytes.slice(12)));
}

/** Whether an authenticator gave the same output twice. */
export function samePrf(first: Bytes, second: Bytes): boolean {
	return first.length === 32 && equal(first, second);
}
