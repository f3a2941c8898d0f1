import { Refused } from '../../shared/client/call.ts';

/** What ends everything here: its organizer left the letter, or gave it up with the last decision that it took. */
export type Ending = { letter: string; how: 'left' | 'abandoned' };

export const isOut = (failure: unknown) => failure instanceof Refused && failure.status === 401;
/** It may have been done all the same: a gateway answers while the server restarts, too. */
const isUnknown = (failure: unknown) => !(failure instanceof Refused) || failure.status >= 500;

/** An act after which there is no session that could say what became of it. Proven by test/web/desk/kept-marks.test.ts and desk-abandoned.test.ts. */
export class LastAct {
	/** What was asked for and got no answer: a session that is gone next went with it. */
	unanswered: Ending | null = null;
	readonly #missed: () => void;

	/** @param missed is called where no answer came */
	constructor(missed: () => void) {
		this.#missed = missed;
	}

	/** @returns `gone` where it was done before, without an answer. @throws what `work` does */
	async run<T>(ending: Ending, work: () => Promise<T>): Promise<T | 'gone'> {
		try {
			return await work();
		} catch (failure) {
			if (isOut(failure) && this.unanswered?.how === ending.how) return 'gone';
			if (isUnknown(failure)) {
				this.unanswered = ending;
				this.#missed();
			}
			throw failure;
		}
	}
}
