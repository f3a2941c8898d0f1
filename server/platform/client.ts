import { BlockList, isIP } from 'node:net';
import type { PeerKey } from './peer-key.ts';

/** Who asks, as far as anything but the connection may know: no address, only what rate limits and development mode need. */
export interface Client {
	/** A keyed hash of the address (of an IPv6 address, its /64), under a key of the day. */
	key: string;
	/** The connection came over loopback and no proxy announced itself. */
	local: boolean;
}

/** What proxies, tunnels and content networks add: any of them means that somebody else's request may be behind this connection. */
const forwarding =
	/^(forwarded|via|x-forwarded(-.+)?|x-(real|client|cluster-client)-ip|(cf|fastly|fly|true)-(connecting-|client-)ip)$/;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
const within = (list: BlockList, address: string): boolean =>
	isIP(address) !== 0 && list.check(address, family(address));

/** The networks in TRUSTED_PROXIES; throws with the entry that cannot be read. */
export function proxyNetworks(entries: readonly string[]): BlockList {
	const networks = new BlockList();
	for (const entry of entries) {
		const [address = '', bits] = entry.split('/');
		const version = isIP(address);
		const prefix = bits === undefined ? (version === 6 ? 128 : 32) : Number(bits);
		if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (version === 6 ? 128 : 32)) {
			throw new RangeError(entry);
		}
		networks.addSubnet(address, prefix, family(address));
	}
	return networks;
}

/** An IPv6 subscriber has a whole /64 to pick addresses from, so that is what counts as one client. */
function subscriber(address: string): string {
	if (isIP(address) !== 6) return address;
	const [head = '', tail] = address.split('::');
	const left = head.split(':').filter(Boolean);
	const right = tail?.split(':').filter(Boolean) ?? [];
	const middle = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
	return [...left, ...middle, ...right]
		.slice(0, 4)
		.map((part) => Number.parseInt(part, 16).toString(16))
		.join(':');
}

/**
 * X-Forwarded-For is believed only as far as trusted proxies wrote it: from the right, the first address that is not a
 * trusted proxy's is the client. Proven by test/server/platform/client.test.ts.
 */
export function identifyClient(remote: string, headers: Headers, proxies: BlockList, peers: PeerKey): Client {
	let address = unmapped(remote);
	const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => unmapped(hop.trim()));
	while (within(proxies, address)) {
		const previous = hops.pop();
		if (!previous || isIP(previous) === 0) break;
		address = previous;
	}
	const forwarded = [...headers.keys()].some((name) => forwarding.test(name));
	return {
		key: peers.hash(subscriber(address)),
		local: within(loopback, unmapped(remote)) && !forwarded,
	};
}
