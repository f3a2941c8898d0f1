import { expect, test } from 'vitest';
import { identifyClient, proxyNetworks } from '../../../server/platform/client.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { PeerKey } from '../../../server/platform/peer-key.ts';

const peers = new PeerKey(systemClock);
const none = proxyNetworks([]);
const proxies = proxyNetworks(['10.0.0.0/8', '2001:db8:ffff::1']);
const keyOf = (remote: string, forwardedFor?: string, trusted = proxies) =>
	identifyClient(remote, new Headers(forwardedFor ? { 'x-forwarded-for': forwardedFor } : {}), trusted, peers).key;

test('what a client writes into X-Forwarded-For changes nothing', () => {
	expect(keyOf('192.0.2.7', '198.51.100.1', none)).toBe(keyOf('192.0.2.7', undefined, none));
	expect(keyOf('10.0.0.1', 'anything, 192.0.2.7')).toBe(keyOf('10.0.0.1', '192.0.2.7'));
	expect(keyOf('10.0.0.1', '198.51.100.1, 192.0.2.7, 10.0.0.2')).toBe(keyOf('192.0.2.7'));
});

test('clients behind a trusted proxy are told apart', () => {
	expect(keyOf('10.0.0.1', '192.0.2.7')).not.toBe(keyOf('10.0.0.1', '192.0.2.8'));
	expect(keyOf('2001:db8:ffff::1', '192.0.2.7')).toBe(keyOf('192.0.2.7'));
});

test('an IPv6 subscriber is one client whatever address of the /64 is used', () => {
	expect(keyOf('2001:db8:1:2::1')).toBe(keyOf('2001:db8:1:2:ffff:1:2:3'));
	expect(keyOf('2001:db8:1:2::1')).not.toBe(keyOf('2001:db8:1:3::1'));
	expect(keyOf('::ffff:192.0.2.7')).toBe(keyOf('192.0.2.7'));
});

test('the key does not contain the address', () => {
	expect(keyOf('192.0.2.7')).not.toContain('192.0');
});

test('only a direct connection over loopback is local', () => {
	const isLocal = (remote: string, headers = {}) => identifyClient(remote, new Headers(headers), none, peers).local;
	for (const remote of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(isLocal(remote)).toBe(true);
	for (const remote of ['192.0.2.7', '', '10.0.0.1']) expect(isLocal(remote)).toBe(false);
	const standard = ['forwarded', 'via', 'x-forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];
	const others = [
		'x-real-ip',
		'x-client-ip',
		'cf-connecting-ip',
		'true-client-ip',
		'fastly-client-ip',
		'fly-client-ip',
	];
	for (const name of [...standard, ...others]) {
		expect(isLocal('127.0.0.1', { [name]: '127.0.0.1' }), name).toBe(false);
	}
	expect(isLocal('127.0.0.1', { 'x-requested-with': 'fetch', accept: '*/*' })).toBe(true);
});

test.each(['10.0.0.0/33', 'proxy.example', '10.0.0.0/x', '', '1.2.3', '::1/129'])('%j is no network', (entry) => {
	expect(() => proxyNetworks([entry])).toThrow(RangeError);
});
