/** What any page names is there: links with their headings, pictures, files, tests that are named as proof, and commands. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, one = '']) => one);

const pages = [
	...readdirSync(root).filter((name) => name.endsWith('.md')),
	...readdirSync(join(root, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];

/** As repositories on the web make them of headings. */
const anchors = (page: string): string[] =>
	found(read(page), /^#+ (.*)$/gm).map((heading) =>
		heading
			.toLowerCase()
			.replace(/[^\w\- ]/g, '')
			.replaceAll(' ', '-'),
	);

const linkIsThere = (page: string, link: string): boolean => {
	const [path = '', anchor] = link.split('#');
	const to = path === '' ? page : join(dirname(page), path);
	return existsSync(join(root, to)) && (anchor === undefined || anchors(to).includes(anchor));
};

test('every link and every picture of a page leads somewhere', () => {
	const links = pages.flatMap((page) =>
		// Patterns of the protocol stand between backticks.
		[/\]\(((?!https?:|mailto:)[^)\s]+)\)/g, /(?:src|srcset)="([^"]+)"/g]
			.flatMap((pattern) => found(read(page).replace(/`[^`\n]*`/g, ''), pattern))
			.map((link) => ({ page, link })),
	);
	expect(links.length).toBeGreaterThan(40);
	expect(links.filter(({ page, link }) => !linkIsThere(page, link))).toEqual([]);
});

test('every file, test and command that a page names is there', () => {
	const named = pages.flatMap((page) =>
		found(read(page), /`((?:server|shared|web|test|ops|docs|migrations)\/[\w./-]+)`/g).map((path) => ({ page, path })),
	);
	expect(named.filter(({ path }) => path.endsWith('.test.ts')).length).toBeGreaterThan(80);
	expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
	const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
	const run = pages.flatMap((page) => found(read(page), /npm run (?:--silent )?([\w:-]+)/g));
	expect(run.filter((script) => !(script in scripts))).toEqual([]);
});
