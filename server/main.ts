import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError, readConfig } from './config.ts';
import { DatabaseNotReady } from './database.ts';
import { FolderInUse } from './platform/folder-lock.ts';
import { createLog } from './platform/log.ts';
import { serve } from './serve.ts';

/** How long a start that is under way is waited for where the server is told to stop. Stopping takes four more (serve.ts): the unit in ops/ waits ten. */
const START_MS = 5_000;

const log = createLog((line) => process.stderr.write(line));

/** Node.js would print what was thrown, and a database's errors quote rows: what is said goes through the log, which lets nothing of them through. A rejection that nobody took comes here, too. */
process.on('uncaughtException', (failure) => {
	log('ended by a fault', { failure });
	process.exit(1);
});

/** Prints for people, and stops on what init systems and Ctrl+C send: in order, also while it starts, or an embedded database would have to be recovered by the next start. */
async function main(): Promise<void> {
	const starting = serve(readConfig(process.env), log);
	let stopping = false;
	const stop = async () => {
		// A second signal does not wait any longer.
		if (stopping) process.exit(1);
		stopping = true;
		const running = await Promise.race([starting, pause(START_MS)]);
		// A database that says nothing holds a start up for minutes: that start is left as a crash would leave it.
		if (running === undefined) process.exit(1);
		await running.stop();
		process.exit(0);
	};
	// Why it could not start is said below.
	const onSignal = () => void stop().catch(() => process.exit(1));
	process.on('SIGTERM', onSignal);
	process.on('SIGINT', onSignal);

	const { deps, lines } = await starting;
	if (stopping) return;
	console.log(`Undersigned serves ${deps.config.origin}`);
	if (deps.config.mode === 'development') console.log(`Mail shows at ${deps.config.origin}/dev/mail`);
	for (const line of lines) console.log(line);
}

main().catch((failure: unknown) => {
	// A ConfigError, a taken port, a locked folder, a database that is not ready: the operator needs the words.
	const said = failure instanceof ConfigError || failure instanceof FolderInUse || failure instanceof DatabaseNotReady;
	if (said) console.error(`Undersigned cannot start:\n${failure.message}`);
	else log('ended by a fault', { failure });
	process.exit(1);
});
