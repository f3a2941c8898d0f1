import { flushCompileCache } from 'node:module';
import { readConfig } from '../../server/config.ts';
import { runDue } from '../../server/due.ts';
import { SettableClock } from '../../server/platform/clock.ts';
import { createLog } from '../../server/platform/log.ts';
import { serve } from '../../server/serve.ts';

// The server as a process of its own, so that tests can kill it. Only its clock is not the real one: it starts at
// TEST_NOW and moves when the test says so, over the channel to its parent process.
const clock = new SettableClock(new Date(process.env.TEST_NOW ?? ''));
// Whoever is killed has no other time for it.
flushCompileCache();
// A spare has loaded its code, and begins when the one before it has died.
if (process.env.TEST_SPARE) {
	clock.set(await new Promise<Date>((begin) => process.once('message', ({ now }) => begin(new Date(now)))));
}
const log = createLog((line) => process.stderr.write(line));
const running = await serve(readConfig(process.env), log, { clock, runsDueByItself: false });
// As after any start: what a stopped server missed is due now.
await runDue(running.deps);

process.on('message', async (message: { now: string } | 'processor time') => {
	if (message === 'processor time') {
		const { user, system } = process.cpuUsage();
		process.send?.((user + system) / 1000);
		return;
	}
	clock.set(new Date(message.now));
	await runDue(running.deps);
	await running.deps.jobs.idle();
	process.send?.('settled');
});
process.on('SIGTERM', async () => {
	await running.stop();
	process.exit(0);
});
process.send?.('ready');
