import { ConfigError, readConfig } from '../config.ts';
import { openDatabase } from '../database.ts';
import { startInvitation, startLink } from '../organizer/invitation.ts';
import { askForInvitation } from '../organizer/invitation-socket.ts';
import { systemClock } from '../platform/clock.ts';

/** `npm run invite`: prints a link that starts one letter, good for seven days. Works beside a running server. */
async function invite(): Promise<string> {
	const config = readConfig(process.env);
	// The embedded database belongs to the server while it runs, so that one is asked.
	const given = config.databaseUrl ? null : await askForInvitation(config.data);
	if (given) return given;
	const database = await openDatabase(config);
	try {
		return startLink(config.origin, await startInvitation({ db: database.db, clock: systemClock }, 'command'));
	} finally {
		await database.close();
	}
}

invite().then(
	(link) =>
		console.log(`Hand this link to one organizer. It starts one letter and works once, for seven days:\n${link}`),
	(failure: unknown) => {
		// A variable to set, a folder in use, a database that does not answer: the words are for the operator.
		const words = failure instanceof Error ? failure.message : String(failure);
		console.error(failure instanceof ConfigError ? `This cannot work yet:\n${words}` : words);
		process.exitCode = 1;
	},
);
