import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { buildIfStale } from '../../server/command/build.ts';
import { chromiumPath } from './chromium.ts';
import { useMemoryForTemporaryFolders } from './memory-folder.ts';
import { nginxBinary } from './nginx.ts';
import { postgresBinaries } from './postgres.ts';
import { type Run, runVitest } from './run-vitest.ts';

// What `npm run check`, `npm test` and `npm run test:scale` do: everything runs even if something before it failed,
// and what could not run counts as failed.

const kind = process.argv[2];
const seed = process.env.SEED ?? String(Date.now() % 2 ** 31);
const countsFile = 'node_modules/.test-counts';
let passed = 0;
let failed = 0;

rmSync(countsFile, { force: true });
process.on('exit', () => writeFileSync(countsFile, `${passed} passed, ${failed} failed\n`));

/** One check that is a whole program: it counts as one. */
function step(title: string, run: () => void): void {
	const began = performance.now();
	try {
		run();
		passed++;
		console.log(`✓ ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
	} catch (failure) {
		failed++;
		console.log(`✗ ${title}${failure instanceof Error && !('status' in failure) ? `: ${failure.message}` : ''}`);
	}
}

const node = (script: string, ...args: string[]) =>
	execFileSync(process.execPath, [`node_modules/${script}`, ...args], { stdio: 'inherit' });

function vitest(projects: string[], how: Omit<Run, 'projects'> = {}): void {
	const verdicts = runVitest({ ...how, projects, environment: { SEED: seed, ...how.environment } });
	const skipped = process.env.CI ? verdicts.skipped : 0;
	if (skipped > 0) console.log(`${skipped} tests were skipped: with CI set, that fails the run`);
	passed += verdicts.passed;
	failed += verdicts.failed + skipped;
}

const answers = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;

/** What tests need of Debian, and whether it is there. */
const NEEDED: readonly [name: string, isThere: () => boolean][] = [
	['chromium', () => existsSync(chromiumPath())],
	['postgresql', hasPostgres],
	['openssl', () => answers('openssl', 'version')],
	['poppler-utils', () => answers('pdftotext', '-v')],
	// For one judge.
	['default-jre-headless', () => answers('java', '-version')],
];

/** What operators copy from ops/ is tried with the programs that read it. Those tests are skipped without; where CI is set, that fails the run. */
const WELCOME: typeof NEEDED = [
	['nginx-light', () => nginxBinary !== undefined],
	['caddy', () => answers('caddy', 'version')],
	['systemd', () => answers('systemd-analyze', '--version')],
];

const missingOf = (some: typeof NEEDED) => some.filter(([, isThere]) => !isThere()).map(([name]) => name);

/** Root may install them, others are told the command. */
function prepare(): void {
	const [missing, welcome] = [missingOf(NEEDED), missingOf(WELCOME)];
	const isRoot = process.getuid?.() === 0;
	if (isRoot) {
		install(missing);
		install(welcome);
	} else if (missing.length > 0)
		throw new Error(`missing: ${missing.join(', ')}. Run: sudo ${INSTALL} ${missing.join(' ')}`);
	else if (welcome.length > 0) console.log(`Some tests are skipped. They want: sudo ${INSTALL} ${welcome.join(' ')}`);
}

const INSTALL = 'apt-get install -y --no-install-recommends';
/** Asked by Debian's packages before they start a service (deb-systemd-invoke(1p), invoke-rc.d(8)). */
const POLICY = '/usr/sbin/policy-rc.d';

/** None of them is started as a service: tests start their own. */
function install(packages: readonly string[]): void {
	if (packages.length === 0) return;
	const hasPolicy = existsSync(POLICY);
	if (!hasPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	try {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		const script = `apt-get update -qq && ${INSTALL} -qq ${packages.join(' ')} >/dev/null`;
		execFileSync('sh', ['-c', script], { stdio: 'inherit', env });
	} finally {
		if (!hasPolicy) rmSync(POLICY);
	}
}

function hasPostgres(): boolean {
	try {
		return existsSync(postgresBinaries());
	} catch {
		return false;
	}
}

useMemoryForTemporaryFolders();
console.log(`Seed of randomised tests: ${seed} (repeat with SEED=${seed})`);
if (kind === 'scale') {
	step('browser and database are there', prepare);
	vitest(['database', 'journey', 'scale'], { environment: { SCALE: 'full' } });
} else {
	step('types', () => {
		node('typescript/bin/tsc');
		node('typescript/bin/tsc', '-p', 'web');
	});
	step('lint and format', () => node('@biomejs/biome/bin/biome', 'check', '--error-on-warnings'));
	if (kind === 'all') {
		step('browser and database are there', prepare);
		step('web/ builds', buildIfStale);
		vitest(['unit', 'database', 'chromium', 'journey', 'scale']);
		vitest(['judges'], { alone: true });
	} else vitest(['unit']);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
