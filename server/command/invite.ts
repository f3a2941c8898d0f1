import { type Config, readConfig } from '../config.ts';
import { startInvitation, startLink } from '../organizer/invitation.ts';
import { askForInvitation } from '../organizer/invitation-socket.ts';
import { systemClock } from '../platform/clock.ts';
import { openOwnDatabase } from './own-database.ts';
import { flagsGiven, told } from './told.ts';

/** `npm run invite`: prints a link that starts one letter, good for seven days. Works beside a running server. */
async function invite(): Promise<string> {
	flagsGiven('Usage: npm run invite');
	const config = readConfig(process.env);
	// The embedded database belongs to the server while it runs, so that one is asked.
	const link = (config.databaseUrl ? null : await askForInvitation(config.data)) ?? (await linkFromDatabase(config));
	return `Hand this link to one organizer. It starts one letter and works once, for seven days:\n${link}`;
}

async function linkFromDatabase(config: Config): Promise<string> {
	const database = await openOwnDatabase(config);
	try {
		return startLink(config.origin, await startInvitation({ db: database.db, clock: systemClock }, 'command'));
	} finally {
		await database.close();
	}
}

await told(invite());
