/** What a bench finds, and the arithmetic on it. Proven by test/bench/figures.test.ts. */

/** One figure beside its reference, taken in the same run. */
export interface Row {
	name: string;
	value: number;
	unit: 's' | 'ms' | 'MB' | 'requests/s' | 'signatures/s';
	/** In the same unit. */
	reference: number;
	/** value / reference. */
	ratio: number;
	/** What the reference is. */
	against: string;
	/** What is promised of it at full size: of the value (in its unit), of the ratio, or of both. */
	promise: Promised | null;
}
export type Promised = { value?: Bounds; ratio?: Bounds };
type Bounds = { least?: number; most?: number };

export function median(values: readonly number[]): number {
	if (values.length === 0) throw new RangeError('There is no median of nothing.');
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Each of them in turn, `times` times over, so that what else the machine does falls on all alike. @returns their medians */
export async function interleaved(times: number, measures: readonly (() => Promise<number>)[]): Promise<number[]> {
	const found = measures.map((): number[] => []);
	for (let time = 0; time < times; time++) {
		for (const [at, measure] of measures.entries()) found[at]?.push(await measure());
	}
	return found.map(median);
}

/** Milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

export function row(
	name: string,
	unit: Row['unit'],
	figures: Pick<Row, 'value' | 'reference' | 'against'> & { promise?: Promised },
): Row {
	const { value, reference, against, promise = null } = figures;
	return { name, value, unit, reference, ratio: value / reference, against, promise };
}

export const isKept = ({ value, ratio, promise }: Row): boolean =>
	isWithin(value, promise?.value) && isWithin(ratio, promise?.ratio);

const isWithin = (found: number, { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Bounds = {}) =>
	found >= least && found <= most;

/** Three figures, as people read them. */
export const shown = (number: number): string =>
	number >= 100 ? Math.round(number).toLocaleString('en-GB') : String(Number(number.toPrecision(3)));

/** A Markdown table, so that docs/performance.md takes it as it is. */
export function table(rows: readonly Row[]): string {
	const cells = rows.map((one) => [
		one.name,
		`${shown(one.value)} ${one.unit}`,
		`${shown(one.reference)} ${one.unit}: ${one.against}`,
		shown(one.ratio),
	]);
	const all = [['what', 'figure', 'reference', 'ratio'], ...cells];
	const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
	const lines = all.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
	lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
	return lines.join('\n');
}
