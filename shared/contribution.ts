/** What one organizer gives another at the opening: its shares, sealed to that one alone (docs/protocol.md, section 6). */
import { type Bytes, b64u, concat, frame, fromB64u, hash, joinBytes, utf8 } from './bytes.ts';
import { Fault } from './fault.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import { LIMITS } from './limits.ts';

const INFO = 'undersigned/contribution/1';
const KEY = 32;
const ITEM = KEY + LIMITS.share;

/** `from` and `to`: ids of organizers. `root`: b64u. */
export type Route = { root: string; from: string; to: string };

/** In ascending order of the bytes, which is the order of their hexadecimal digits but not of base64url. */
export function sortKeys(keys: string[]): string[] {
	return keys
		.map((key) => ({ key, bytes: fromB64u(key, KEY) }))
		.sort((a, b) => compareBytes(a.bytes, b.bytes))
		.map(({ key }) => key);
}

export function compareBytes(a: Bytes, b: Bytes): number {
	for (let i = 0; i < Math.min(a.length, b.length); i++) {
		const difference = (a[i] ?? 0) - (b[i] ?? 0);
		if (difference !== 0) return difference;
	}
	return a.length - b.length;
}

/** @param sorted by `sortKeys`. @returns b64u of 32 bytes */
export async function keysHash(sorted: string[]): Promise<string> {
	return b64u(await hash('undersigned/keys/1', joinBytes(sorted.map((key) => fromB64u(key, KEY)))));
}

/** What a contribution holds, the same for every receiver. `plain`: each key with its share, in the order of keys. */
export type Listed = { keysHash: string; plain: Bytes };

/** @param list signer keys, each once, with the share that was opened */
export async function listShares(list: { key: string; share: Bytes }[]): Promise<Listed> {
	const shares = new Map(list.map(({ key, share }) => [key, share]));
	const sorted = sortKeys([...shares.keys()]);
	const items = sorted.map((key) => concat(fromB64u(key, KEY), shares.get(key) ?? new Uint8Array(0)));
	if (shares.size !== list.length || items.some((item) => item.length !== ITEM)) {
		throw new Fault('encoding', 'contribution', 'A contribution has each key once, with a share of 33 bytes.');
	}
	return { keysHash: await keysHash(sorted), plain: joinBytes(items) };
}

/** @param sealing the receiver's public X25519 key, b64u. @returns b64u(enc ‖ ciphertext) */
export function sealListed(route: Route, sealing: string, { keysHash, plain }: Listed): Promise<string> {
	return hpkeSeal(sealing, plain, INFO, routeFrame(route, keysHash));
}

/** For one receiver: both of the above. @returns hash of the keys, and b64u(enc ‖ ciphertext) */
export async function sealContribution(
	route: Route,
	sealing: string,
	list: { key: string; share: Bytes }[],
): Promise<{ keysHash: string; sealed: string }> {
	const listed = await listShares(list);
	return { keysHash: listed.keysHash, sealed: await sealListed(route, sealing, listed) };
}

/**
 * @param hashed hash of the keys that the sender listed, b64u. Signers withdraw between two contributions, so the lists differ.
 * @returns share by signer key. That a share is the one committed to is for `openSealed` to say.
 * @throws Fault `contribution-unreadable`
 */
export async function openContribution(
	route: Route,
	sealing: CryptoKey,
	hashed: string,
	sealed: string,
): Promise<Map<string, Bytes>> {
	const plain = await openPlain(route, sealing, hashed, sealed).catch(() => null);
	const items =
		plain && Array.from({ length: Math.ceil(plain.length / ITEM) }, (_, i) => plain.slice(i * ITEM, (i + 1) * ITEM));
	const keys = items?.map((item) => b64u(item.subarray(0, KEY))) ?? [];
	const whole = items?.at(-1)?.length === ITEM || items?.length === 0;
	// In their one order and each once, as they were hashed: so the list is the one that was sealed, whoever says its hash.
	const sorted = whole && sortKeys([...new Set(keys)]).join() === keys.join();
	if (!items || !sorted || (await keysHash(keys)) !== hashed) {
		throw new Fault(
			'contribution-unreadable',
			route.from,
			'This contribution was not sealed to you, for these signatures.',
		);
	}
	return new Map(items.map((item, i) => [keys[i] ?? '', item.slice(KEY)]));
}

async function openPlain(route: Route, sealing: CryptoKey, hashed: string, sealed: string): Promise<Bytes> {
	return hpkeOpen(sealing, sealed, INFO, routeFrame(route, hashed));
}

function routeFrame({ root, from, to }: Route, hashed: string): Bytes {
	return frame('undersigned/contribution/1', fromB64u(root, 32), utf8(from), utf8(to), fromB64u(hashed, 32));
}
