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

/** What tests need of Debian, and whether it is there. Nothing that a test would be skipped for is left out: where CI is set, that fails the run. */
const DEBIAN: readonly [name: string, isThere: () => boolean][] = [
	['chromium', () => existsSync(chromiumPath())],
	['postgresql', hasPostgres],
	['openssl', () => answers('openssl', 'version')],
	['poppler-utils', () => answers('pdftotext', '-v')],
	// For one judge.
	['default-jre-headless', () => answers('java', '-version')],
	// What operators copy from ops/ is tried with the programs that read it.
	['nginx-light', () => nginxBinary !== undefined],
	['caddy', () => answers('caddy', 'version')],
	['systemd', () => answers('systemd-analyze', '--version')],
];

/** Root may install them, others are told the command. */
function prepare(): void {
	const missing = DEBIAN.filter(([, isThere]) => !isThere()).map(([name]) => name);
	if (missing.length === 0) return;
	const install = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
	if (process.getuid?.() !== 0) throw new Error(`missing: ${missing.join(', ')}. Run: sudo ${install}`);
	// In runlevel 1 Debian starts none of them as a service: tests start their own.
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	execFileSync('sh', ['-c', `apt-get update -qq && ${install} -qq >/dev/null`], { stdio: 'inherit', env });
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
