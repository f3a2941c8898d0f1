/** What M of N means to people. */
import { leastMajority } from '../../shared/draft-defaults.ts';

/** Thresholds that a charter may have: more than half, at least two, at most all. */
export function thresholds(organizers: number): number[] {
	const least = leastMajority(organizers);
	return Array.from({ length: Math.max(0, organizers - least + 1) }, (_, i) => least + i);
}

const people = (n: number) => (n === 1 ? 'one organizer' : `${n} organizers`);

/** Two sentences: what colluding organizers can do, and what lost ones cost. `m` of `n`. */
export function explainThreshold(m: number, n: number): { collude: string; lost: string } {
	const spare = n - m;
	const together = `Any ${m === 2 ? 'two' : m} of you can open the names against the will of the rest; with the host’s help, even before signing closes.`;
	const collude =
		m === n
			? `Nothing happens without all of you${n === 2 ? '' : ': two who collude, or all but one, can open nothing'}.`
			: m === 2
				? together
				: `Two who collude can open nothing. ${together}`;
	const lost =
		spare === 0
			? 'If even one loses passkey and words, the names can never be opened, and the letter can never be released.'
			: spare === 1
				? 'One may lose passkey and words. If two do, the names can never be opened, and the letter can never be released.'
				: `${people(spare)[0]?.toUpperCase()}${people(spare).slice(1)} may lose passkey and words; two lost ones cost you nothing.`;
	return { collude, lost };
}
