import { getActiveResourcesInfo } from 'node:process';
import { expect, test, vi } from 'vitest';
import { checkReleaseFile } from '../../../server/release/check-release.ts';
import { b64u, randomBytes, utf8 } from '../../../shared/bytes.ts';
import { composeRelease } from '../../../shared/compose-release.ts';
import { writeReleaseFile } from '../../../shared/release-file.ts';
import { buildLetter } from '../../support/letter.ts';

const chain = { charters: [], approvals: [], texts: [] };
const announced = { attempt: 'A', releaseHash: 'A', releaseAt: new Date('2027-03-01T09:00:00Z') };
const check = (pieces: AsyncIterable<Uint8Array>) => checkReleaseFile(pieces, chain, announced);

/** Of this process. */
const children = () => getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap').length;

test('an upload that breaks off is told to whoever sent it, and its process ends', async () => {
	const before = children();
	let during = 0;
	const aborted = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
	const pieces = async function* () {
		for (let i = 0; i < 3; i++) yield new TextEncoder().encode(' '.repeat(1024));
		during = children();
		throw aborted;
	};
	await expect(check(pieces())).rejects.toBe(aborted);
	expect(during).toBe(before + 1);
	await vi.waitFor(() => expect(children()).toBe(before), 60_000);
});

test('of a file with a fault no more is read, or kept, than was needed to find it', async () => {
	let read = 0;
	const pieces = async function* () {
		for (; read < 1_000; read++) yield new Uint8Array(2 ** 20);
	};
	await expect(check(pieces())).rejects.toMatchObject({ code: 'release-invalid' });
	expect(read).toBeLessThan(500);
});

test('one that comes in many pieces is verified in its process, and what is compared comes back', async () => {
	const { facts } = await buildLetter();
	const { release, releaseHash } = await composeRelease({ ...facts, attempt: b64u(randomBytes(16)) });
	const { attempt, releaseAt } = release.terms;
	const file = utf8(writeReleaseFile(release));
	const pieces = async function* () {
		for (let from = 0; from < file.length; from += 4096) yield file.subarray(from, from + 4096);
	};
	const agreed = { attempt, releaseHash, releaseAt: new Date(releaseAt) };
	const checked = await checkReleaseFile(pieces(), release.chain, agreed);
	expect(checked.marks.count).toBe(release.signatures.length);
	expect(checked.release.terms).toEqual(release.terms);
});
