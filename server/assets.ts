import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

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
}

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

/** Reads web/dist. An asset that was not built is an error where a page asks for it, not at the start. */
export function loadAssets(dist: string): Assets {
	const manifestFile = join(dist, '.vite', 'manifest.json');
	const manifest: Manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {};
	const folder = join(dist, 'assets');
	const names = existsSync(folder) ? readdirSync(folder) : [];
	const files = new Map<string, Asset>();
	for (const name of names) {
		const type = types[extname(name)];
		if (type) files.set(name, asset(new Uint8Array(readFileSync(join(folder, name))), type));
	}
	const address = (source: string): string => {
		const built = manifest[source];
		if (!built) throw new Error(`web/${source} is not built. Run: npm run build`);
		return `/${built.file}`;
	};
	return {
		script: (name) => address(`${name}/main.ts`),
		style: (name) => address(`style/${name}.css`),
		find: (path) => files.get(path),
	};
}
