import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { loadAssets } from '../../../server/assets.ts';
import '../../../server/published/fonts.ts';
import { printed } from '../../../server/published/print.ts';
import type { FileHead } from '../../../server/published/published-store.ts';
import { type Rendered, render } from '../../../server/published/rendering.ts';
import { utf8 } from '../../../shared/bytes.ts';
import { letterPdf } from '../../../shared/print/letter-pdf.ts';
import { aView } from '../../support/a-view.ts';
import { fullLetter } from '../../support/full-letter.ts';

const assets = loadAssets(fileURLToPath(new URL('../../../web/dist', import.meta.url))).letter();

const { made } = await fullLetter();

/** @param file in pieces of a few bytes, wherever they are cut */
async function rendered(file = made.file): Promise<Rendered> {
	const bytes = utf8(file);
	const pieces = async function* () {
		for (let from = 0; from < bytes.length; from += 999) yield bytes.subarray(from, from + 999);
	};
	const since = { withdrawn: new Map(), strikes: [], approvals: null };
	const task = { length: bytes.length, since, posts: [], assets, kind: 'released', packing: 'best' } as const;
	const one = await render(task, pieces(), async (sha256) => `a seal of ${sha256}`);
	onTestFinished(() => one.end());
	return one;
}

test('the same release gives the same bytes, in every coding', async () => {
	const [one, other] = [await rendered(), await rendered()];
	const etags = ({ files }: typeof one) => files.map(({ path, coding, etag }) => `${path} ${coding} ${etag}`).sort();
	expect(etags(one)).toEqual(etags(other));
	expect(one.files.map(({ path }) => path)).toEqual(
		expect.arrayContaining(['index.html', 'release.json', 'files.json', 'embed.html', 'names.txt']),
	);
	expect(one.listing).toMatchObject({ title: expect.any(String), signatures: one.keys.length });
	const bodies = new Map<FileHead, Uint8Array[]>();
	for await (const { file, body } of one.slices()) bodies.set(file, [...(bodies.get(file) ?? []), body]);
	expect([...bodies.keys()]).toEqual(one.files);
	for (const [{ path, coding, etag, length }, slices] of bodies) {
		const body = Buffer.concat(slices);
		expect([path, body.length]).toEqual([path, length]);
		expect(etag).toContain(createHash('sha256').update(body).digest('base64url').slice(0, 32));
		if (coding !== 'identity') continue;
		if (path === 'release.json') expect(body.toString() === made.file).toBe(true);
		const sha256 = createHash('sha256').update(made.file).digest('hex');
		if (path === 'release.json.jws') expect(body.toString()).toBe(`a seal of ${sha256}\n`);
	}
});

test('a process that handed over a small letter renders the next, from which nothing is missing; no other does', async () => {
	const before = await rendered();
	const all: string[] = [];
	for await (const { file, body } of before.slices())
		all.push(`${file.path} ${file.coding} ${createHash('sha256').update(body).digest('hex')}`);
	before.end();
	const next = await rendered();
	expect(next.pid).toBe(before.pid);
	// One that has something to do is left alone.
	const beside = await rendered();
	expect(beside.pid).not.toBe(next.pid);
	beside.end();
	const again: string[] = [];
	for await (const { file, body } of next.slices())
		again.push(`${file.path} ${file.coding} ${createHash('sha256').update(body).digest('hex')}`);
	expect(again.sort()).toEqual(all.sort());
	next.end();
	process.kill(next.pid ?? 0, 'SIGKILL');
	// Whether that was heard of or not, the next letter is rendered.
	const last = await rendered().catch(() => rendered());
	expect([before.pid, beside.pid]).not.toContain(last.pid);
});

test('a thread prints the PDF of a letter that many signed: the same bytes', async () => {
	const many = aView(2_001);
	expect(Buffer.compare(await printed(many), letterPdf(many))).toBe(0);
	const broken = { ...many, releasedAt: 'never' };
	await expect(printed(broken)).rejects.toThrow(RangeError);
});

test('the server answers meanwhile: its own thread is idle while a letter is rendered', async () => {
	const before = performance.eventLoopUtilization();
	await rendered();
	expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
});

test('what fails in the process says so here, and gives no files', async () => {
	await expect(rendered('{"format":\n')).rejects.toThrow('cut off');
});
