import type { DraftCopy } from './draft-copy.ts';
import { LeavingQuestion } from './leaving-question.ts';

/**
 * What was typed into a draft, and not saved when it ceased to be one: in this page's memory only, until somebody has seen it. Closing or reloading the page asks first.
 * Proven by test/web/desk/desk-frozen.test.ts.
 */
export class MissedWords {
	all: DraftCopy['unsaved'] = [];
	readonly #question = new LeavingQuestion();

	add(words: DraftCopy['unsaved']): void {
		this.#put([...this.all, ...words]);
	}

	/** Somebody has seen it, or it is nobody's any more. */
	forget(): void {
		this.#put([]);
	}

	#put(all: DraftCopy['unsaved']): void {
		this.all = all;
		this.#question.set(all.length > 0);
	}
}
