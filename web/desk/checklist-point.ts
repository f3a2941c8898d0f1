/**
 * One point of the checklist. `fix`: id of the input to go to. Freezing waits for a `must`; goes without what is `advised`, though it is
 * better done before; what `may` be can as well come later.
 */
export type Point = { done: boolean; weight: 'must' | 'advised' | 'may'; text: string; detail: string; fix: string };

/** @param problem what to do; null where it is done */
export function point(text: string, fix: string, problem: string | null, weight: Point['weight'] = 'must'): Point {
	return { done: problem === null, weight, text, detail: problem ?? '', fix };
}
