/** Names in a sentence. Organizers' names often end with a dot of their own. */
import { languageNow } from './numbers.ts';

/** "K., R. and Noor" */
export function joinNames(names: readonly string[]): string {
	return new Intl.ListFormat(languageNow(), { type: 'conjunction' }).format(names);
}

/** The end of a sentence: one dot, not two. */
export function ended(sentence: string): string {
	return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

/** "Nobody took their name off", "1 person took their name off", "31 people took their names off". In English only: the desk says it. */
export function tookOff(count: number): string {
	if (count === 0) return 'Nobody took their name off.';
	return count === 1 ? '1 person took their name off.' : `${count.toLocaleString('en')} people took their names off.`;
}
