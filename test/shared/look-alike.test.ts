import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDomain } from '../../shared/domain.ts';
import { COINED, DISPOSABLE, PUBLIC_MAIL } from '../../shared/domain-lists.ts';
import { mistakable, oneEdit, providerLike } from '../../shared/look-alike.ts';
import { faultOf } from '../support/fault-of.ts';

const coined = [...PUBLIC_MAIL, ...DISPOSABLE].filter((domain) => COINED.has(domain.split('.')[0] ?? ''));
/** But for a service under somebody's own name, of which only that name is compared. */
const registered = [...PUBLIC_MAIL, ...DISPOSABLE].filter((domain) => domain !== 'relay.firefox.com');
const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
const refused = new Set(['domain-look-alike', 'domain-public', 'domain-disposable']);

/** Anything that one slip of the finger makes of a name, after its first letter. */
const slipOf = (name: string) =>
	fc
		.tuple(fc.integer({ min: 1, max: name.length - 1 }), fc.constantFrom('other', 'more', 'less', 'swap'), letter)
		.map(([at, slip, typed]) => {
			const [before, here, after] = [name.slice(0, at), name[at] ?? '', name.slice(at + 1)];
			if (slip === 'other') return before + typed + after;
			if (slip === 'more') return before + typed + here + after;
			if (slip === 'less') return before + after;
			return before + (after[0] ?? '') + here + after.slice(1);
		});

test('every name made for mail belongs to a provider of the lists', () => {
	const names = new Set([...PUBLIC_MAIL, ...DISPOSABLE].map((domain) => domain.split('.')[0]));
	expect([...COINED].filter((name) => !names.has(name))).toEqual([]);
});

test('a provider with one slip of the finger in its name is refused', async () => {
	const typed = fc.constantFrom(...coined).chain((domain) => {
		const [name = '', ...rest] = domain.split('.');
		return slipOf(name).map((slip) => [slip, ...rest].join('.'));
	});
	await fc.assert(
		fc.asyncProperty(typed, async (domain) => {
			expect(refused, domain).toContain(await faultOf(() => checkDomain(domain)));
		}),
	);
});

test('a provider written with signs that look the same is refused, whatever its name', async () => {
	const swaps: [string, string][] = [
		['o', '0'],
		['l', '1'],
		['i', '1'],
		['m', 'rn'],
		['w', 'vv'],
		['s', '5'],
	];
	const typed = fc.tuple(fc.constantFrom(...registered), fc.constantFrom(...swaps)).map(([domain, [from, to]]) => {
		const [name = '', ...rest] = domain.split('.');
		return [name.replaceAll(from, to), ...rest].join('.');
	});
	await fc.assert(
		fc.asyncProperty(typed, async (domain) => {
			expect(refused, domain).toContain(await faultOf(() => checkDomain(domain)));
		}),
	);
});

test('a name that shares little with any provider is taken', () => {
	const name = fc.stringMatching(/^[bcdfghjkpqtxz][a-z]{2,12}works$/);
	fc.assert(
		fc.property(name, (name) => {
			expect(providerLike(`${name}.example`)).toBeNull();
		}),
	);
});

test.each([
	['northwind.example', 'northw1nd.example', true],
	['northwind.example', 'nortwhind.example', true],
	['northwind.example', 'north-wind.example', true],
	['northwind.example', 'mail.northwind.example', false],
	['northwind.example', 'northwind.co.uk', false],
	['northwind.example', 'southwind.example', false],
	['acme.example', 'acne.example', false],
	['acme.example', 'acrne.example', true],
])('%s beside %s may be taken for each other: %s', (a, b, is) => {
	expect([mistakable(a, b), mistakable(b, a)]).toEqual([is, is]);
});

test('one edit is the same both ways, and nothing is one from itself', () => {
	const name = fc.stringMatching(/^[a-z]{4,9}$/);
	fc.assert(
		fc.property(name, name, (a, b) => {
			expect(oneEdit(a, b)).toBe(oneEdit(b, a));
			expect(oneEdit(a, a)).toBe(false);
		}),
	);
});
