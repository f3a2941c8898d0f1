/** The fonts that a letter's files are set in, from the packages that hold them: for printing here, and for organizers' browsers, which print the same. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { type FontFile, PACKAGES, useFonts } from '../../shared/print/type/faces.ts';
import { toOpenType, woffTables } from '../../shared/print/type/woff.ts';

const require = createRequire(import.meta.url);
const names = PACKAGES.map(({ name }) => name);

/** By package and subset. */
export const fontRanges: Record<string, Record<string, string>> = Object.fromEntries(
	names.map((name) => [name, require(`@fontsource/${name}/unicode.json`)]),
);

/** A WOFF file as it lies in its package; null for what is none. */
export function readFont({ name, file }: FontFile): Uint8Array<ArrayBuffer> | null {
	if (!names.includes(name) || !/^[a-z0-9-]+\.woff$/.test(file)) return null;
	const path = require.resolve(`@fontsource/${name}/unicode.json`).replace(/unicode\.json$/, `files/${file}`);
	return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
}

useFonts({
	ranges: fontRanges,
	font: (file) => {
		const woff = readFont(file);
		if (woff === null) throw new Error(`${file.file} is not in its package`);
		const tables = woffTables(woff).map(({ stored, packed }) =>
			packed ? new Uint8Array(inflateSync(stored)) : stored,
		);
		return toOpenType(woff, tables);
	},
});
