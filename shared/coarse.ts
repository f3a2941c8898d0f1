/**
 * A number as those may see it who must not learn from it when somebody signed: 0 below 10, then the largest of these
 * steps that is not above it: 10, 25, 50, 100, 150 … 1,000, then every 100 to 10,000, every 1,000 beyond. Always true as "at least".
 */
export function coarse(n: number): number {
	if (n < 10) return 0;
	if (n < 25) return 10;
	if (n < 50) return 25;
	const step = n < 1_000 ? 50 : n < 10_000 ? 100 : 1_000;
	return Math.floor(n / step) * step;
}

/** The largest number that a coarse one may stand for. @param shown what `coarse` gave */
export function atMost(shown: number): number {
	if (shown < 10) return 9;
	if (shown < 25) return 24;
	if (shown < 50) return 49;
	return shown + (shown < 1_000 ? 50 : shown < 10_000 ? 100 : 1_000) - 1;
}
