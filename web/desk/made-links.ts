import { LeavingQuestion } from './leaving-question.ts';

/** Just made here. `whom` as it was typed: an outlet, or the note of an invitation. */
export type MadeLink = { whom: string; link: string };

/**
 * Links that are told this once (under embargo, or to organize together), so they stay in this page's memory until somebody says that they have them, as vouchers do
 * (made-vouchers.ts). Closing or reloading the page asks first. Proven by test/web/desk/desk-embargo.test.ts and told-once.test.ts.
 */
export class MadeLinks {
	all: readonly MadeLink[] = [];
	readonly #question = new LeavingQuestion();

	add(made: MadeLink): void {
		this.#put([...this.all, made]);
	}

	/** Somebody has it. */
	hide(made: MadeLink): void {
		this.#put(this.all.filter((one) => one !== made));
	}

	forget(): void {
		this.#put([]);
	}

	#put(all: readonly MadeLink[]): void {
		this.all = all;
		this.#question.set(all.length > 0);
	}
}
