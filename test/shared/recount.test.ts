import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../../shared/bytes.ts';
import { composeRelease } from '../../shared/compose-release.ts';
import { recount } from '../../shared/recount.ts';
import { recountReport, whichLetter } from '../../shared/recount-words.ts';
import { writeReleaseFile } from '../../shared/release-file.ts';
import { expectFault, type FullLetter, fullLetter } from '../support/full-letter.ts';
import { buildLetter, releaseFiles, type TestLetter } from '../support/letter.ts';

let letter: TestLetter;
let made: FullLetter['made'];

beforeAll(async () => {
	({ letter, made } = await fullLetter());
});

describe('a release that holds', () => {
	test('says what it counted and what no file can show', async () => {
		const seen: [number, number][] = [];
		const report = await recount(made.file, { progress: (done, total) => seen.push([done, total]) });
		expect(report.fault).toBe(null);
		expect(report.ok).toBe(true);
		expect(report.checks.map(({ name, ok }) => [name, ok])).toEqual([
			['form', true],
			['chain', true],
			['signatures', true],
			['tallies', true],
			['release', true],
			['host', null],
		]);
		// The anonymous one of group 1 stood alone, so it lapsed; nobody else did.
		expect(report.counted).toMatchObject({
			charters: 2,
			signatures: 9,
			named: 5,
			withdrawn: 1,
			struck: 1,
			conditions: 3,
			attestations: 2,
		});
		expect(report.root).toBe(letter.root);
		expect(report.fingerprint).toBe(letter.fingerprint);
		expect(report.releaseHash).toBe(made.composed.releaseHash);
		expect(seen).toEqual([[9, 9]]);
		const words = recountReport(report).join('\n');
		expect(words).toContain('✓ Signatures: 9 signatures, 5 by name and 4 anonymous');
		expect(words).toContain('that nobody was left out');
		expect(words).toContain('that it is the newest copy');
	});

	test('says which letter it is, so that whoever has another one before them sees that', async () => {
		const report = await recount(made.file);
		expect(report.letter).toMatchObject({ title: 'Open letter', addressees: 'The board of Acme', slug: 'a-letter' });
		expect(recountReport(report)).toEqual(
			expect.arrayContaining([
				'Title: Open letter',
				'Address: /letters/a-letter/',
				'Released: 1 March 2027 at 09:00 UTC',
			]),
		);
		expect((await recount(made.file.replace('"turn":1', '"turn":2'))).letter).toBeNull();
		const sly = {
			title: 'Letter\u001b[2K\n✓ Host: all is well\u202e',
			addressees: '',
			slug: 'x',
			releaseAt: '2027-03-01T09:00:00Z',
		};
		expect(whichLetter(sly)[0]).toEqual(['Title', 'Letter [2K ✓ Host: all is well']);
	});

	test('holds in pieces cut anywhere, as bytes or as text', async () => {
		const bytes = utf8(made.file);
		for (const size of [1, 7, 1000]) {
			const pieces = (async function* () {
				for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
			})();
			expect((await recount(pieces)).fault).toBe(null);
		}
	});

	test("checks the host's JWS over the very bytes", async () => {
		const fresh = await releaseFiles(letter);
		const { checks, ok } = await recount(fresh.file, { jws: fresh.jws });
		expect(ok).toBe(true);
		expect(checks.at(-1)).toMatchObject({ name: 'host', ok: true });
		const other = await recount(made.file, { jws: fresh.jws });
		expect(other.fault).toMatchObject({ code: 'host-authenticator', place: 'release.json.jws' });
		const changed = await recount(fresh.file, { jws: `${fresh.jws.slice(0, -3)}AAA` });
		expect(changed.ok).toBe(false);
	});

	test('an unapproved one holds only where that is asked for', async () => {
		const { release } = await composeRelease(letter.facts);
		const file = writeReleaseFile(release);
		expect((await recount(file, { unapproved: true })).ok).toBe(true);
		await expectFault(file, 'approval-missing', /^line \d+, approvals of the release/);
	});

	test('without any signature holds', async () => {
		const { file } = await releaseFiles(await buildLetter({ signers: [] }));
		expect(file).toContain('"signatures":[\n],\n');
		expect((await recount(file)).fault).toBe(null);
	});
});

describe('one changed byte', () => {
	test('is found wherever it is, and its place named', async () => {
		const bytes = utf8(made.file);
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, difference) => {
				const changed = bytes.slice();
				changed[at]! ^= difference;
				const { ok, fault } = await recount(
					(async function* () {
						yield changed;
					})(),
				);
				expect(ok).toBe(false);
				expect(fault?.place).toMatch(/\S/);
			}),
			{ numRuns: 150 },
		);
	});
});
