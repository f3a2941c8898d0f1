import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSources, type SourceFile } from './support/imports.ts';

// Who may import whom. The fourth rule is the product's promise, written as an import rule: nothing that sees a work
// address can be reached from what stores a signature.

const sources = readSources();
const files = [...sources.values()];
const below = (folder: string) => files.filter(({ path }) => path.startsWith(folder));
const isOurs = (target: string) => /^(server|shared|web|migrations|test)\//.test(target);
const withoutTests = files.filter(({ path }) => !path.startsWith('test/'));

/** "file → what it must not import", for each that the rule forbids. */
const imported = (from: SourceFile[], forbidden: (target: string, from: SourceFile) => boolean): string[] =>
	from.flatMap((file) =>
		file.imports.filter(({ target }) => forbidden(target, file)).map(({ target }) => `${file.path} → ${target}`),
	);

test('every import of a file of ours names one that exists', () => {
	expect(imported(files, (target) => isOurs(target) && target.endsWith('.ts') && !sources.has(target))).toEqual([]);
});

test('1. shared imports nothing of the project’s, and neither Node nor the DOM beyond WebCrypto', () => {
	const shared = below('shared/');
	expect(imported(shared, (target) => isOurs(target) && !target.startsWith('shared/'))).toEqual([]);
	expect(imported(shared, (target) => target.startsWith('node:'))).toEqual([]);
	const elsewhere = /\b(window|localStorage|indexedDB|navigator|process)\.|\bBuffer\b|\bfetch\(/;
	expect(shared.filter(({ code }) => elsewhere.test(withoutStrings(code))).map(({ path }) => path)).toEqual([]);
});

test('2. web imports shared, and from the server only the type of its routes', () => {
	const forbidden = imported(below('web/'), (target) => isOurs(target) && !/^(web|shared)\//.test(target));
	expect(forbidden.filter((line) => !line.endsWith(' → server/app.ts'))).toEqual([]);
	const routes = below('web/').flatMap(({ imports }) => imports.filter(({ target }) => target === 'server/app.ts'));
	for (const { text } of routes) expect(text).toMatch(/^import type \{ AppType \} from/);
});

test('3. platform imports no concept folder', () => {
	const known = /^(shared|server\/platform)\/|^server\/(config|database|tables)\.ts$/;
	expect(imported(below('server/platform/'), (target) => isOurs(target) && !known.test(target))).toEqual([]);
});

const proof = ['server/employment/'];
const signatures = ['server/signature/', 'server/release/', 'server/published/', 'server/press/'];
const startsWithOne = (path: string, folders: string[]) => folders.some((folder) => path.startsWith(folder));

test('4. whatever sees a work address and whatever sees a signature do not import each other', () => {
	const crossing = (target: string, { path }: SourceFile) =>
		(startsWithOne(path, proof) && startsWithOne(target, signatures)) ||
		(startsWithOne(path, signatures) && startsWithOne(target, proof));
	expect(imported(files, crossing).filter((line) => !line.startsWith('test/'))).toEqual([]);
});

/** As server/tables.ts has them, below the comments that begin with these words. */
const tablesOf = (...families: string[]): string[] => {
	const [, ...parts] = readFileSync(new URL('../server/tables.ts', import.meta.url), 'utf8').split(/^\t\/\/ /m);
	const ours = families.map((family) => parts.find((part) => part.startsWith(family)) ?? `no family: ${family}`);
	return ours.flatMap((part) => [...part.matchAll(/^\t(\w+): /gm)].map(([, table = '']) => table));
};
const named = (tables: string[]) => new RegExp(`['"\\s](${tables.join('|')})(?=['"\\s.(])`);

test('4. no file with queries names tables of proof and of signatures both, and no table points from one to the other', () => {
	const proofTables = tablesOf('proof');
	const signatureTables = tablesOf('signatures', 'opening and release', 'after the release');
	expect(proofTables).toEqual(expect.arrayContaining(['mailboxes', 'vouchers', 'test_mails', 'issued']));
	expect(signatureTables).toEqual(expect.arrayContaining(['signatures', 'lost_words', 'strikes', 'late_strikes']));
	// Asks one table after the other whether it has a row that is sealed under the host secret, and reads nothing of any.
	const exception = 'server/command/sealed-store.ts';
	const queries = below('server/').filter(({ path, imports }) => {
		const sql = imports.some(({ target }) => target === 'kysely' || target === 'server/database.ts');
		return sql && !['server/tables.ts', 'server/database.ts', exception].includes(path);
	});
	const both = queries.filter(({ code }) =>
		[proofTables, signatureTables].every((tables) => named(tables).test(queryText(code))),
	);
	expect(both.map(({ path }) => path)).toEqual([]);
	for (const { code } of below('migrations/')) expect(code).not.toMatch(/\breferences\b|\bforeign key\b/i);
});

test('5. only stores, the database and migrations know kysely', () => {
	const knows = /-store\.ts$|^server\/(database|late-begin|tables|main)\.ts$|^migrations\//;
	expect(imported(withoutTests, (target, { path }) => /^kysely/.test(target) && !knows.test(path))).toEqual([]);
});

test('5. only the http files know hono', () => {
	const knows = /-api\.ts$|^server\/(app|serve|main)\.ts$|^server\/published\//;
	const server = below('server/');
	expect(imported(server, (target, { path }) => /^@?hono\b/.test(target) && !knows.test(path))).toEqual([]);
	// Page templates are pure strings, and the client's types come from the routes.
	const pure = ['hono/html', 'hono/client', 'hono/utils/html'];
	expect(
		imported([...below('shared/'), ...below('web/')], (target) => /^@?hono\b/.test(target) && !pure.includes(target)),
	).toEqual([]);
});

test('6. nothing imports itself in a circle', () => {
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (path: string, way: string[]) => {
		if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
		else if (!done.has(path)) {
			for (const { target } of sources.get(path)?.imports ?? []) visit(target, [...way, path]);
			done.add(path);
		}
	};
	for (const { path } of files) visit(path, []);
	expect(circles).toEqual([]);
});

test('only the entries touch the process', () => {
	const entries = /^server\/(main\.ts|synced-files\.ts|command\/|platform\/(folder-lock|child|child-side)\.ts)/;
	const metrics = 'server/metrics/serve-metrics.ts';
	const users = below('server/').filter(({ path, code }) => !entries.test(path) && /\bprocess\.(?!cwd)/.test(code));
	expect(users.map(({ path }) => path)).toEqual([]);
	// By its module as little, except for how much memory it takes, which says nothing of anybody and changes nothing.
	expect(
		imported(
			below('server/'),
			(target, { path }) => /^(node:)?process$/.test(target) && !entries.test(path) && path !== metrics,
		),
	).toEqual([]);
});

test('files stay small enough to read, and their names say what they are about', () => {
	// Catalogs are made, not written.
	const written = files.filter(({ path }) => !/^shared\/locales\/\w+\//.test(path));
	expect(written.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
	const vague = /(^|\/)(utils?|helpers?|common|misc|index)(\.|\/|-)|manager|service(?!-worker)/i;
	expect(files.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
});

/** Words in messages are not code. */
function withoutStrings(code: string): string {
	return code.replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
}

/** What could be a query: strings and templates only. */
function queryText(code: string): string {
	return (code.match(/'(?:[^'\\\n]|\\.)*'|`[^`]*`/g) ?? []).join('\n');
}
