import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../../../shared/bytes.ts';
import { findOwnEntry, proveOwn } from '../../../shared/client/own-entry.ts';
import { toStub } from '../../../shared/entry.ts';
import { checkMine, type PrintedSignature } from '../../../shared/mine.ts';
import { writeReleaseFile } from '../../../shared/release-file.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { buildLetter, type MadeSigner, releaseFiles, someSigners, type TestLetter } from '../../support/letter.ts';

const mineFor = { journalist: 'Ida Tarbell', challenge: '7K2M-Q9XR' };
let letter: TestLetter;
let made: Awaited<ReturnType<typeof releaseFiles>>;

beforeAll(async () => {
	// Enough anonymous ones that none is dropped.
	letter = await buildLetter({ signers: someSigners(36) });
	made = await releaseFiles(letter);
});

/** In pieces of a size that cuts lines and characters anywhere. */
async function* inPieces(file: string): AsyncGenerator<Uint8Array> {
	const bytes = utf8(file);
	for (let from = 0; from < bytes.length; from += 1_013) yield bytes.subarray(from, from + 1_013);
}

const numbered = () => made.release.signatures.map((signature, at) => ({ ...signature, number: at + 1 }));
const signer = (at: number): MadeSigner => {
	const found = letter.signers[at];
	if (!found) throw new Error(`There is no signer ${at}.`);
	return found;
};

describe('one’s own entry', () => {
	test('is found by its key among all others, named or anonymous', async () => {
		for (const at of [0, 1, 2, 35]) {
			const key = signer(at).keys.publicKey;
			const own = numbered().find((one) => 'entry' in one && one.entry.statement.key === key);
			expect(await findOwnEntry(inPieces(made.file), letter.root, key)).toEqual({
				number: own?.number,
				digest: own?.digest,
			});
		}
	});

	test('is not told by how far the file is read: all of it is, wherever one stands in it', async () => {
		let read = 0;
		const counted = async function* () {
			for await (const piece of inPieces(made.file)) {
				read += piece.length;
				yield piece;
			}
		};
		for (const at of [0, 1, 2, 35]) {
			read = 0;
			expect(await findOwnEntry(counted(), letter.root, signer(at).keys.publicKey)).not.toBeNull();
			expect([at, read]).toEqual([at, utf8(made.file).length]);
		}
	});

	test('is not taken from whoever shows one that names the key without being made with it', async () => {
		const [mine, other] = [signer(0), signer(1)];
		// The server puts this key into somebody else’s entry.
		const forged = made.file
			.replaceAll(mine.keys.publicKey, 'A'.repeat(43))
			.replaceAll(other.keys.publicKey, mine.keys.publicKey);
		expect(await findOwnEntry(forged, letter.root, mine.keys.publicKey)).toBeNull();
		const elsewhere = await buildLetter({ seed: 'another letter' });
		expect(await findOwnEntry(made.file, elsewhere.root, mine.keys.publicKey)).toBeNull();
	});

	test('is none once it was taken off', async () => {
		const { publicKey, privateKey } = signer(0).keys;
		const withdrawal = await signWithdrawal(privateKey, letter.root, publicKey, 2);
		const signatures = await Promise.all(
			made.release.signatures.map(async (one) =>
				'entry' in one && one.entry.statement.key === publicKey
					? { digest: one.digest, stub: await toStub(one.entry, { withdrawal }) }
					: one,
			),
		);
		const file = writeReleaseFile({ ...made.release, signatures });
		expect(await findOwnEntry(file, letter.root, publicKey)).toBeNull();
		await expect(proveOwn(file, letter.root, signer(0).keys, mineFor)).rejects.toMatchObject({ code: 'mine-unknown' });
	});
});

describe('a proof of it', () => {
	test('holds for the journalist for whom it was made, and for nobody else', async () => {
		const { keys } = signer(2);
		const { number, proof } = await proveOwn(inPieces(made.file), letter.root, keys, mineFor);
		const printed: PrintedSignature = {
			...{ number, key: keys.publicKey, group: 'Acme', shown: 'anonymous', stands: 'listed' },
			...{ display: null, label: null },
		};
		const recounted = {
			root: letter.root,
			find: async (digest: string) => (made.release.signatures[number - 1]?.digest === digest ? printed : null),
		};
		expect(await checkMine(proof, mineFor, recounted)).toEqual(printed);
		const another = { ...mineFor, journalist: 'Nellie Bly' };
		await expect(checkMine(proof, another, recounted)).rejects.toMatchObject({ code: 'mine-journalist' });
	});

	test('is not made for nobody, nor from a file that is cut off', async () => {
		const { keys } = signer(0);
		const asked = (file: string, what: Partial<typeof mineFor>) =>
			proveOwn(file, letter.root, keys, { ...mineFor, ...what });
		await expect(asked(made.file, { journalist: ' ' })).rejects.toMatchObject({
			code: 'mine-journalist',
			place: 'journalist',
		});
		await expect(asked(made.file, { challenge: 'short' })).rejects.toMatchObject({
			code: 'mine-challenge',
			place: 'challenge',
		});
		await expect(asked(made.file.slice(0, 5_000), {})).rejects.toMatchObject({ code: 'mine-unknown' });
		await expect(asked('<!doctype html>\n', {})).rejects.toMatchObject({ code: 'mine-unknown' });
	});
});
