import { type PublishingDeps, publish } from './publish.ts';
import { lettersToPublish } from './release-store.ts';

/**
 * The release clock: publishes what was scheduled for now or, when no server was up at its minute, for earlier. One letter that fails is
 * tried again with the next minute and does not keep others back.
 */
export async function publishDue(deps: PublishingDeps, now: Date): Promise<void> {
	const failures: unknown[] = [];
	for (const letter of await lettersToPublish(deps.db, now)) {
		try {
			if (await publish(deps, letter)) deps.log('released', { letter });
		} catch (failure) {
			deps.log('release failed', { letter, failure });
			failures.push(failure);
		}
	}
	if (failures.length > 0) throw failures[0];
}
