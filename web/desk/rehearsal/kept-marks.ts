/** The last rehearsal of each letter in this browser, as keyed hashes: shared/client/rehearsal.ts. Proven by test/web/desk/kept-marks.test.ts. */
import { type Marks, readMarks } from '../../../shared/client/rehearsal.ts';

const forNow = new Map<string, Marks>();
const nameOf = (letter: string) => `undersigned.rehearsal.${letter}`;

export function lastMarks(letter: string): Marks | null {
	const kept = forNow.get(letter);
	if (kept !== undefined) return kept;
	try {
		return readMarks(localStorage.getItem(nameOf(letter)));
	} catch {
		// A browser that forbids it: even looking throws there.
		return null;
	}
}

export function keepMarks(letter: string, marks: Marks): void {
	forNow.set(letter, marks);
	try {
		localStorage.setItem(nameOf(letter), JSON.stringify(marks));
	} catch {
		// Full or forbidden: until this page is closed.
	}
}

/** After the release there is nothing to rehearse, and what is left would say that somebody organized here. */
export function eraseMarks(letter: string): void {
	forNow.delete(letter);
	try {
		localStorage.removeItem(nameOf(letter));
	} catch {
		// A browser that forbids it has kept nothing either.
	}
}
