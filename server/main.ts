import { ConfigError, readConfig } from './config.ts';
import { DatabaseNotReady } from './database.ts';
import { FolderInUse } from './platform/folder-lock.ts';
import { createLog } from './platform/log.ts';
import { serve } from './serve.ts';

/** Prints for people, and stops on what init systems and Ctrl+C send: in order, also while it starts, or an embedded database would have to be recovered by the next start. */
async function main(): Promise<void> {
	const starting = serve(
		readConfig(process.env),
		createLog((line) => process.stderr.write(line)),
	);
	let stopping = false;
	const stop = () => {
		// A second signal does not wait any longer.
		if (stopping) process.exit(1);
		stopping = true;
		starting
			.then((running) => running.stop())
			.then(
				() => process.exit(0),
				// Why it could not start is said below.
				() => process.exit(1),
			);
	};
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);

	const { deps, lines } = await starting;
	console.log(`Undersigned serves ${deps.config.origin}`);
	if (deps.config.mode === 'development') console.log(`Mail shows at ${deps.config.origin}/dev/mail`);
	for (const line of lines) console.log(line);
}

main().catch((failure: unknown) => {
	// A ConfigError, a taken port, a locked folder, a database that is not ready: the operator needs the words.
	const said = failure instanceof ConfigError || failure instanceof FolderInUse || failure instanceof DatabaseNotReady;
	console.error(said ? `Undersigned cannot start:\n${failure.message}` : failure);
	process.exit(1);
});
