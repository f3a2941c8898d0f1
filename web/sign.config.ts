import { resolve } from 'node:path';
import { defineConfig, mergeConfig, type Plugin, type UserConfig } from 'vite';
import built from './vite.config.ts';

const at = (path: string) => resolve(import.meta.dirname, path);

/** Half of what markdown-it brings are tables that a page has already, or never asks. */
const lighterMarkdown: Plugin = {
	name: 'lighter-markdown',
	enforce: 'pre',
	resolveId(source, importer) {
		if (!importer?.includes('/markdown-it/')) return null;
		if (source === 'entities') return at('sign/markdown/named-characters.ts');
		return source === 'linkify-it' ? at('sign/markdown/no-links-by-itself.ts') : null;
	},
};

const signing: UserConfig = mergeConfig(built, {
	plugins: [lighterMarkdown],
	// After the other build, which empties dist/, and beside its files, under a manifest of its own.
	build: { emptyOutDir: false, manifest: '.vite/sign.json' },
});

// Not merged: by itself, so that signers, who may be on a slow line, fetch nothing that only the desk uses. How much they fetch is measured in test/journey/five-pages.test.ts.
export default defineConfig({
	...signing,
	build: {
		...signing.build,
		rolldownOptions: {
			...signing.build?.rolldownOptions,
			input: { sign: at('sign/main.ts') },
			// What is needed at first comes in one piece: cut where later pieces share something with it, it would be larger.
			output: { codeSplitting: { groups: [{ name: 'first', test: /\/web\/sign\/main\.ts$/ }] } },
		},
	},
});
