/** Whether closing or reloading the page asks first, for one keeper of what was typed. Each has its own: the browser asks while any of them does. */
export class LeavingQuestion {
	readonly #ask = (event: Event) => event.preventDefault();

	/** Said anew whenever it may have changed; the same twice is no harm. */
	set(asks: boolean): void {
		if (asks) addEventListener('beforeunload', this.#ask);
		else removeEventListener('beforeunload', this.#ask);
	}
}
