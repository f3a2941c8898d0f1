/**
 * Which rows of a long list are in sight. Rows are as high as what they hold (long names, narrow screens, large type); until one was seen, its height is
 * taken to be that of the others. All in pixels, from the top of the first row.
 */
export class RowWindow {
	#keys: readonly string[] = [];
	readonly #heights = new Map<string, number>();
	#usual = 56;
	#sum = 0;
	/** Top of each row, and the end of the last. */
	#tops: Float64Array | null = null;

	/** Another order, or other rows; heights that are known stay. */
	list(keys: readonly string[]): void {
		this.#keys = keys;
		this.#tops = null;
	}

	/** Everything may be another height: the screen was turned, or type made larger. */
	forgetHeights(): void {
		this.#heights.clear();
		this.#sum = 0;
		this.#tops = null;
	}

	measured(key: string, height: number): void {
		const before = this.#heights.get(key);
		if (before === height || height <= 0) return;
		this.#heights.set(key, height);
		this.#sum += height - (before ?? 0);
		this.#usual = this.#sum / this.#heights.size;
		this.#tops = null;
	}

	get height(): number {
		return this.topOf(this.#keys.length);
	}

	/** @param at from 0; the number of rows gives their end */
	topOf(at: number): number {
		return this.#allTops()[Math.max(0, Math.min(at, this.#keys.length))] ?? 0;
	}

	/** The row at `y`; the nearest where there is none. */
	rowAt(y: number): number {
		const tops = this.#allTops();
		let low = 0;
		let high = this.#keys.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((tops[middle] ?? 0) <= y) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	#allTops(): Float64Array {
		if (this.#tops !== null) return this.#tops;
		const tops = new Float64Array(this.#keys.length + 1);
		for (const [at, key] of this.#keys.entries())
			tops[at + 1] = (tops[at] ?? 0) + (this.#heights.get(key) ?? this.#usual);
		this.#tops = tops;
		return tops;
	}
}
