import { ConfigError, readConfig } from './config.ts';
import { DatabaseNotReady } from './database.ts';
import { FolderInUse } from './platform/folder-lock.ts';
import { createLog } from './platform/log.ts';
import { serve } from './serve.ts';

/** Prints for people, and stops on what init systems and Ctrl+C send. */
async function main(): Promise<void> {
	const running = await serve(
		readConfig(process.env),
		createLog((line) => process.stderr.write(line)),
	);
	const { config } = running.deps;
	console.log(`Undersigned serves ${config.origin}`);
	if (config.mode === 'development') console.log(`Mail shows at ${config.origin}/dev/mail`);
	for (const line of running.lines) console.log(line);

	let stopping = false;
	const stop = () => {
		// A second signal does not wait any longer.
		if (stopping) process.exit(1);
		stopping = true;
		running.stop().then(
			() => process.exit(0),
			() => process.exit(1),
		);
	};
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
}

main().catch((failure: unknown) => {
	// A ConfigError, a taken port, a locked folder, a database that is not ready: the operator needs the words.
	const said = failure instanceof ConfigError || failure instanceof FolderInUse || failure instanceof DatabaseNotReady;
	console.error(said ? `Undersigned cannot start:\n${failure.message}` : failure);
	process.exit(1);
});
