/**
 * The field in which somebody types and that was not left yet. Browsers say `change` of a field that is left, and nothing of one that is taken away. Proven by
 * test/web/desk/desk-frozen.test.ts.
 */
export class FieldInHand {
	#field: HTMLInputElement | HTMLTextAreaElement | null = null;

	/** @param form holds the fields, for as long as there is one */
	constructor(form: HTMLElement) {
		form.addEventListener('input', ({ target }) => {
			const typed = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
			this.#field = typed ? target : null;
		});
		form.addEventListener('change', () => {
			this.#field = null;
		});
	}

	/** Says of it what leaving it would. Half a date, or a number emptied to be typed anew, is nothing that somebody typed. */
	leave(): void {
		const field = this.#field;
		this.#field = null;
		if (field === null || field.validity.badInput || (field.type === 'number' && field.value === '')) return;
		field.dispatchEvent(new Event('change', { bubbles: true }));
	}
}
