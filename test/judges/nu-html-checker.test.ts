/** The Nu Html Checker, which is what the W3C's validator runs: every public page and every style sheet of it, without a finding. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { allPages, shortOf } from './pages.ts';

const run = promisify(execFile);
const jar = fileURLToPath(new URL('../../node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));

interface Finding {
	url: string;
	type: string;
	subType?: string;
	lastLine: number;
	message: string;
	extract?: string;
}

test('every public page and its style: no error, no warning', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'undersigned-vnu-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const pages = await allPages();
	expect(pages.length).toBeGreaterThan(15);
	const styles = new Set<string>();
	const names = new Map<string, string>();
	const keep = (address: string, body: string, ending: string) => {
		const name = `${names.size}${ending}`;
		names.set(name, shortOf(address));
		writeFileSync(join(folder, name), body);
	};
	for (const page of pages) {
		const body = await (await fetch(page)).text();
		for (const [, style = ''] of body.matchAll(/<link[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"/g)) {
			styles.add(new URL(style, page).href);
		}
		keep(page, body, '.html');
	}
	expect(styles.size).toBeGreaterThan(0);
	for (const style of styles) keep(style, await (await fetch(style)).text(), '.css');
	expect(describe(await check(folder), names)).toEqual([]);
});

/** Statuses other than 0 come with findings, or with a checker that did not run: then there is no JSON, and this throws. */
async function check(folder: string): Promise<Finding[]> {
	const args = ['-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', folder];
	const { stdout } = await run('java', args, { maxBuffer: 2 ** 27 });
	return JSON.parse(stdout).messages;
}

function describe(findings: readonly Finding[], names: ReadonlyMap<string, string>): string[] {
	return findings.map(({ url, type, subType, lastLine, message, extract }) => {
		const name = names.get(url.slice(url.lastIndexOf('/') + 1)) ?? url;
		return `${name}:${lastLine}: ${subType ?? type}: ${message} ${extract ?? ''}`;
	});
}
