/** What one organizer gives another at the opening: its shares, sealed to that one alone (docs/protocol.md, section 6). */
import { type Bytes, b64u, frame, fromB64u, hash, joinBytes, utf8 } from './bytes.ts';
import { Fault } from './fault.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import { LIMITS } from './limits.ts';
import { Slices, sortInSlices } from './slices.ts';

const INFO = 'undersigned/contribution/1';
const KEY = 32;
const ITEM = KEY + LIMITS.share;

/** `from` and `to`: ids of organizers. `root`: b64u. */
export type Route = { root: string; from: string; to: string };

/** The order of keys, and of digests: that of their hexadecimal digits, but not of base64url. */
export function compareBytes(a: Bytes, b: Bytes): number {
	for (let i = 0; i < Math.min(a.length, b.length); i++) {
		const difference = (a[i] ?? 0) - (b[i] ?? 0);
		if (difference !== 0) return difference;
	}
	return a.length - b.length;
}

const hashOfKeys = async (sorted: Bytes[]): Promise<string> =>
	b64u(await hash('undersigned/keys/1', joinBytes(sorted)));

/** What a contribution holds, the same for every receiver. `plain`: each key with its share, in the order of keys. */
export type Listed = { keysHash: string; plain: Bytes };

/** In slices, since it is of all signatures. @param list signer keys, each once, with the share that was opened */
export async function listShares(list: { key: string; share: Bytes }[], slices = new Slices()): Promise<Listed> {
	const unsorted: { key: Bytes; share: Bytes }[] = [];
	for (const { key, share } of list) {
		await slices.next();
		unsorted.push({ key: fromB64u(key, KEY), share });
	}
	const items = await sortInSlices(unsorted, (a, b) => compareBytes(a.key, b.key), slices);
	const keys = items.map(({ key }) => key);
	if (!areAscending(keys) || items.some(({ share }) => share.length !== LIMITS.share)) {
		throw new Fault('encoding', 'contribution', 'A contribution has each key once, with a share of 33 bytes.');
	}
	return { keysHash: await hashOfKeys(keys), plain: joinBytes(items.flatMap(({ key, share }) => [key, share])) };
}

/** And so each once. */
const areAscending = (keys: readonly Bytes[]): boolean =>
	keys.every((key, at) => at === 0 || compareBytes(keys[at - 1] as Bytes, key) < 0);

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
	slices = new Slices(),
): Promise<Map<string, Bytes>> {
	const plain = await openPlain(route, sealing, hashed, sealed).catch(() => null);
	const items = plain === null || plain.length % ITEM !== 0 ? null : itemsOf(plain);
	const keys = items?.map(({ key }) => key) ?? [];
	// In their one order and each once, as they were hashed: so the list is the one that was sealed, whoever says its hash.
	if (!items || !areAscending(keys) || (await hashOfKeys(keys)) !== hashed) {
		throw new Fault(
			'contribution-unreadable',
			route.from,
			'This contribution was not sealed to you, for these signatures.',
		);
	}
	const shares = new Map<string, Bytes>();
	for (const { key, share } of items) {
		await slices.next();
		shares.set(b64u(key), share);
	}
	return shares;
}

const itemsOf = (plain: Bytes): { key: Bytes; share: Bytes }[] =>
	Array.from({ length: plain.length / ITEM }, (_, at) => ({
		key: plain.subarray(at * ITEM, at * ITEM + KEY),
		share: plain.slice(at * ITEM + KEY, (at + 1) * ITEM),
	}));

async function openPlain(route: Route, sealing: CryptoKey, hashed: string, sealed: string): Promise<Bytes> {
	return hpkeOpen(sealing, sealed, INFO, routeFrame(route, hashed));
}

function routeFrame({ root, from, to }: Route, hashed: string): Bytes {
	return frame('undersigned/contribution/1', fromB64u(root, 32), utf8(from), utf8(to), fromB64u(hashed, 32));
}
