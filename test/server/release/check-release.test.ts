import { getActiveResourcesInfo } from 'node:process';
import { expect, test, vi } from 'vitest';
import { checkReleaseFile } from '../../../server/release/check-release.ts';

const chain = { charters: [], approvals: [], texts: [] };
const announced = { attempt: 'A', releaseHash: 'A', releaseAt: new Date('2027-03-01T09:00:00Z') };
const check = (pieces: AsyncIterable<Uint8Array>) => checkReleaseFile(pieces, chain, announced);

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
	await vi.waitFor(() => expect(children()).toBe(before));
});

test('of a file with a fault no more is read, or kept, than was needed to find it', async () => {
	let read = 0;
	const pieces = async function* () {
		for (; read < 1_000; read++) yield new Uint8Array(2 ** 20);
	};
	await expect(check(pieces())).rejects.toMatchObject({ code: 'release-invalid' });
	expect(read).toBeLessThan(500);
});
