/**
 * Says that the database was restored from a dump: of letters that were open then, organizers and readers have to know. Keys that are missing may be a folder that is not mounted, so letters
 * without them are closed only with --without-keyring. Ends with 0, or 1 and the reason. See docs/faults.md.
 */
import { readConfig } from '../config.ts';
import { lettersRestored, markRestored, markRestoredAfterSigning } from '../letter/restored.ts';
import { systemClock } from '../platform/clock.ts';
import { SecretBox } from '../platform/secret-box.ts';
import { openOwnDatabase } from './own-database.ts';
import { flagsGiven, NotNow, told } from './told.ts';

async function restored(): Promise<string> {
	const flags = flagsGiven('Usage: npm run restored [-- --without-keyring]', ['--without-keyring']);
	const withoutKeyring = flags.length > 0;
	const config = readConfig(process.env);
	if (!config.hostSecret) throw new NotNow('Give HOST_SECRET, as the server has it.');
	const { db, close } = await openOwnDatabase(config);
	try {
		const deps = { db, config, clock: systemClock, secretBox: new SecretBox(config.hostSecret) };
		const { whole, keyless, over } = await lettersRestored(deps);
		if (keyless.length > 0 && !withoutKeyring)
			throw new NotNow(
				`KEYRING: ${config.keyring} holds no keys of ${keyless.length} open letters. Nothing was changed. Is it mounted? If these keys are lost for good, run this again with --without-keyring: those letters then go to review, and nobody can sign them any more.`,
			);
		for (const id of whole) await markRestored(deps, id, 'with-keys');
		for (const id of keyless) await markRestored(deps, id, 'without-keys');
		for (const id of over) await markRestoredAfterSigning(deps, id);
		return `${whole.length} open letters go on, and say that some people could have proved twice. ${keyless.length} went to review. Of ${over.length} nobody signs any more: whoever took their name off one after the copy was made stands on it again, and is told so where they look.`;
	} finally {
		await close();
	}
}

await told(restored());
