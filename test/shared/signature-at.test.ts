import { beforeAll, expect, test } from 'vitest';
import type { Release } from '../../shared/release.ts';
import { signatureAt } from '../../shared/signature-at.ts';
import { faultOf } from '../support/fault-of.ts';
import { buildLetter, releaseFiles, someSigners } from '../support/letter.ts';

let release: Release;
let file: string;
beforeAll(async () => {
	({ release, file } = await releaseFiles(await buildLetter({ signers: someSigners(7) })));
});

test('each signature by its number, with the digest that it has in the release', async () => {
	for (const [i, signature] of release.signatures.entries()) {
		expect(await signatureAt(file, i + 1)).toEqual(signature);
	}
	expect(await signatureAt(file, release.signatures.length + 1)).toBeNull();
});

test('reads no further than it must: what follows may be broken, what stands before may not', async () => {
	const at = file.indexOf('{"entry":', file.indexOf('{"entry":') + 1);
	async function* pieces(): AsyncGenerator<string> {
		yield file.slice(0, at);
		throw new Error('More was read than the first signature.');
	}
	expect(await signatureAt(pieces(), 1)).toEqual(release.signatures[0]);
	await expect(signatureAt(pieces(), 2)).rejects.toThrow('More was read');
	expect(await faultOf(() => signatureAt(file.slice(0, at), 2))).toBe('release-form');
	expect(await faultOf(() => signatureAt(file.replace('"texts":[', '"text":['), 1))).toBe('release-form');
	expect(await faultOf(() => signatureAt('<!doctype html>\n', 1))).toBe('release-form');
});
