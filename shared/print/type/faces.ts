/**
 * Which font sets which character. The files of @fontsource hold one script or less each, so that a text is set in as many of them as it
 * needs: the first that holds the character, in the order below. Where the files come from is told once, before anything is set.
 */
import { Face } from './face.ts';

export type Style = 'text' | 'italic' | 'strong';

/** Slanted letters exist for Latin, Greek and Cyrillic only. */
const SHAPES: Record<Style, { weight: number; slant: 'normal' | 'italic' }> = {
	text: { weight: 400, slant: 'normal' },
	italic: { weight: 400, slant: 'italic' },
	strong: { weight: 600, slant: 'normal' },
};

/** Packages in the order in which they are asked, and their subsets; without a list, all of them. */
export const PACKAGES: readonly { name: string; slanted: boolean; subsets?: readonly string[] }[] = [
	{ name: 'newsreader', slanted: true, subsets: ['latin', 'latin-ext', 'vietnamese'] },
	{
		name: 'noto-serif',
		slanted: true,
		subsets: ['greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'latin', 'latin-ext', 'vietnamese', 'math'],
	},
	{ name: 'noto-serif-hebrew', slanted: false, subsets: ['hebrew'] },
	{ name: 'noto-naskh-arabic', slanted: false, subsets: ['arabic'] },
	{ name: 'noto-serif-devanagari', slanted: false, subsets: ['devanagari'] },
	{ name: 'noto-serif-bengali', slanted: false, subsets: ['bengali'] },
	{ name: 'noto-serif-tamil', slanted: false, subsets: ['tamil'] },
	{ name: 'noto-serif-telugu', slanted: false, subsets: ['telugu'] },
	{ name: 'noto-serif-thai', slanted: false, subsets: ['thai'] },
	{ name: 'noto-serif-armenian', slanted: false, subsets: ['armenian'] },
	{ name: 'noto-serif-georgian', slanted: false, subsets: ['georgian'] },
	{ name: 'noto-sans-sc', slanted: false },
	// After the Chinese one, whose characters the two share.
	{ name: 'noto-sans-kr', slanted: false },
];

/** A file of a package of @fontsource, such as `newsreader` and `newsreader-latin-400-normal.woff`. */
export interface FontFile {
	name: string;
	file: string;
}

/** `ranges`: by package and subset, such as "U+0000-00FF,U+0131". `font`: an OpenType font; null where it is not here yet. */
export interface FontSource {
	ranges: Readonly<Record<string, Readonly<Record<string, string>>>>;
	font(file: FontFile): Uint8Array | null;
}

/** What is to be set needs a font that is not here yet: fetch it, and begin again. */
export class FontMissing extends Error {
	override name = 'FontMissing';
	readonly font: FontFile;

	constructor(font: FontFile) {
		super(`${font.file} is not here yet`);
		this.font = font;
	}
}

let source: FontSource | null = null;

/** Once in a process. */
export function useFonts(fonts: FontSource): void {
	source = fonts;
}

function fonts(): FontSource {
	if (source === null) throw new Error('Nothing says where the fonts are.');
	return source;
}

/** Printed for what no font here holds: U+25A1, a white square. */
export const BOX = '\u25a1';

interface Subset {
	name: string;
	/** Without weight and slant. */
	stem: string;
	slanted: boolean;
	/** First and last code points. */
	ranges: readonly (readonly [number, number])[];
}

let subsets: readonly Subset[] | null = null;
const loaded = new Map<string, Face>();
const found = new Map<string, Face | null>();

function listSubsets(): readonly Subset[] {
	subsets ??= PACKAGES.flatMap(({ name, slanted, subsets: wanted }) => {
		const ranges = fonts().ranges[name] ?? {};
		return (wanted ?? Object.keys(ranges)).map((subset) => ({
			...{ name, slanted, stem: `${name}-${subset.replace(/[[\]]/g, '')}` },
			ranges: readRanges(ranges[subset] ?? ''),
		}));
	});
	return subsets;
}

/** "U+0000-00FF,U+0131" */
function readRanges(ranges: string): [number, number][] {
	return Array.from(ranges.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi), ([, first = '', last = first]) => [
		Number.parseInt(first, 16),
		Number.parseInt(last, 16),
	]);
}

/** The face that sets a character in a style; null where none holds it. */
export function faceFor(style: Style, codePoint: number): Face | null {
	const key = `${style} ${codePoint}`;
	const known = found.get(key);
	if (known !== undefined) return known;
	const face = facesFor(style, codePoint).next().value ?? null;
	found.set(key, face);
	return face;
}

/** All of them that hold it, the best first: a letter and its marks may be together in a later one only. */
export function* facesFor(style: Style, codePoint: number): Generator<Face> {
	for (const subset of listSubsets()) {
		if (!subset.ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) continue;
		const { weight, slant } = SHAPES[style];
		const face = load(subset.name, `${subset.stem}-${weight}-${subset.slanted ? slant : 'normal'}`);
		if (face.covers(codePoint)) yield face;
	}
}

/** @throws FontMissing */
function load(name: string, id: string): Face {
	const known = loaded.get(id);
	if (known !== undefined) return known;
	const file = { name, file: `${id}.woff` };
	const bytes = fonts().font(file);
	if (bytes === null) throw new FontMissing(file);
	const face = new Face(id, bytes);
	loaded.set(id, face);
	return face;
}
