import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { Verdicts } from './verdicts-reporter.ts';

export interface Run {
	projects: string[];
	environment?: NodeJS.ProcessEnv;
	/** One file at a time, for whoever measures. */
	alone?: boolean;
}

/**
 * Runs Vitest over these projects. A file whose process was ended by a signal is run once more: V8 of Node 24 sometimes breaks off in its own
 * records of compiled WebAssembly where many embedded databases were opened and closed in one process (nodejs/node issue 64500), and that says nothing of
 * a test. A second time it counts as failed. A test that fails is never repeated.
 */
export function runVitest(run: Run): Verdicts {
	const sum = runOnce(run);
	for (const { project, file } of sum.crashed) {
		console.log(`The process of ${file} (${project}) was ended by a signal: the file runs once more.`);
		const again = runOnce({ ...run, projects: [project] }, file);
		sum.passed += again.passed;
		sum.failed += again.failed + again.crashed.length;
		sum.skipped += again.skipped;
	}
	return sum;
}

const verdictsFile = 'node_modules/.test-verdicts.json';

function runOnce({ projects, environment = {}, alone = false }: Run, file?: string): Verdicts {
	rmSync(verdictsFile, { force: true });
	const only = projects.flatMap((name) => ['--project', name]);
	const reporters = ['--reporter=default', '--reporter=./test/support/verdicts-reporter.ts'];
	const args = ['run', ...(file ? [file] : []), ...only, ...(alone ? ['--maxWorkers', '1'] : []), ...reporters];
	const env = { ...process.env, ...environment, VERDICTS: verdictsFile };
	const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
		stdio: 'inherit',
		env,
	});
	if (!existsSync(verdictsFile)) return { passed: 0, failed: 1, skipped: 0, crashed: [] };
	const verdicts: Verdicts = JSON.parse(readFileSync(verdictsFile, 'utf8'));
	// Whatever else Vitest found wrong, such as no file at all.
	const unexplained = status !== 0 && verdicts.failed === 0 && verdicts.crashed.length === 0;
	return unexplained ? { ...verdicts, failed: 1 } : verdicts;
}
