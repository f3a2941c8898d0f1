import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RuntimeLitLocalizer } from '@lit/localize-tools/lib/modes/runtime.js';
import type { Config } from '@lit/localize-tools/lib/types/config.js';
import type { Locale } from '@lit/localize-tools/lib/types/locale.js';
import type { RuntimeOutputConfig } from '@lit/localize-tools/lib/types/modes.js';
import { PSEUDO, TRANSLATIONS } from '../../shared/locales/spoken.ts';

/** What servers say beside pages: why they refuse something. */
const refusals = ['shared/error-words.ts', 'shared/voucher.ts', 'shared/work-address.ts'];

/** Where the texts of a catalog stand: these files and all that they import. */
const catalogs = {
	signer: ['web/sign/**/*.ts'],
	pages: ['shared/pages/**/*.ts', ...refusals],
	search: ['web/read/**/*.ts'],
	recount: ['web/verify/**/*.ts'],
} as const;
export type Catalog = keyof typeof catalogs;
export const CATALOGS = ['signer', 'pages', 'search', 'recount'] as const satisfies Catalog[];

const root = resolve(import.meta.dirname, '../..');
export const catalogFolder = (catalog: Catalog): string => join(root, 'shared/locales', catalog);

/**
 * Finds every text that goes through `msg`, keeps what translators wrote, makes the pseudo-locale anew, and writes `LANGUAGE.xlf` (XLIFF 1.2, for
 * translators) and `LANGUAGE.ts` (for the program) into a folder.
 * @throws Error saying where, if a text cannot be extracted or a translation lost a placeholder
 */
export async function writeCatalog(catalog: Catalog, to: string = catalogFolder(catalog)): Promise<void> {
	mkdirSync(to, { recursive: true });
	// Made apart and put there whole: somebody else may be reading, or doing the same.
	const folder = mkdtempSync(join(tmpdir(), 'words-'));
	for (const name of readdirSync(to)) if (name.endsWith('.xlf')) copyFileSync(join(to, name), join(folder, name));
	const config: Config & { output: RuntimeOutputConfig } = {
		baseDir: root,
		resolve: (path) => resolve(root, path),
		sourceLocale: locale('en'),
		targetLocales: TRANSLATIONS.map(locale),
		tsConfig: 'test/support/words.tsconfig.json',
		inputFiles: [...catalogs[catalog]],
		interchange: { format: 'xliff', xliffDir: folder },
		output: { mode: 'runtime', outputDir: folder, language: 'ts' },
	};
	const pseudoFile = join(folder, `${PSEUDO}.xlf`);
	rmSync(pseudoFile, { force: true });
	const localizer = new RuntimeLitLocalizer(config);
	const { errors } = localizer.extractSourceMessages();
	if (errors.length > 0) throw new Error(errors.map(said).join('\n'));
	await localizer.writeInterchangeFiles();
	writeFileSync(pseudoFile, pseudoTranslated(readFileSync(pseudoFile, 'utf8')));
	await new RuntimeLitLocalizer(config).build();
	for (const language of TRANSLATIONS) tidy(catalog, join(folder, `${language}.ts`));
	for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(to, name));
	rmSync(folder, { recursive: true });
}

/** The library brands its tags, and checks them where it reads a file of settings. */
const locale = (tag: string) => tag as unknown as Locale;

type Found = ReturnType<RuntimeLitLocalizer['extractSourceMessages']>['errors'][number];

function said({ file, start, messageText }: Found): string {
	const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
	return `${file?.fileName ?? ''}:${line}: ${typeof messageText === 'string' ? messageText : messageText.messageText}`;
}

/** Pages know neither Lit nor the browser: their translations are strings and values, which is all that `msg` reads. */
function tidy(catalog: Catalog, file: string): void {
	const code = readFileSync(file, 'utf8')
		.replace(/^\s*\/\* eslint.*$/gm, '')
		.replace('// Re-generate this file by running lit-localize', '// Re-generate it by `npm run words`.')
		.replace(/import \{html\} from 'lit';/, catalog !== 'signer' ? "import { html } from '../plain.ts';" : '$&')
		.replace(
			/import \{str\} from '@lit\/localize';/,
			catalog !== 'signer' ? "import { str } from '../plain.ts';" : '$&',
		)
		.replace('export const templates = {', 'export const templates: Record<string, TemplateLike> = {')
		.replaceAll(START, '\\u202e')
		.replaceAll(END, '\\u202c')
		.replace(/^\s*export const/m, `${typeImport(catalog)}$&`);
	const biome = ['node_modules/@biomejs/biome/bin/biome', 'format', '--stdin-file-path=shared/locales/any.ts'];
	writeFileSync(file, execFileSync(process.execPath, biome, { cwd: root, input: code }));
}

const typeImport = (catalog: Catalog): string =>
	catalog !== 'signer'
		? "\nimport type { Localized as TemplateLike } from '../spoken.ts';\n"
		: "\nimport type { TemplateLike } from '@lit/localize/internal/types.js';\n";

/** Characters that nobody sees do not stand in files that people review. */
const seen = (text: string) => text.replaceAll(START, '&#x202E;').replaceAll(END, '&#x202C;');

/** Each source, turned: what translators would write between the placeholders, which stay as they are. */
const pseudoTranslated = (xliff: string): string =>
	xliff.replace(/(\s*)<source>([\s\S]*?)<\/source>/g, (whole, indent: string, source: string) => {
		const parts = source.split(/(<x [^>]*\/>|&[a-z]+;)/);
		return `${whole}${indent}<target>${parts.map((part, i) => (i % 2 === 1 ? part : seen(turned(part)))).join('')}</target>`;
	});

const START = '\u202e';
const END = '\u202c';

/**
 * What the pseudo-locale makes of English: each word runs from right to left (RIGHT-TO-LEFT OVERRIDE, as Chromium's own ar-XB) and its vowels are said twice, since
 * other languages need more room.
 */
export const turned = (english: string): string =>
	english.replace(/\p{L}[\p{L}\p{M}’']*/gu, (word) => `${START}${word.replace(/[aeiou]/g, '$&$&')}${END}`);

if (process.argv[1] === import.meta.filename) for (const catalog of CATALOGS) await writeCatalog(catalog);
