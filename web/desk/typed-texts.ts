import { LeavingQuestion } from './leaving-question.ts';

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

	/** A field that was emptied again holds nothing to lose. */
	#watch(): this {
		this.#question.set([...this.values()].some((text) => text.trim() !== ''));
		return this;
	}
}
