import { expect, test } from 'vitest';
import { Secret } from '../../../server/platform/secret.ts';
import { SecretBox } from '../../../server/platform/secret-box.ts';

const box = new SecretBox(new Secret('0123456789abcdef0123456789abcdef'));
const plain = new TextEncoder().encode('what the server keeps');

test('opens what it sealed, and never seals the same twice', () => {
	const sealed = box.seal('release', 'letter-1', plain);
	expect(box.open('release', 'letter-1', sealed)).toEqual(plain);
	expect(box.seal('release', 'letter-1', plain)).not.toEqual(sealed);
});

test('does not open for another purpose, another context or another host', () => {
	const sealed = box.seal('release', 'letter-1', plain);
	expect(() => box.open('keyring', 'letter-1', sealed)).toThrow();
	expect(() => box.open('release', 'letter-2', sealed)).toThrow();
	const other = new SecretBox(new Secret('another host secret of some length'));
	expect(() => other.open('release', 'letter-1', sealed)).toThrow();
});

test('purpose and context cannot run into each other', () => {
	expect(box.key('a', 'b,c').export()).not.toEqual(box.key('a,b', 'c').export());
	expect(box.key('a","b', 'c').export()).not.toEqual(box.key('a', 'b","c').export());
});

test('any changed byte is found', () => {
	const sealed = box.seal('release', 'letter-1', plain);
	for (let at = 0; at < sealed.length; at++) {
		const altered = sealed.with(at, (sealed[at] ?? 0) ^ 1);
		expect(() => box.open('release', 'letter-1', altered)).toThrow();
	}
	for (const length of [0, 11, 27]) expect(() => box.open('release', 'letter-1', sealed.slice(0, length))).toThrow();
});
