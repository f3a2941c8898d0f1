import { execFile } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fromB64u, hex } from '../../shared/bytes.ts';
import type { LetterFrame } from '../../shared/pages/letter-frame.ts';
import { letterView } from '../../shared/pages/letter-view.ts';
import { recountPages } from '../../shared/pages/recount-pages.ts';
import { type FullLetter, fullLetter } from '../support/full-letter.ts';
import { releaseFiles } from '../support/letter.ts';

const run = promisify(execFile);
const frame: LetterFrame = { kind: 'released', assets: { style: 'a.css', read: null, recount: 'r.js' } };

let full: FullLetter;
let page: string;
/** By the heading under which they stand. */
let blocks: Map<string, string[]>;
let jws: string;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const typed = (markup: string) =>
	markup.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');

beforeAll(async () => {
	full = await fullLetter();
	// The release as it was approved, before two became stubs: so it has the seal of its host.
	const made = await releaseFiles(full.letter);
	full.made = made;
	jws = made.jws;
	const view = await letterView(made.release, { isPublic: true });
	page = recountPages(view, frame).find(({ path }) => path === 'by-hand.html')?.text ?? '';
	blocks = new Map(
		page
			.split('<h2>')
			.slice(1)
			.map((part) => [
				part.slice(0, part.indexOf('<')),
				[...part.matchAll(/<pre class="commands"[^>]*>(.*?)<\/pre>/gs)].map(([, code]) =>
					typed((code ?? '').replaceAll(/<\/?code>/g, '')),
				),
			]),
	);
});

/** Runs what stands under these headings in a real shell, beside a release file. @returns what it printed, with the status of its last command */
async function byHand(file: string, seal: string, ...headings: string[]): Promise<{ said: string; code: number }> {
	const folder = await mkdtemp(join(tmpdir(), 'undersigned-hand-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	await writeFile(join(folder, 'release.json'), file);
	await writeFile(join(folder, 'release.json.jws'), `${seal}\n`);
	const parts = ['Before you begin', ...headings].flatMap((heading) => {
		const found = blocks.get(heading);
		if (found === undefined || found.length === 0) throw new Error(`No commands stand under ${heading}.`);
		return found;
	});
	try {
		const { stdout } = await run('bash', ['-c', parts.join('\n')], { cwd: folder });
		return { said: stdout, code: 0 };
	} catch (failed) {
		const { stdout, code } = failed as { stdout: string; code: number };
		return { said: stdout, code };
	}
}

const lastTwo = (said: string) => said.trim().split(/\n+/).slice(-2);
const fingerprint = () => hex(fromB64u(full.letter.root, 32));
const lines = () => full.made.file.split('\n');
const firstSignature = () => lines().indexOf('"signatures":[') + 1;
const exampleLine = () => {
	const n = Number(/^n=(\d+)$/m.exec(blocks.get('One signature')?.[0] ?? '')?.[1]);
	return firstSignature() + n - 1;
};
/** The file with one character of a field of the example's line changed. */
function altered(field: string): string {
	const all = lines();
	const at = exampleLine();
	const line = all[at] ?? '';
	const from = line.indexOf(`"${field}":"`) + field.length + 4;
	const changed = `${line.slice(0, from)}${line[from] === 'A' ? 'B' : 'A'}${line.slice(from + 1)}`;
	return all.with(at, changed).join('\n');
}

describe('what stands on the page, typed into a shell', () => {
	test('gives the fingerprint, and another one for another charter', async () => {
		expect(page).toContain(fingerprint());
		expect((await byHand(full.made.file, jws, 'The fingerprint')).said).toContain(fingerprint());
		const other = lines().with(2, (lines()[2] ?? '').replace('"threshold":2', '"threshold":3'));
		const { said } = await byHand(other.join('\n'), jws, 'The fingerprint');
		expect(said).toMatch(/[0-9a-f]{64}/);
		expect(said).not.toContain(fingerprint());
	});

	test('verifies the host’s seal, and not on a file with another byte', async () => {
		const parts = ['The fingerprint', 'The host’s seal'];
		const good = await byHand(full.made.file, jws, ...parts);
		expect(good).toMatchObject({ code: 0, said: expect.stringContaining('Signature Verified Successfully') });
		expect(good.said).toContain(full.letter.host.publicKey);
		expect(page).toContain(full.letter.host.publicKey);
		const bad = await byHand(full.made.file.replace('"press":"p', '"press":"q'), jws, ...parts);
		expect(bad.code).not.toBe(0);
		expect(bad.said).toContain('Signature Verification Failure');
	});

	test('verifies a signature, its credential and its name', async () => {
		const { said, code } = await byHand(full.made.file, jws, 'The fingerprint', 'One signature');
		expect(code).toBe(0);
		expect(said).toContain('Signature Verified Successfully');
		expect(said).toContain('Verified OK');
		const [computed, signed] = lastTwo(said);
		expect(computed).toMatch(/^[\w-]{43}$/);
		expect(signed).toBe(computed);
	});

	test('finds an altered statement, authenticator, credential and name', async () => {
		const check = (file: string) => byHand(file, jws, 'The fingerprint', 'One signature');
		for (const field of ['sealed', 'authenticator']) {
			const { said } = await check(altered(field));
			expect(said, field).toContain('Signature Verification Failure');
			expect(said, field).toContain('Verified OK');
		}
		const { said: credential } = await check(altered('credential'));
		expect(credential).toContain('Signature Verified Successfully');
		expect(credential).not.toContain('Verified OK');
		const { said: name } = await check(altered('name'));
		const [computed, signed] = lastTwo(name);
		expect(computed).toMatch(/^[\w-]{43}$/);
		expect(signed).not.toBe(computed);
	});

	test('runs nothing that a hostile file holds', async () => {
		const trap = join(await mkdtemp(join(tmpdir(), 'undersigned-trap-')), 'ran');
		onTestFinished(() => rm(dirname(trap), { recursive: true }));
		// GNU sed runs what stands after an e; each id stands in a program of sed.
		const at = exampleLine();
		const group = (lines()[at] ?? '').replace(/"group":"[^"]*"/, `"group":"/e touch ${trap} #"`);
		await byHand(lines().with(at, group).join('\n'), jws, 'The fingerprint', 'One signature');
		const approvals = lines().indexOf('"charterApprovals":[') + 1;
		const organizer = (lines()[approvals] ?? '').replace(/"organizer":"[^"]*"/, `"organizer":"//;e touch ${trap} #"`);
		await byHand(lines().with(approvals, organizer).join('\n'), jws, 'The fingerprint', 'One approval');
		await expect(access(trap)).rejects.toThrow('ENOENT');
	});

	test('verifies an approval, and not of another charter', async () => {
		const parts = ['The fingerprint', 'One approval'];
		const good = await byHand(full.made.file, jws, ...parts);
		expect(good).toMatchObject({ code: 0, said: expect.stringContaining('Signature Verified Successfully') });
		const other = lines().with(2, (lines()[2] ?? '').replace('"threshold":2', '"threshold":3'));
		const bad = await byHand(other.join('\n'), jws, ...parts);
		expect(bad.code).not.toBe(0);
		expect(bad.said).toContain('Signature Verification Failure');
	});
});

test('the page says what it leaves out, and every link in it is relative', () => {
	expect(page).toContain('What this does not cover');
	const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? '');
	const own = links.filter((link) => !link.startsWith('data:') && !link.startsWith(full.letter.charter.origin));
	expect(own.filter((link) => /^(\/|\w+:)/.test(link))).toEqual([]);
	expect(links.filter((link) => link.startsWith(full.letter.charter.origin)).length).toBeLessThanOrEqual(1);
});
