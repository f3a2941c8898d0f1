import { resolve } from 'node:path';
import { defineConfig, mergeConfig, type UserConfig } from 'vite';
import built from './vite.config.ts';

const at = (path: string) => resolve(import.meta.dirname, path);

/** What lies in assets/ beside each released letter: its style sheet with fonts, the recount with its worker; the search comes from search.config.ts. */
const input = { letter: at('style/letter.css'), verify: at('verify/main.ts') };

const published: UserConfig = mergeConfig(built, {
	// Every address is relative to the file that names it, so that the folder of a letter works wherever it is put.
	base: './',
	// After the other build, which empties dist/.
	build: { outDir: 'dist/published' },
});

// Not merged: the pages of this server are no part of a letter.
export default defineConfig({
	...published,
	build: { ...published.build, rolldownOptions: { ...published.build?.rolldownOptions, input } },
});
