/** What the client needs only at some steps, and fetches when it gets there. In one place, so that it can be fetched ahead of the press that needs it. */

import { msg } from '../locales/say.ts';
import { Unanswered } from './call.ts';

/**
 * What is tried again is fetched again: browsers of 2026 keep no failure of an import, and for older ones the message names the way that always works.
 * @throws Unanswered where it did not come: nothing was begun with it. Proven by test/journey/five-pages.test.ts
 */
export async function arrived<Part>(part: () => Promise<Part>): Promise<Part> {
	try {
		return await part();
	} catch {
		throw new Unanswered(
			msg(
				'A part of this page did not arrive. Nothing is lost: see whether you are online, and try again in a minute. If that does not help, reload the page.',
			),
		);
	}
}

/** The blind signature of a credential. */
export const blinding = () => arrived(() => import('../credential.ts'));
/** Sealing and signing. */
export const composing = () => arrived(() => import('../sign.ts'));
/** The list of words. */
export const wording = () => arrived(() => import('../words.ts'));
/** Work for a code, where very many ask. */
export const working = () => arrived(() => import('./work.ts'));
