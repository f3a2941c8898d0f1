/** What a recount hashes and verifies with, so that each place can use what is quickest there; what they say is the same: test/shared/recount-workers.node.test.ts. */
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, b64u } from './bytes.ts';
import type { IssuerJwk } from './charter.ts';
import { type IssuerCache, importIssuer, verifyPrepared } from './credential.ts';

export interface Primitives {
	sha256(bytes: Bytes): Uint8Array;
	/**
	 * RFC 8032, without the cofactor. Key (32 bytes) and authenticator (64) were looked at by `ed25519Inputs`.
	 * @param kept whether this key will come again
	 */
	ed25519(key: Bytes, authenticator: Bytes, bytes: Bytes, kept: boolean): boolean | Promise<boolean>;
	/** RSASSA-PSS, SHA-384, salt of 48 bytes. The issuer's key was checked with its charter. */
	rsaPss(issuer: IssuerJwk, prepared: Bytes, signature: Bytes): boolean | Promise<boolean>;
}

/** For every browser, and Node's own thread: WebCrypto, but for hashes, of which it would make a promise each. */
export function webPrimitives(): Primitives {
	const issuers: IssuerCache = new Map();
	const keys = new Map<string, Promise<CryptoKey>>();
	const importKey = (raw: Bytes) => crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
	const keptKey = (raw: Bytes): Promise<CryptoKey> => {
		const name = b64u(raw);
		const key = keys.get(name) ?? importKey(raw);
		keys.set(name, key);
		return key;
	};
	return {
		sha256: (bytes) => sha256(bytes),
		ed25519: async (raw, authenticator, bytes, kept) => {
			try {
				const key = await (kept ? keptKey(raw) : importKey(raw));
				return await crypto.subtle.verify('Ed25519', key, authenticator, bytes);
			} catch {
				// A point that is not on the curve.
				return false;
			}
		},
		rsaPss: async (issuer, prepared, signature) =>
			verifyPrepared(await importIssuer(issuer, issuers), prepared, signature),
	};
}
