import { expect, test } from 'vitest';
import { solveWork } from '../../../shared/client/work.ts';

test('the same work in a browser and in Node: the counter whose key begins as asked', async () => {
	// PBKDF2 of nonce and counter (four bytes, most significant first), as node:crypto derives it.
	const parameters = {
		...{ algorithm: 'PBKDF2/SHA-256', cost: 10, nonce: '000102030405060708090a0b0c0d0e0f' },
		...{ salt: '0f0e0d0c0b0a09080706050403020100', keyLength: 32, keyPrefix: 'bc82f3c37dcc61aff328d568390678c5' },
	};
	const solved = JSON.parse((await solveWork({ parameters, signature: 'of the server' })) ?? '');
	expect(solved).toMatchObject({
		challenge: { parameters, signature: 'of the server' },
		solution: { counter: 37, derivedKey: 'bc82f3c37dcc61aff328d568390678c530fd1c20ca66234d8cc42700bebe61d9' },
	});
});
