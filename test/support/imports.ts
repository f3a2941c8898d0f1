import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
	/** A path from the project's root, or a package's name. */
	target: string;
	/** It vanishes when types are stripped. */
	typeOnly: boolean;
	text: string;
}

export interface SourceFile {
	path: string;
	/** Without comments. */
	code: string;
	imports: Import[];
	lines: number;
}

const importing = /(?:^|\n)\s*(?:import|export)\s+(type\s)?([^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/g;
const importingLater = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
const comments = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g;

/** Every TypeScript file of the project with what it imports, by path. */
export function readSources(): Map<string, SourceFile> {
	const paths = globSync(['{server,shared,web,migrations,test}/**/*.ts'], { cwd: root });
	const read = (path: string): SourceFile => {
		const source = readFileSync(join(root, path), 'utf8');
		const code = source.replaceAll(comments, '');
		const resolve = (specifier: string) =>
			specifier.startsWith('.') ? relative(root, join(root, dirname(path), specifier)) : specifier;
		const imports = [
			...[...code.matchAll(importing)].map(([text, type, , to = '']) => ({ text, to, typeOnly: type !== undefined })),
			...[...code.matchAll(importingLater)].map(([text, to = '']) => ({ text, to, typeOnly: false })),
		].map(({ text, to, typeOnly }) => ({ text: text.trim(), typeOnly, target: resolve(to) }));
		return { path, code, imports, lines: source.split('\n').length };
	};
	return new Map(paths.filter((path) => !path.startsWith('web/dist/')).map((path) => [path, read(path)]));
}
