import type { Deps } from './deps.ts';
import { keylessLines } from './letter/restored.ts';
import { setUpLine } from './organizer/invitation.ts';

/** Lines that the server prints once it is up, such as the set-up link while nobody can start a letter yet. */
export type FirstStep = (deps: Deps) => Promise<readonly string[]>;

/** What /privacy and /report cannot say as long as nobody has said it to the server. Proven by test/server/pages/front.test.ts. */
export const unsaidLines: FirstStep = async ({ config }) => {
	if (config.mode === 'development') return [];
	const missing: string[] = [];
	if (config.responsible === null)
		missing.push('RESPONSIBLE is not set: /privacy says that nobody has said who runs this host.');
	if (config.contact === null) missing.push('CONTACT is not set: nobody can report a letter or ask you anything.');
	return missing;
};

export const firstSteps: readonly FirstStep[] = [setUpLine, unsaidLines, keylessLines];
