import { isStep, type Step } from './route.ts';

/** Of a page that knows no letter. */
const NEUTRAL = '/s';

/**
 * The steps that somebody took, for the way back: in the browser's history, which holds the step only and never the link's fragment; once `quiet`, in
 * this page alone, under an address that says nothing.
 */
export class Trail {
	quiet = false;
	readonly #before: Step[] = [];
	readonly #show: (step: Step) => Promise<void>;

	/** @param show what brings a step onto the page, when the browser goes back or forth */
	constructor(show: (step: Step) => Promise<void>) {
		this.#show = show;
	}

	/** @returns what ends it */
	watch(): () => void {
		addEventListener('popstate', this.#popped);
		return () => removeEventListener('popstate', this.#popped);
	}

	readonly #popped = (event: PopStateEvent): void => {
		const step: unknown = event.state?.step;
		// Where a step needs the server, and it is away, the page itself is still there.
		this.#show(isStep(step) ? step : 'reading').catch(() => this.#show('reading'));
	};

	/** To a step, from the one before. */
	add(step: Step, from: Step): void {
		if (this.quiet) {
			this.#before.push(from);
			history.replaceState(null, '', NEUTRAL);
		} else history.pushState({ step }, '', location.pathname);
	}

	/** In place of the step before, so that going back does not lead to a form that is done with. */
	replace(step: Step): void {
		if (this.quiet) history.replaceState(null, '', NEUTRAL);
		else history.replaceState({ step }, '', location.pathname);
	}

	back(): void {
		if (this.quiet) this.#show(this.#before.pop() ?? 'reading').catch(() => this.#show('reading'));
		else history.back();
	}
}
