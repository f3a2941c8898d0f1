import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../../shared/bytes.ts';
import { composeRelease, type ReleaseFacts } from '../../shared/compose-release.ts';
import { compareDigests } from '../../shared/release.ts';
import { readReleaseFile, writeReleaseFile } from '../../shared/release-file.ts';
import { signReleaseJws, verifyReleaseJws } from '../../shared/release-jws.ts';
import { signWithdrawal } from '../../shared/statement.ts';
import { buildLetter, releaseFiles, someSigners, type TestLetter } from '../support/letter.ts';

let letter: TestLetter;

beforeAll(async () => {
	letter = await buildLetter({ signers: someSigners(20), amendments: 1 });
});

const keyOf = (at: number) => letter.signers[at]!.keys.publicKey;
const groupOf = (at: number) => letter.charter.groups[at]!.id;

/** The facts with some signatures changed. */
function changed(change: (facts: ReleaseFacts) => Partial<ReleaseFacts>): ReleaseFacts {
	return { ...letter.facts, ...change(letter.facts) };
}

describe('composing', () => {
	test('gives the same bytes whatever the order of the facts', async () => {
		const facts = changed(() => ({
			strikes: [
				{ key: keyOf(0), reason: 'twice' },
				{ key: keyOf(1), reason: 'asked' },
			],
			unreadable: [],
		}));
		const first = await composeRelease(facts);
		await fc.assert(
			fc.asyncProperty(
				fc.shuffledSubarray([...facts.opened], { minLength: facts.opened.length }),
				fc.shuffledSubarray([...facts.strikes], { minLength: 2 }),
				async (opened, strikes) => {
					const again = await composeRelease({ ...facts, opened, strikes });
					expect(writeReleaseFile(again.release)).toBe(writeReleaseFile(first.release));
					expect(again.releaseHash).toBe(first.releaseHash);
					expect(again.leftOut).toEqual(first.leftOut);
				},
			),
			{ numRuns: 5 },
		);
	});

	test('leaves out and tallies what is struck, unreadable, mismatched or of another text', async () => {
		const { release, leftOut } = await composeRelease(
			changed(({ opened, issuedCounts }) => ({
				opened: opened.slice(1).map((one, at) => {
					if (at === 2) return { ...one, contents: { ...one.contents, display: { name: 'Somebody Else', title: '' } } };
					return one;
				}),
				strikes: [
					{ key: keyOf(1), reason: 'addressee' },
					{ key: keyOf(4), reason: 'twice' },
					{ key: 'A'.repeat(43), reason: 'other' },
				],
				unreadable: [{ key: keyOf(0), group: groupOf(0) }],
				issuedCounts: issuedCounts.map((one) => ({ ...one, lapsed: 3 })),
			})),
		);
		expect(leftOut.map(({ key, why }) => [key, why])).toEqual(
			[
				[keyOf(0), 'unreadable'],
				[keyOf(1), 'struck'],
				[keyOf(3), 'mismatch'],
				[keyOf(4), 'struck'],
			].sort(([a], [b]) => (a! < b! ? -1 : 1)),
		);
		expect(release.terms.tallies.map(({ struck, lapsed }) => ({ struck, lapsed }))).toEqual([
			{ struck: [{ reason: 'twice', count: 1 }], lapsed: 4 },
			{ struck: [{ reason: 'addressee', count: 1 }], lapsed: 4 },
		]);
		expect(release.signatures).toHaveLength(16);
	});

	test('settles conditions and small groups after strikes', async () => {
		const small = await buildLetter({
			smallestCell: 3,
			signers: [
				{ name: 'One', condition: { signatures: 5 } },
				{ name: 'Two' },
				...Array.from({ length: 3 }, () => ({ label: 'Sales' })),
			],
		});
		expect((await composeRelease(small.facts)).release.signatures).toHaveLength(5);
		const strikes = [{ key: small.signers[2]!.keys.publicKey, reason: 'asked' as const }];
		const { release, leftOut } = await composeRelease({ ...small.facts, strikes });
		expect(release.signatures).toHaveLength(1);
		expect(leftOut.map(({ why }) => why).sort()).toEqual(['condition', 'small-group', 'small-group', 'struck']);
	});

	test('shows a label only where enough bear it', async () => {
		const { release } = await composeRelease(
			(
				await buildLetter({
					smallestCell: 2,
					signers: [...Array(3).fill({ label: 'Design' }), { label: 'Sales' }, { label: 'Kings' }, {}],
				})
			).facts,
		);
		const labels = release.signatures.map((one) => ('entry' in one ? one.entry.label : null));
		expect(labels.sort()).toEqual(['Design', 'Design', 'Design', null, null, null]);
	});

	test('a withdrawal turns an entry into a stub and leaves the hash', async () => {
		const { privateKey, publicKey } = letter.signers[0]!.keys;
		const withdraw = async (turn: number) => {
			const withdrawal = await signWithdrawal(privateKey, letter.root, publicKey, turn);
			return changed(({ opened }) => ({ opened: opened.map((one, at) => (at === 0 ? { ...one, withdrawal } : one)) }));
		};
		const before = await composeRelease(letter.facts);
		const after = await composeRelease(await withdraw(2));
		expect(after.releaseHash).toBe(before.releaseHash);
		expect(after.release.signatures.filter((one) => 'stub' in one)).toHaveLength(1);
		await expect(composeRelease(await withdraw(1))).rejects.toMatchObject({ code: 'turn-too-low' });
	});

	test('refuses a key that stands twice', async () => {
		const twice = changed(({ opened }) => ({ opened: [...opened, opened[0]!] }));
		await expect(composeRelease(twice)).rejects.toMatchObject({ code: 'key-twice' });
	});
});

describe('the release file', () => {
	test('is read back the same', async () => {
		const { release, file } = await releaseFiles(letter);
		const read = await readReleaseFile(file);
		expect(read).toEqual(release);
		expect(writeReleaseFile(read)).toBe(file);
	});

	test('has one signature a line, in the order of the bytes of the digests', async () => {
		const { release, file } = await releaseFiles(letter);
		expect(file.split('\n').filter((line) => line.startsWith('{"entry":'))).toHaveLength(release.signatures.length);
		const digests = release.signatures.map(({ digest }) => digest);
		expect([...digests].sort(compareDigests)).toEqual(digests);
		expect(utf8(file).at(-1)).toBe(10);
	});

	test('the JWS is of one file and one key', async () => {
		const { host, charter } = letter;
		const jws = await signReleaseJws(host.privateKey, 'ab'.repeat(32));
		expect(jws).toMatch(/^eyJhbGciOiJFZERTQSIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19\.\.[A-Za-z0-9_-]{86}$/);
		expect(await verifyReleaseJws(charter.host, jws, 'ab'.repeat(32))).toBe(true);
		expect(await verifyReleaseJws(charter.host, `${jws}\n`, 'ab'.repeat(32))).toBe(true);
		expect(await verifyReleaseJws(charter.host, jws, 'ac'.repeat(32))).toBe(false);
		expect(await verifyReleaseJws(charter.host, jws.replace('..', '.AA.'), 'ab'.repeat(32))).toBe(false);
		expect(await verifyReleaseJws(charter.host, `A${jws.slice(1)}`, 'ab'.repeat(32))).toBe(false);
	});
});
