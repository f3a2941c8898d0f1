/**
 * The credential: RSABSSA-SHA384-PSS-Randomized (RFC 9474) over (root, group, key), so that who proved and who signed cannot be
 * joined (docs/protocol.md, section 5). Blinding is the browser's; the server's half is in server/credential.
 */
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { type Bytes, b64u, concat, frame, fromB64u, utf8 } from './bytes.ts';
import { checkIssuer, type IssuerJwk } from './charter.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';

const RSA_PSS = { name: 'RSA-PSS', hash: 'SHA-384' };

/** What the browser keeps, before it asks, so that a dropped connection costs nothing. All b64u. */
export type BlindRequest = {
	/** 32 random bytes, then the message (RFC 9474, section 4.1). */
	prepared: string;
	/** 384 bytes; with it, and only with it, the request and the credential can be joined. */
	inverse: string;
	/** 384 bytes, for the server. */
	request: string;
};

/** Imported public keys of a letter's groups, so that many credentials and attestations cost one import of each. The caller owns it. */
export type IssuerCache = Map<string, Promise<CryptoKey>>;

/** Checks size and exponent before anything is imported. @throws Fault `issuer-key` */
export async function importIssuer(jwk: IssuerJwk, cache?: IssuerCache): Promise<CryptoKey> {
	// With its exponent: another one must not pass by way of the cache, where only what was checked is.
	const name = `${jwk.kty} ${jwk.e} ${jwk.n}`;
	const known = cache?.get(name);
	if (known !== undefined) return known;
	checkIssuer(jwk);
	// Extractable: blinding reads the modulus back.
	const key = crypto.subtle.importKey('jwk', { kty: 'RSA', n: jwk.n, e: jwk.e }, RSA_PSS, true, ['verify']);
	cache?.set(name, key);
	return key;
}

/** @param root b64u. @param group id. @param key the signer's, b64u */
export function credentialMessage(root: string, group: string, key: string): Bytes {
	return frame('undersigned/credential/1', fromB64u(root, 32), utf8(group), fromB64u(key, 32));
}

/** RFC 9474, sections 4.1 and 4.2. @throws Fault `issuer-key` */
export async function blindRequest(issuer: IssuerJwk, root: string, group: string, key: string): Promise<BlindRequest> {
	const publicKey = await importIssuer(issuer);
	const suite = RSABSSA.SHA384.PSS.Randomized();
	const prepared = suite.prepare(credentialMessage(root, group, key));
	const { blindedMsg, inv } = await suite.blind(publicKey, prepared);
	return { prepared: b64u(prepared), inverse: b64u(inv), request: b64u(blindedMsg) };
}

/**
 * RFC 9474, section 4.4, which verifies the outcome.
 * @param blindSignature the server's answer, b64u of 384 bytes
 * @returns the credential, b64u of 416 bytes: randomizer ‖ signature
 * @throws Fault `issuer-dishonest`: drop everything, warn, never ask again
 */
export async function finalizeCredential(
	issuer: IssuerJwk,
	kept: Pick<BlindRequest, 'prepared' | 'inverse'>,
	blindSignature: string,
): Promise<string> {
	const publicKey = await importIssuer(issuer);
	const prepared = fromB64u(kept.prepared);
	try {
		const blinded = fromB64u(blindSignature, LIMITS.blindSignature);
		const suite = RSABSSA.SHA384.PSS.Randomized();
		const signature = await suite.finalize(publicKey, prepared, blinded, fromB64u(kept.inverse));
		return b64u(concat(prepared.subarray(0, LIMITS.randomizer), signature));
	} catch {
		throw new Fault(
			'issuer-dishonest',
			'credential',
			'The server did not answer with the key of the charter. Do not sign here.',
		);
	}
}

/** Plain RSASSA-PSS with SHA-384 and a salt of 48 bytes (RFC 8017, section 8.1) over the prepared message. */
export function verifyPrepared(issuer: CryptoKey, prepared: Bytes, signature: Bytes): Promise<boolean> {
	return crypto.subtle.verify({ name: 'RSA-PSS', saltLength: 48 }, issuer, signature, prepared);
}

/** @param credential b64u of 416 bytes; another length, or what is not base64url, does not verify */
export async function verifyCredential(
	issuer: CryptoKey,
	root: string,
	group: string,
	key: string,
	credential: string,
): Promise<boolean> {
	const read = readCredential(root, group, key, credential);
	return read !== null && (await verifyPrepared(issuer, read.prepared, read.signature));
}

/** The prepared message and the signature over it; null where the credential is not 416 bytes in base64url. */
export function readCredential(
	root: string,
	group: string,
	key: string,
	credential: string,
): { prepared: Bytes; signature: Bytes } | null {
	const message = credentialMessage(root, group, key);
	try {
		const bytes = fromB64u(credential, LIMITS.credential);
		return {
			prepared: concat(bytes.subarray(0, LIMITS.randomizer), message),
			signature: bytes.slice(LIMITS.randomizer),
		};
	} catch {
		return null;
	}
}
