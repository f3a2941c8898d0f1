/** One worker of bare-opening.ts, in the browser: reads its share of what is laid out, and computes it when told. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AEAD_AES_256_GCM, CipherSuite } from 'hpke';
import { type Bytes, fromB64u, utf8 } from '../../shared/bytes.ts';
import { kdf, kem, openingKey, scheduleContext } from '../../shared/hpke-kdf.ts';
import { organizerKeys } from '../../shared/keys.ts';
import { interpolate } from '../../shared/shamir.ts';
import type { BareName, BareOpening, SealedTo } from './bare-opening-inputs.ts';

const { subtle } = crypto;
const AT_ONCE = 64;
/** What is hashed of a share before the share itself. */
const BEFORE = Uint8Array.from([0, 0, 0, 19, ...utf8('undersigned/share/1'), 0, 0, 0, 33]);

/** Whatever comes as b64u, as bytes. */
type AsBytes<T> = T extends string ? Bytes : T extends object ? { [K in keyof T]: AsBytes<T[K]> } : T;
function decoded<T>(value: T): AsBytes<T> {
	if (typeof value === 'string') return fromB64u(value) as AsBytes<T>;
	if (Array.isArray(value)) return value.map(decoded) as AsBytes<T>;
	if (typeof value !== 'object' || value === null) return value as AsBytes<T>;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, decoded(one)])) as AsBytes<T>;
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);
function require(holds: boolean): void {
	if (!holds) throw new Error('Something of this letter does not hold.');
}

type Keys = { issuer: CryptoKey; attester: CryptoKey; sealing: CryptoKey; recipient: Bytes };

/** X25519, the key schedule, AES-GCM (RFC 9180, sections 4.1, 5.1 and 5.2). */
async function open({ enc, ciphertext, aad }: AsBytes<SealedTo>, keys: Keys, context: Bytes): Promise<Bytes> {
	const other = await subtle.importKey('raw', enc, 'X25519', false, []);
	const shared = new Uint8Array(await subtle.deriveBits({ name: 'X25519', public: other }, keys.sealing, 256));
	const { key, nonce } = openingKey(shared, { enc, recipient: keys.recipient, context });
	const aes = await subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
	return new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, aes, ciphertext));
}

function requireCommitted(share: Uint8Array, commitment: Uint8Array | undefined): void {
	const bytes = new Uint8Array(BEFORE.length + 33);
	bytes.set(BEFORE);
	bytes.set(share, BEFORE.length);
	require(commitment !== undefined && same(sha256(bytes), commitment));
}

async function openName(one: AsBytes<BareName>, keys: Keys, context: Bytes): Promise<void> {
	for (const [data, expected] of one.hashed) {
		// As the product does: a browser's own for what is long.
		const hashed = data.length > 512 ? new Uint8Array(await subtle.digest('SHA-256', data)) : sha256(data);
		require(same(hashed, expected));
	}
	const signer = await subtle.importKey('raw', one.signed.key, 'Ed25519', false, ['verify']);
	require(await subtle.verify('Ed25519', signer, one.signed.authenticator, one.signed.data));
	const { prepared, signature } = one.credential;
	require(await subtle.verify({ name: 'RSA-PSS', saltLength: 48 }, keys.issuer, signature, prepared));
	if (one.attestation !== null) {
		const { authenticator, data } = one.attestation;
		require(await subtle.verify('Ed25519', keys.attester, authenticator, data));
	}
	const own = await open(one.share, keys, context);
	const shares = [own, ...one.others];
	for (const share of shares) requireCommitted(share, one.commitments[(share[32] ?? 0) - 1]);
	const places = new Set(shares.map((share) => share[32]));
	for (const [at, commitment] of one.commitments.entries()) {
		if (places.has(at + 1)) continue;
		const due = new Uint8Array(33);
		due.set(interpolate(shares, at + 1));
		due[32] = at + 1;
		requireCommitted(due, commitment);
	}
	const { iv, ciphertext, aad } = one.box;
	const aes = await subtle.importKey('raw', interpolate(shares, 0), 'AES-GCM', false, ['decrypt']);
	require((await subtle.decrypt({ name: 'AES-GCM', iv, additionalData: aad }, aes, ciphertext)).byteLength === 2048);
	if (one.mailbox !== null) require(same(hmac(sha256, one.mailbox[0], one.mailbox[1]), one.mailbox[2]));
}

/** The contributions of the others, and one's own to everybody. */
async function exchange(once: AsBytes<Pick<BareOpening, 'received' | 'keys' | 'sealed'>>, keys: Keys, bytes: number) {
	const context = scheduleContext('undersigned/contribution/1');
	const info = utf8('undersigned/contribution/1');
	for (const one of once.received) require((await open(one, keys, context)).length === bytes);
	// Those of each contribution that is read, and of the own one.
	for (let at = 0; at <= once.received.length; at++) await subtle.digest('SHA-256', once.keys);
	const suite = new CipherSuite(kem, kdf, AEAD_AES_256_GCM);
	for (const { sealing, aad } of once.sealed) {
		const to = await suite.DeserializePublicKey(sealing);
		await suite.Seal(to, new Uint8Array(bytes), { info, aad });
	}
}

async function keysOf({ seed, issuer, attester }: BareOpening): Promise<Keys> {
	const { sealing, sealingPublic } = await organizerKeys(fromB64u(seed));
	return {
		issuer: await subtle.importKey('jwk', { kty: 'RSA', ...issuer }, { name: 'RSA-PSS', hash: 'SHA-384' }, false, [
			'verify',
		]),
		attester: await subtle.importKey('raw', fromB64u(attester), 'Ed25519', false, ['verify']),
		sealing,
		recipient: fromB64u(sealingPublic),
	};
}

/** `at`: which worker this is; the first exchanges, too. */
const at = Number(new URL(location.href).searchParams.get('at'));
const given: { once: BareOpening; names: BareName[] } = await (await fetch(`/inputs?at=${at}`)).json();
const keys = await keysOf(given.once);
const { received, sealed, bytes } = given.once;
const once = decoded({ received, sealed, keys: given.once.keys });
const names = given.names.map(decoded);
const context = scheduleContext('undersigned/share/1');
addEventListener('message', async () => {
	try {
		postMessage(await openAll());
	} catch (failure) {
		postMessage(String(failure));
	}
});
async function openAll(): Promise<number> {
	for (let from = 0; from < names.length; from += AT_ONCE)
		await Promise.all(names.slice(from, from + AT_ONCE).map((one) => openName(one, keys, context)));
	if (at === 0) await exchange(once, keys, bytes);
	return names.length;
}
postMessage('laid out');
