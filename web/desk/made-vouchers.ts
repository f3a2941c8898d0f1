/** Of one batch, just made here. `vouchers` as the server wrote them, in groups of three. */
export type MadeBatch = { note: string; vouchers: readonly string[] };

/**
 * Vouchers are told this once, so they stay in this page's memory until somebody says that they have them: over other pages of the desk, and over a session
 * that ends. Closing or reloading the page asks first. Proven by test/web/desk/desk-vouchers.test.ts.
 */
export class MadeVouchers {
	batches: readonly MadeBatch[] = [];
	readonly #ask = (event: BeforeUnloadEvent) => event.preventDefault();

	add(batch: MadeBatch): void {
		this.batches = [...this.batches, batch];
		addEventListener('beforeunload', this.#ask);
	}

	forget(): void {
		this.batches = [];
		removeEventListener('beforeunload', this.#ask);
	}
}
