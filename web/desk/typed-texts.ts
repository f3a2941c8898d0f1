import type { LetterState } from '../../shared/api/signing.ts';
import { LeavingQuestion } from './leaving-question.ts';

/** By what its fields begin with: where what is typed can still be sent, if not for ever. A release that was stopped is built anew. */
const WHERE = new Map<string, readonly LetterState[]>([
	['roster', ['open']],
	['terms', ['open']],
	['amend', ['open']],
	['release', ['review', 'scheduled']],
]);

/**
 * What was typed and is not sent yet, by field. In this page's memory only: over other pages of the desk, and over a session that ends. Closing or reloading the page asks
 * first. Proven by test/web/desk/typed-texts.test.ts.
 */
export class TypedTexts extends Map<string, string> {
	readonly #question = new LeavingQuestion();

	override set(field: string, text: string): this {
		super.set(field, text);
		return this.#watch();
	}

	override delete(field: string): boolean {
		const was = super.delete(field);
		this.#watch();
		return was;
	}

	override clear(): void {
		super.clear();
		this.#watch();
	}

	/** Lets go of what the letter left behind: no page of the desk shows it any more. */
	seen(state: LetterState): void {
		for (const field of [...this.keys()]) {
			const where = WHERE.get(field.split('.')[0] ?? '');
			if (where !== undefined && !where.includes(state)) this.delete(field);
		}
	}

	/** A field that was emptied again holds nothing to lose. */
	#watch(): this {
		this.#question.set([...this.values()].some((text) => text.trim() !== ''));
		return this;
	}
}
