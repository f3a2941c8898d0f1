import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { RenderedFile } from './published/rendered-file.ts';

/** Beside what is built: the hash of what it was built from. */
export const SOURCE_HASH = '.vite/source-hash';

export type Coding = 'br' | 'gzip';

export interface Asset {
	bytes: Uint8Array<ArrayBuffer>;
	type: string;
	/** The bytes in this coding, made on first use and kept; null for what is compressed already. */
	packed(coding: Coding): Uint8Array<ArrayBuffer> | null;
}

/** What Vite built from web/, by hashed name; few and small, so they are held in memory. */
export interface Assets {
	/** The address of web/NAME/main.ts as built. */
	script(name: string): string;
	/** The address of web/style/NAME.css as built. */
	style(name: string): string;
	/** By the path below /assets/. */
	find(path: string): Asset | undefined;
	/** What a letter's folder keeps a copy of, so that it outlives builds and needs nothing from outside. */
	letter(): LetterAssets;
	/** For whoever watches from outside whether these are the files that they should be; see docs/watch.md. */
	build: BuildList;
}

/** What /build.json says: `files` by their path in web/dist, such as `assets/sign-HASH.js` (served at `/assets/…`) and `published/assets/…` (in folders of letters), each with its SHA-256 in hexadecimal. */
export interface BuildList {
	format: 'undersigned build 1';
	/** Hash of the sources that it was built from, where server/command/build.ts built it. */
	sources: string | null;
	files: Record<string, string>;
}

/** `style`, `read` and `recount` are paths below the letter's folder, like those of `files`: `assets/letter-HASH.css`. */
export interface LetterAssets {
	style: string;
	read: string;
	recount: string;
	files: RenderedFile[];
}

/** Of what lies in a letter's folder, what the build made for all letters; the style sheet is each letter's own. */
export const sameInAll = ({ style, files }: LetterAssets): RenderedFile[] => files.filter(({ path }) => path !== style);

const types: Record<string, string> = {
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.woff': 'font/woff',
	'.woff2': 'font/woff2',
	'.webmanifest': 'application/manifest+json',
};

const compressible = /^(text\/|image\/svg|application\/manifest)/;

function asset(bytes: Uint8Array<ArrayBuffer>, type: string): Asset {
	const kept = new Map<Coding, Uint8Array<ArrayBuffer>>();
	return {
		bytes,
		type,
		packed(coding) {
			if (!compressible.test(type)) return null;
			const packed = kept.get(coding) ?? new Uint8Array(coding === 'br' ? brotliCompressSync(bytes) : gzipSync(bytes));
			kept.set(coding, packed);
			return packed;
		},
	};
}

type Manifest = Record<string, { file: string } | undefined>;

interface Build {
	/** What was built from this source, such as `assets/letter-HASH.css`. @throws where it was not */
	built(source: string): string;
	files: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }[];
}

function readBuild(dist: string): Build {
	// Signers' pages and a letter's search are built by themselves: web/sign.config.ts, web/search.config.ts.
	const manifests = ['manifest.json', 'sign.json', 'search.json']
		.map((name) => join(dist, '.vite', name))
		.filter(existsSync);
	const manifest: Manifest = Object.assign({}, ...manifests.map((path) => JSON.parse(readFileSync(path, 'utf8'))));
	const folder = join(dist, 'assets');
	const names = existsSync(folder) ? readdirSync(folder) : [];
	return {
		built(source) {
			const entry = manifest[source];
			if (!entry) throw new Error(`web/${source} is not built. Run: npm run build`);
			return entry.file;
		},
		files: names.flatMap((name) => {
			const type = types[extname(name)];
			return type ? [{ name, type, bytes: new Uint8Array(readFileSync(join(folder, name))) }] : [];
		}),
	};
}

/** Reads web/dist, and what is built for letters in its folder `published`. An asset that was not built is an error where a page asks for it, not at the start. */
export function loadAssets(dist: string): Assets {
	const own = readBuild(dist);
	const files = new Map(own.files.map(({ name, type, bytes }) => [name, asset(bytes, type)]));
	const published = readBuild(join(dist, 'published'));
	const stamp = join(dist, SOURCE_HASH);
	const listed = [...listFiles('assets', own), ...listFiles('published/assets', published)];
	return {
		script: (name) => `/${own.built(`${name}/main.ts`)}`,
		style: (name) => `/${own.built(`style/${name}.css`)}`,
		find: (path) => files.get(path),
		letter: () => ({
			style: published.built('style/letter.css'),
			read: published.built('read/main.ts'),
			recount: published.built('verify/main.ts'),
			files: published.files.map(({ name, type, bytes }) => ({ path: `assets/${name}`, mediaType: type, body: bytes })),
		}),
		build: {
			format: 'undersigned build 1',
			sources: existsSync(stamp) ? readFileSync(stamp, 'utf8') : null,
			files: Object.fromEntries(listed.sort(([a], [b]) => (a < b ? -1 : 1))),
		},
	};
}

const listFiles = (folder: string, { files }: Build): [string, string][] =>
	files.map(({ name, bytes }) => [`${folder}/${name}`, createHash('sha256').update(bytes).digest('hex')]);
