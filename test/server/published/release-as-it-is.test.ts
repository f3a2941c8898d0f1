import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readRelease } from '../../../server/published/read-release.ts';
import type { Since } from '../../../server/published/release-as-it-is.ts';
import { fromUtf8, utf8 } from '../../../shared/bytes.ts';
import { strikeSubject } from '../../../shared/entry.ts';
import { recount } from '../../../shared/recount.ts';
import { readReleaseFile } from '../../../shared/release-file.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { fullLetter } from '../../support/full-letter.ts';
import { approvalsOf } from '../../support/letter.ts';

const nothing: Since = { withdrawn: new Map(), strikes: [], approvals: null };

describe('the release file as it is now', async () => {
	const { letter, made } = await fullLetter();
	const file = made.file;
	const { signatures, approvals } = await readReleaseFile(file);
	const entries = signatures.flatMap((one, at) => ('entry' in one ? [{ ...one, number: at + 1 }] : []));
	const [first, second] = entries;
	if (!first || !second) throw new Error('There are no entries.');
	const signer = letter.signers.find(({ keys }) => keys.publicKey === first.entry.statement.key);
	if (!signer) throw new Error('There is no such signer.');
	const { privateKey, publicKey } = signer.keys;
	const withdrawn = new Map([[publicKey, await signWithdrawal(privateKey, letter.root, publicKey, 2)]]);
	const agreed = await approvalsOf(letter, 'strike', await strikeSubject(second.digest, 'twice'));
	const strike = { number: second.number, digest: second.digest, reason: 'twice' as const, approvals: agreed };
	const read = (since: Partial<Since>, source = file) => {
		const bytes = utf8(source);
		const pieces = async function* () {
			for (let from = 0; from < bytes.length; from += 999) yield bytes.subarray(from, from + 999);
		};
		return readRelease(pieces(), bytes.length, { since: { ...nothing, ...since }, keep: (signature) => signature });
	};
	const now = async (since: Partial<Since>, source = file) => fromUtf8((await read(since, source)).file);

	test('is the same bytes where nothing has changed', async () => {
		expect(await now({})).toBe(file);
	});

	test('has stubs for who withdrew and who was struck, and every check holds', async () => {
		const counted = (await recount(file)).counted;
		const later = await now({ withdrawn, strikes: [strike] });
		expect(await recount(later)).toMatchObject({
			ok: true,
			counted: { withdrawn: (counted?.withdrawn ?? 0) + 1, struck: (counted?.struck ?? 0) + 1 },
		});
		for (const { entry } of [first, second]) expect(later).not.toContain(entry.authenticator);
		const lines = (text: string) => text.split('\n');
		const different = lines(later).filter((line, at) => line !== lines(file)[at]);
		expect(different).toHaveLength(2);
		expect(await now({ withdrawn, strikes: [strike] }, later)).toBe(later);
	});

	test('takes the signer’s own word where both happened', async () => {
		const both = { ...strike, number: first.number, digest: first.digest };
		expect((await recount(await now({ withdrawn, strikes: [both] }))).counted?.withdrawn).toBe(
			((await recount(file)).counted?.withdrawn ?? 0) + 1,
		);
	});

	test('never loses another name than the one that was struck', async () => {
		await expect(now({ strikes: [{ ...strike, number: first.number }] })).rejects.toThrow('was struck');
	});

	test('gets its approvals', async () => {
		const without = await now({ approvals: [] });
		expect((await readReleaseFile(without)).approvals).toEqual([]);
		expect(await now({ approvals }, without)).toBe(file);
	});

	test('is read as anybody reads it', async () => {
		const { signatures: whole, ...release } = await readReleaseFile(file);
		const without = whole.map((one) => ('entry' in one ? { entry: one.entry } : { stub: one.stub }));
		expect(await read({})).toMatchObject({ release: { ...release, signatures: without } });
	});

	test('may be longer than it was, however much', async () => {
		const many = Array.from({ length: 700 }, () => approvals[0]).filter((one) => one !== undefined);
		const { file: longer, sha256 } = await read({ approvals: many });
		expect(fromUtf8(longer).split('\n').at(-3)).toBe(`"approvals":${JSON.stringify(many)}`);
		expect(sha256).toBe(createHash('sha256').update(longer).digest('hex'));
	});
});
