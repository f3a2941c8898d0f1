import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { b64u, concat, frame, fromB64u, hash, hex, newId, randomBytes, utf8 } from '../../shared/bytes.ts';
import { listShares, openContribution, type Route, sealContribution, sealListed } from '../../shared/contribution.ts';
import { hpkeSeal } from '../../shared/hpke.ts';
import { type OrganizerSecrets, organizerKeys } from '../../shared/keys.ts';
import { Slices } from '../../shared/slices.ts';
import { faultOf } from '../support/fault-of.ts';

let to: OrganizerSecrets;
const route: Route = { root: b64u(randomBytes(32)), from: newId(), to: newId() };
beforeAll(async () => {
	to = await organizerKeys(randomBytes(32));
});
const makeList = (count: number) =>
	Array.from({ length: count }, () => ({ key: b64u(randomBytes(32)), share: randomBytes(33) }));

/** Another way to the order of bytes than the product's. */
const byBytes = (a: string, b: string) => (hex(fromB64u(a)) < hex(fromB64u(b)) ? -1 : 1);

test('it carries each share to one organizer', async () => {
	for (const count of [0, 1, 200]) {
		const list = makeList(count);
		const { sealed, keysHash } = await sealContribution(route, to.sealingPublic, list);
		const opened = await openContribution(route, to.sealing, keysHash, sealed);
		const keys = list.map(({ key }) => key).sort(byBytes);
		expect([...opened]).toEqual(keys.map((key) => [key, list.find((one) => one.key === key)!.share]));
	}
});

test('it opens for one letter, sender, receiver and list only', async () => {
	const { sealed, keysHash } = await sealContribution(route, to.sealingPublic, makeList(3));
	const other = await organizerKeys(randomBytes(32));
	const attempts: (() => Promise<unknown>)[] = [
		() => openContribution({ ...route, root: b64u(randomBytes(32)) }, to.sealing, keysHash, sealed),
		() => openContribution({ ...route, from: route.to }, to.sealing, keysHash, sealed),
		() => openContribution({ ...route, to: route.from }, to.sealing, keysHash, sealed),
		() => openContribution(route, other.sealing, keysHash, sealed),
		() => openContribution(route, to.sealing, b64u(randomBytes(32)), sealed),
		() => openContribution(route, to.sealing, 'no hash', sealed),
		() => openContribution(route, to.sealing, keysHash, `${sealed}AAAA`),
		() => openContribution(route, to.sealing, keysHash, ''),
	];
	for (const attempt of attempts) expect(await faultOf(attempt)).toBe('contribution-unreadable');
});

describe('a malicious sender, who seals what it likes under the hash it likes', () => {
	const [key, next] = ['A'.repeat(43), `${'A'.repeat(42)}E`].map((text) => fromB64u(text, 32));
	const share = randomBytes(33);
	test.each([
		['a key twice', [key!, share, key!, share], [key!, key!]],
		['keys in another order', [next!, share, key!, share], [next!, key!]],
		['half a share', [key!, share.slice(1)], [key!]],
		['another key than was hashed', [key!, share], [next!]],
	])('%s is refused', async (_, plain, keys) => {
		const hashed = await hash('undersigned/keys/1', concat(...keys));
		const { root, from } = route;
		const aad = frame('undersigned/contribution/1', fromB64u(root), utf8(from), utf8(route.to), hashed);
		const sealed = await hpkeSeal(to.sealingPublic, concat(...plain), 'undersigned/contribution/1', aad);
		const act = () => openContribution(route, to.sealing, b64u(hashed), sealed);
		expect(await faultOf(act)).toBe('contribution-unreadable');
	});
});

test('a key twice or a share of another length is refused', async () => {
	const [one] = makeList(1);
	expect(await faultOf(() => sealContribution(route, to.sealingPublic, [one!, one!]))).toBe('encoding');
	const short = { key: one!.key, share: randomBytes(32) };
	expect(await faultOf(() => sealContribution(route, to.sealingPublic, [short]))).toBe('encoding');
});

test('keys are in the order of their bytes', async () => {
	const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => b64u(bytes));
	await fc.assert(
		fc.asyncProperty(fc.uniqueArray(key, { maxLength: 20 }), async (keys) => {
			const { plain } = await listShares(keys.map((one) => ({ key: one, share: randomBytes(33) })));
			const listed = keys.map((_, at) => hex(plain.subarray(at * 65, at * 65 + 32)));
			return listed.join() === [...listed].sort().join();
		}),
	);
});

test('it is listed, and opened, in steps between which a page has its turn', async () => {
	const list = makeList(500);
	const listing = new Counted();
	const { keysHash, plain } = await listShares(list, listing);
	expect(listing.steps).toBeGreaterThanOrEqual(list.length);
	const sealed = await sealListed(route, to.sealingPublic, { keysHash, plain });
	const opening = new Counted();
	expect((await openContribution(route, to.sealing, keysHash, sealed, opening)).size).toBe(list.length);
	expect(opening.steps).toBeGreaterThanOrEqual(list.length);
});

class Counted extends Slices {
	steps = 0;

	override next(): Promise<void> {
		this.steps += 1;
		return super.next();
	}
}
