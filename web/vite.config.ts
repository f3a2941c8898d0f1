import { globSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { defineConfig, type Rolldown } from 'vite';

type OnLog = NonNullable<Rolldown.InputOptions['onLog']>;

const root = import.meta.dirname;

/** A folder's main.ts is its pages' islands; every file in style/ is a page's stylesheet. Signers' pages are built by sign.config.ts, what a released letter has beside it by published.config.ts. */
const entries = globSync(['desk/main.ts', 'style/*.css'], { cwd: root }).map((path) => resolve(root, path));

/** One library asks for Node's crypto, and goes without it in a browser: nothing for whoever starts the server to read. */
const onLog: OnLog = (level, log, handle) => {
	if (!log.message.includes('Module "crypto" has been externalized')) handle(level, log);
};

/** How long its parts took is nothing to read for them, either. */
const checks = { pluginTimings: false };

export default defineConfig({
	root,
	base: '/',
	publicDir: false,
	build: {
		target: 'es2022',
		manifest: true,
		emptyOutDir: true,
		// The pages' content security policy allows nothing inline, data: fonts included.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		// What draws PDFs has 520 kB; it is fetched only when something is printed.
		chunkSizeWarningLimit: 600,
		rolldownOptions: {
			onLog,
			checks,
			input: Object.fromEntries(
				entries.map((path) => [
					relative(root, path)
						.replace(/\/main\.ts$|\.css$/, '')
						.replace('/', '-'),
					path,
				]),
			),
		},
	},
	worker: { format: 'es', rolldownOptions: { onLog, checks } },
});
