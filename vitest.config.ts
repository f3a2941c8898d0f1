import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, chromiumPath } from './test/support/chromium.ts';
import { LongFirst } from './test/support/long-first.ts';
import { shortLived } from './test/support/process-environment.ts';

// As server/command/require-node-24.mjs does: every process of the run, and those that tests start, load what was compiled once.
process.env.NODE_COMPILE_CACHE ??= `${import.meta.dirname}/node_modules/.compiled`;

/** Randomised tests repeat with `SEED=<number> npm test`. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const provide = { seed, scale: process.env.SCALE === 'full' ? ('full' as const) : ('small' as const) };
const setupFiles = ['test/support/seed.ts'];
const globalSetup = ['test/support/databases-setup.ts'];
/** Needs Node itself (openssl, files): named *.node.test.ts, and left out of the run in the browser. */
const nodeOnly = 'test/shared/**/*.node.test.ts';
/** The packages that web/, shared/ and the tests of both import. */
const inTheBrowser = [
	...[
		'lit',
		'lit/decorators.js',
		'lit/directives/live.js',
		'lit/directives/repeat.js',
		'lit/directives/unsafe-html.js',
	],
	...['altcha-lib', 'altcha-lib/algorithms/web/pbkdf2'],
	...['@lit/localize', '@lit/localize/internal/id-generation.js', '@lit/localize/internal/str-tag.js'],
	...[
		'valibot',
		'markdown-it',
		'diff',
		'hpke',
		'@cloudflare/blindrsa-ts',
		...['@noble/hashes/sha2.js', '@noble/hashes/hkdf.js', '@noble/hashes/hmac.js'],
		'shamir-secret-sharing',
	],
	...['turndown', 'pdfkit', 'pdfkit/standard-fonts/Helvetica', 'pdfkit/standard-fonts/HelveticaBold'],
	...['qr', 'fontkit', 'fflate', 'bidi-js'],
	...['@scure/bip39', '@scure/bip39/wordlists/english.js', '@simplewebauthn/browser', 'axe-core', 'fast-check'],
];
const full = provide.scale === 'full';
/** Hours of work are worth being compiled for. */
const execArgv = full ? [] : [...shortLived];
const fast = [
	...['test/architecture.test.ts', 'test/server/config.test.ts', 'test/server/platform/**/*.test.ts'],
	...['test/server/published/share-card.test.ts', 'test/docs/**/*.test.ts'],
];

export default defineConfig({
	test: {
		// Stories of people wait for each other's servers and browsers: with three on two cores, a quarter of the time nobody works.
		maxWorkers: 4,
		sequence: { seed, sequencer: LongFirst },
		projects: [
			{
				test: {
					name: 'unit',
					include: ['test/shared/**/*.test.ts', ...fast],
					// Most take milliseconds, where a process of its own takes half a second.
					isolate: false,
					restoreMocks: true,
					unstubEnvs: true,
					provide,
					setupFiles,
					testTimeout: 180_000,
					hookTimeout: 120_000,
				},
			},
			{
				test: {
					name: 'database',
					execArgv,
					include: ['test/server/**/*.test.ts', 'test/command/**/*.test.ts', 'test/bench/**/*.test.ts'],
					exclude: fast,
					provide,
					setupFiles,
					globalSetup,
					// Time limits end what hangs, and measure nothing: on a machine that others use, too, a story takes five times as long.
					testTimeout: 600_000,
					hookTimeout: 120_000,
					expect: { poll: { timeout: 60_000 } },
				},
			},
			{
				// Found before the first test, or Vite reloads a page in the middle of one when it meets another of these.
				optimizeDeps: { include: inTheBrowser },
				test: {
					name: 'chromium',
					include: ['test/web/**/*.test.ts', 'test/shared/**/*.test.ts'],
					exclude: [nodeOnly],
					provide,
					setupFiles: [...setupFiles, 'test/support/empty-storage.ts'],
					testTimeout: 180_000,
					hookTimeout: 120_000,
					// What is waited for comes when it comes: on a busy machine not within a second.
					expect: { poll: { timeout: 60_000 } },
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: chromiumFlags } }),
						instances: [{ browser: 'chromium' }],
					},
				},
			},
			{
				test: {
					name: 'journey',
					execArgv,
					include: ['test/journey/**/*.test.ts', 'test/faults/**/*.test.ts'],
					provide,
					setupFiles,
					globalSetup,
					testTimeout: 1_200_000,
					expect: { poll: { timeout: 60_000 } },
					hookTimeout: 120_000,
				},
			},
			{
				// Judges of pages want the machine for themselves: test/support/run.ts runs them last, one file at a time.
				test: {
					name: 'judges',
					execArgv,
					include: ['test/judges/**/*.test.ts'],
					provide,
					setupFiles,
					globalSetup: ['test/judges/setup.ts'],
					testTimeout: 600_000,
					hookTimeout: 120_000,
				},
			},
			{
				test: {
					name: 'scale',
					execArgv,
					include: ['test/scale/**/*.test.ts'],
					provide,
					setupFiles,
					globalSetup,
					// Stories of very many people, not of speed: 100,000 signatures take an hour where everything else is busy too.
					testTimeout: full ? 7_200_000 : 1_800_000,
					hookTimeout: 120_000,
				},
			},
		],
	},
});
