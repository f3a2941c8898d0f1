import { resolve } from 'node:path';
import { defineConfig, mergeConfig } from 'vite';
import published from './published.config.ts';

// Not merged: by itself, so that the first page of a letter needs one file for its search, and none that it would share with the recount.
export default defineConfig({
	...published,
	build: {
		...mergeConfig(published.build ?? {}, { emptyOutDir: false, manifest: '.vite/search.json' }),
		rolldownOptions: {
			...published.build?.rolldownOptions,
			input: { read: resolve(import.meta.dirname, 'read/main.ts') },
		},
	},
});
