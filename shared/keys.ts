/** Keys from seeds, all non-extractable (docs/protocol.md, section 3), and Ed25519 (RFC 8032). */
import { hmac as hmacHere } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, b64u, concat, fromB64u, hex, utf8 } from './bytes.ts';
import { Fault } from './fault.ts';

export type KeyPair = { privateKey: CryptoKey; publicKey: string };
export type OrganizerSecrets = {
	/** Signs approvals. */
	approval: CryptoKey;
	/** Public half of `approval`, raw, b64u. */
	key: string;
	/** Opens what is sealed to this organizer. */
	sealing: CryptoKey;
	/** Public half of `sealing`, raw, b64u. */
	sealingPublic: string;
	/** HMAC-SHA256, with which this organizer's browser keeps the root that it approved. */
	rootMac: CryptoKey;
};

/** What stands before the 32 bytes of a private key in PKCS #8 (RFC 8410, section 7); the last byte of the OID is the algorithm's. */
function pkcs8(algorithm: 'Ed25519' | 'X25519', seed: Bytes): Bytes {
	if (seed.length !== 32) throw new Fault('encoding', 'seed', 'The seed of a key has 32 bytes.');
	const oid = algorithm === 'Ed25519' ? 0x70 : 0x6e;
	return concat(new Uint8Array([0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, oid, 4, 34, 4, 32]), seed);
}

async function fromSeed(algorithm: 'Ed25519' | 'X25519', seed: Bytes, usages: KeyUsage[]): Promise<KeyPair> {
	const der = pkcs8(algorithm, seed);
	// WebCrypto gives the public half of an extractable key only; that copy is dropped at once.
	const open = await crypto.subtle.importKey('pkcs8', der, algorithm, true, usages);
	const { x } = await crypto.subtle.exportKey('jwk', open);
	const privateKey = await crypto.subtle.importKey('pkcs8', der, algorithm, false, usages);
	der.fill(0);
	if (x === undefined) throw new Fault('encoding', 'key', 'This browser gives no public key.');
	return { privateKey, publicKey: x };
}

/** @param seed the 32 bytes of RFC 8032, section 5.1.5 */
export function ed25519FromSeed(seed: Bytes): Promise<KeyPair> {
	return fromSeed('Ed25519', seed, ['sign']);
}

/** @param seed the 32 bytes of RFC 7748, section 5 */
export function x25519FromSeed(seed: Bytes): Promise<KeyPair> {
	return fromSeed('X25519', seed, ['deriveBits']);
}

/** @returns the authenticator, b64u of 64 bytes */
export async function signBytes(privateKey: CryptoKey, bytes: Bytes): Promise<string> {
	return b64u(new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, bytes)));
}

/**
 * The y-coordinates of the points of small order, low byte first, with two encodings that RFC 8032 does not allow. Under such a key one
 * authenticator can fit every message, and toolkits differ over whether it does: test/shared/keys.test.ts.
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
	'00'.repeat(32),
	`01${'00'.repeat(31)}`,
	...['ec', 'ed', 'ee'].map((low) => `${low}${'ff'.repeat(30)}7f`),
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/** First bytes of those: all other keys are passed at a glance. */
const SMALL_ORDER_BEGIN: ReadonlySet<number> = new Set(
	Array.from(SMALL_ORDER, (y) => Number.parseInt(y.slice(0, 2), 16)),
);

function hasSmallOrder(publicKey: Bytes): boolean {
	if (!SMALL_ORDER_BEGIN.has(publicKey[0] ?? 0)) return false;
	const y = publicKey.slice();
	y[31] = (y[31] ?? 0) & 0x7f;
	return SMALL_ORDER.has(hex(y));
}

/** Key and authenticator as bytes; null where nothing verifies: they are not base64url of the right length, or the key is of small order. */
export function ed25519Inputs(publicKey: string, authenticator: string): { key: Bytes; authenticator: Bytes } | null {
	try {
		const key = fromB64u(publicKey, 32);
		return hasSmallOrder(key) ? null : { key, authenticator: fromB64u(authenticator, 64) };
	} catch {
		return null;
	}
}

/**
 * Whether this authenticator was made by this key over these bytes. What is not base64url of the right length was not.
 * @param imported where the key stands that verifies many: it is read once. The caller owns it
 */
export async function verifyBytes(
	publicKey: string,
	authenticator: string,
	bytes: Bytes,
	imported?: Map<string, Promise<CryptoKey>>,
): Promise<boolean> {
	const inputs = ed25519Inputs(publicKey, authenticator);
	if (inputs === null) return false;
	try {
		const name = `Ed25519 ${publicKey}`;
		const known = imported?.get(name) ?? crypto.subtle.importKey('raw', inputs.key, 'Ed25519', false, ['verify']);
		imported?.set(name, known);
		return await crypto.subtle.verify('Ed25519', await known, inputs.authenticator, bytes);
	} catch {
		// A point that is not on the curve.
		return false;
	}
}

/** HKDF with SHA-256, 32 bytes (RFC 5869). */
async function hkdf(ikm: Bytes, salt: Bytes, info: string): Promise<Bytes> {
	const key = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits']);
	const algorithm = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8(info) };
	return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256));
}

/** @param seed 16 bytes, twelve words. @param root b64u: another letter is another key, so signatures cannot be linked. */
export async function signerKeys(seed: Bytes, root: string): Promise<KeyPair> {
	if (seed.length !== 16) throw new Fault('encoding', 'seed', "A signer's seed has 16 bytes.");
	return ed25519FromSeed(await hkdf(seed, fromB64u(root, 32), 'undersigned/signer/1'));
}

/** @param seed 32 bytes, 24 words */
export async function organizerKeys(seed: Bytes): Promise<OrganizerSecrets> {
	if (seed.length !== 32) throw new Fault('encoding', 'seed', "An organizer's seed has 32 bytes.");
	const none = new Uint8Array(0);
	const derive = (use: string) => hkdf(seed, none, `undersigned/organizer/${use}/1`);
	const approval = await ed25519FromSeed(await derive('approval'));
	const sealing = await x25519FromSeed(await derive('sealing'));
	const mac = { name: 'HMAC', hash: 'SHA-256' };
	return {
		approval: approval.privateKey,
		key: approval.publicKey,
		sealing: sealing.privateKey,
		sealingPublic: sealing.publicKey,
		rootMac: await crypto.subtle.importKey('raw', await derive('root'), mac, false, ['sign', 'verify']),
	};
}

/** HMAC with SHA-256 (RFC 2104), of an address: so little that WebCrypto and its two promises would take longer. */
export function hmac(key: Bytes, bytes: Bytes): Bytes {
	return new Uint8Array(hmacHere(sha256, key, bytes));
}
