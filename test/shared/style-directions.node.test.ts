/** What is laid out from left to right in English turns in a language that runs the other way: styles say start and end, never left and right. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Declarations that name a side, in the order of the file; what follows a comment that says why (`physical: …`) is left out. */
function sides(css: string): string[] {
	const said = css
		.replace(/\/\*\s*physical:[^*]*\*\/\s*[^\n]*/g, '')
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/"(?:[^"\\]|\\.)*"/g, '""');
	const named =
		/(?<![\w.-])(?:[a-z-]+-(?:left|right)(?:-[a-z]+)?|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:[^;}]*|(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b|@(?:top|bottom)-(?:left|right)\b/g;
	const four = [...said.matchAll(/(?<![\w-])(?:margin|padding|inset|border-(?:width|style|color))\s*:\s*([^;}]+)/g)]
		.filter(([, value = '']) => {
			const [, right, , left] = value
				.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '()')
				.trim()
				.split(/\s+/);
			return left !== undefined && left !== right;
		})
		.map(([declaration]) => declaration);
	return [...(said.match(named) ?? []), ...four].map((one) => one.replace(/\s+/g, ' ').trim());
}

test('a side that is named is found, and one with a reason is not', () => {
	expect(sides('a{margin-left:1px;text-align: right}b{left: 0;padding: 1px 2px 3px 4px}')).toEqual([
		...['margin-left:1px', 'text-align: right', 'left: 0', 'padding: 1px 2px 3px 4px'],
	]);
	expect(sides('a{/* physical: a map */\nleft: 0}\n.left{margin: 1px 2px 3px 2px;inset-inline-start:0}')).toEqual([]);
});

test('no style sheet names a side', () => {
	const sheets = globSync('web/style/**/*.css', { cwd: root });
	expect(sheets.length).toBeGreaterThan(20);
	const found = sheets.flatMap((sheet) =>
		sides(readFileSync(resolve(root, sheet), 'utf8')).map((declaration) => `${sheet}: ${declaration}`),
	);
	expect(found).toEqual([]);
});
