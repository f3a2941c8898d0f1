import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { recountInWorkers } from '../../server/recount-workers.ts';
import { marking } from '../../server/release/held.ts';
import { hex } from '../../shared/bytes.ts';
import { postSubject, writePost } from '../../shared/post.ts';
import { type RecountOptions, recount, verifyHere } from '../../shared/recount.ts';
import type { VerifiedBatch } from '../../shared/recount-gather.ts';
import type { RecountReport } from '../../shared/recount-report.ts';
import { writeUpdates } from '../../shared/updates-file.ts';
import { approvalsOf, buildLetter, releaseFiles } from '../support/letter.ts';
import { expectFirstFault, expectSameVerdicts, manySigned } from '../support/recount-verdicts.ts';

const run = promisify(execFile);
const command = new URL('../../server/command/recount.ts', import.meta.url).pathname;

test('hostile files get the same verdict from threads as from one', { timeout: 120_000 }, async () => {
	await expectSameVerdicts((source) => recountInWorkers(source, {}, { threads: 2, always: true }));
});

test('of several faults the first is found, whichever thread is done first', { timeout: 300_000 }, async () => {
	await expectFirstFault((source) => recountInWorkers(source, {}, { threads: 3 }));
});

test('a source that fails is passed on, and the threads end', async () => {
	const { file } = await manySigned();
	const torn = (async function* () {
		yield file.slice(0, -100);
		throw new Error('The disk is gone.');
	})();
	await expect(recountInWorkers(torn)).rejects.toThrow('The disk is gone.');
});

test('what is kept of each signature stands at its own, whichever thread made it', async () => {
	const { file } = await manySigned();
	const program = new URL('../../server/release/check-worker.ts', import.meta.url);
	const keptBy = async (run: (options: RecountOptions) => Promise<RecountReport>) => {
		const kept: string[] = [];
		const verified = ({ signatures, marks }: VerifiedBatch) => {
			for (const [at, { key }] of signatures.entries())
				kept.push(`${key} ${hex(marks.subarray(at * marking.bytes, (at + 1) * marking.bytes))}`);
		};
		expect((await run({ verified })).fault).toBeNull();
		return kept;
	};
	const threads = { threads: 2, always: true, marked: { marking, program } };
	const fromThreads = await keptBy((options) => recountInWorkers(file, options, threads));
	expect(fromThreads).toEqual(await keptBy((options) => recount(file, { ...options, verifier: verifyHere(marking) })));
	expect(new Set(fromThreads.map((one) => one.split(' ')[1])).size).toBe(fromThreads.length);
});

test('the command verifies the posts that lie beside the release', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'undersigned-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const letter = await buildLetter({ signers: [] });
	await writeFile(join(folder, 'release.json'), (await releaseFiles(letter)).file);
	const document = writePost({
		...{ kind: 'update', written: '2027-03-02T10:00:00Z' },
		...{ title: 'They have answered', text: 'They will talk to us on Monday.' },
	});
	const approvals = await approvalsOf(letter, 'post', await postSubject(document));
	const updates = writeUpdates(letter.root, [{ document, approvals }]);
	const recounted = async (text: string): Promise<{ code: number; stdout: string }> => {
		await writeFile(join(folder, 'updates.json'), text);
		return run(process.execPath, [command, join(folder, 'release.json')]).then(
			({ stdout }) => ({ code: 0, stdout }),
			(failed) => failed,
		);
	};
	const none = await run(process.execPath, [command, join(folder, 'release.json')]);
	expect(none.stdout).toContain('– Posts under the letter: no updates.json');
	expect(none.stdout).toContain('This release holds.');
	const good = await recounted(updates);
	expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining('1 post, each approved by at least 2') });
	const altered = await recounted(updates.replace('Monday', 'Friday'));
	expect(altered).toMatchObject({
		code: 1,
		stdout: expect.stringContaining('✗ Posts under the letter: updates.json, post 1'),
	});
	expect(altered.stdout).toContain('This release holds, but what lies beside it does not.');
	const other = await recounted(updates.replace(letter.root, 'A'.repeat(43)));
	expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining('These posts are about another letter.') });
});

test('the command ends after a fault in the middle, with threads still at work', { timeout: 300_000 }, async () => {
	const folder = await mkdtemp(join(tmpdir(), 'undersigned-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const { file, jws } = await manySigned();
	const path = join(folder, 'release.json');
	await writeFile(`${path}.jws`, jws);
	const lines = file.split('\n');
	const at = lines.indexOf('"signatures":[') + 300;
	await writeFile(path, lines.with(at, (lines[at] ?? '').replace('"turn":1', '"turn":2')).join('\n'));
	// A thread that was left would keep the process alive until the test's time is over.
	const { code, stdout } = await run(process.execPath, [command, path]).catch((failed) => failed);
	expect(code).toBe(1);
	expect(stdout).toContain('signature 300, authenticator');
	await writeFile(path, file);
	expect((await run(process.execPath, [command, path])).stdout).toContain('This release holds.');
});
