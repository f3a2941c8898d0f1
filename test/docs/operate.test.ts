import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

/** What the server reads of its environment. */
const variables = [...new Set(found(read('server/config.ts'), /given\('([A-Z_]+)'\)/g))];

test('README.md says what each variable means that the server reads, and names no other', () => {
	const table = read('README.md').match(/^\| variable \| meaning \|\n(?:\|.*\n)+/m)?.[0] ?? '';
	const rows = table.split('\n').map((row) => row.split('|')[1] ?? '');
	expect(rows.flatMap((row) => found(row, /`([A-Z_]+)`/g)).sort()).toEqual(variables.sort());
});

test('what is written for operators names only variables and files that there are', () => {
	const given = found(read('ops/environment.example'), /^([A-Z_]+)=/gm);
	expect(given.length).toBeGreaterThan(10);
	expect(given.filter((name) => !variables.includes(name))).toEqual([]);
	const pages = [
		'docs/operate.md',
		'docs/watch.md',
		'docs/dependencies.md',
		...readdirSync(resolve(root, 'ops')).map((name) => `ops/${name}`),
	];
	const named = pages.flatMap((page) =>
		found(read(page), /\b((?:server|ops|docs|test|web)\/[\w./-]+\.(?:tsx?|mjs|md|example|conf|service))\b/g),
	);
	expect(named.length).toBeGreaterThan(20);
	expect([...new Set(named)].filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
	const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
	const run = pages.flatMap((page) => found(read(page), /npm run (?:--silent )?([\w-]+)/g));
	expect(run.filter((script) => !(script in scripts))).toEqual([]);
	const started = [
		...Object.values(scripts)
			.join(' ')
			.matchAll(/\b(server\/command\/[\w-]+\.m?[jt]s)/g),
	].map(([path]) => path);
	expect([...new Set(started)].filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
});
