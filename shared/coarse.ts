const FIRST = [0, 10, 25, 50];
/** How far apart the steps from 50 on are. */
const widthAt = (n: number): number => (n < 1_000 ? 50 : n < 10_000 ? 100 : 1_000);

/**
 * A number as those may see it who must not learn from it when somebody signed: 0 below 10, then the largest of these
 * steps that is not above it: 10, 25, 50, 100, 150 … 1,000, then every 100 to 10,000, every 1,000 beyond. Always true as "at least".
 */
export function coarse(n: number): number {
	if (n < 50) return FIRST.findLast((step) => step <= n) ?? 0;
	const width = widthAt(n);
	return Math.floor(n / width) * width;
}

/** The largest number that a coarse one may stand for. @param shown what `coarse` gave */
export function atMost(shown: number): number {
	const next = FIRST.find((step) => step > shown) ?? shown + widthAt(shown);
	return next - 1;
}
