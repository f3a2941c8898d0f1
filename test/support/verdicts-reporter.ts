import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What a run of Vitest came to. */
export interface Verdicts {
	passed: number;
	/** Tests, files that could not be loaded, and whatever went wrong outside of a test. */
	failed: number;
	skipped: number;
	/** Files whose process was ended by a signal, so that nothing is known of them: none of their tests is counted above. */
	crashed: { project: string; file: string }[];
}

const endedBySignal = /^Worker exited unexpectedly with signal /;

const SLOWEST = 12;

/** Writes `Verdicts` as JSON into the file that VERDICTS names, and says which files took longest. */
// biome-ignore lint/style/noDefaultExport: Vitest loads a reporter as the default export of its file.
export default class VerdictsReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { cause?: unknown }[]): void {
		const bySignal = unhandled.filter(({ cause }) => endedBySignal.test(messageOf(cause)));
		const unfinished = modules.filter((module) => ['pending', 'queued'].includes(module.state()));
		const crashed = bySignal.length > 0 ? unfinished : [];
		const known = modules.filter((module) => !crashed.includes(module));
		const states = known.flatMap((module) => [...module.children.allTests()].map((one) => one.result().state));
		const count = (...which: string[]) => states.filter((state) => which.includes(state)).length;
		const broken = known.filter((module) => module.state() === 'failed' && module.errors().length > 0);
		const verdicts: Verdicts = {
			passed: count('passed'),
			failed: count('failed') + broken.length + unhandled.length - bySignal.length,
			skipped: count('skipped', 'pending'),
			crashed: crashed.map(({ project, moduleId }) => ({ project: project.name, file: moduleId })),
		};
		if (process.env.VERDICTS) writeFileSync(process.env.VERDICTS, JSON.stringify(verdicts));
		saySlowest(modules);
	}
}

function saySlowest(modules: readonly TestModule[]): void {
	const times = modules.map((module) => ({ module, seconds: module.diagnostic().duration / 1000 }));
	times.sort((a, b) => b.seconds - a.seconds);
	console.log(`Slowest of ${times.length} files:`);
	for (const { module, seconds } of times.slice(0, SLOWEST)) {
		console.log(`${seconds.toFixed(0).padStart(5)} s  ${module.project.name}  ${module.relativeModuleId}`);
	}
}

const messageOf = (failure: unknown): string =>
	typeof failure === 'object' && failure !== null && 'message' in failure ? String(failure.message) : '';
