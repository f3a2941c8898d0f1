import type { Roots } from '../../shared/client/deciding.ts';

const forNow = new Map<string, string>();

/**
 * The approved root of each letter, in this browser; MACed by the caller, so that a changed one is noticed. Where the browser keeps nothing for
 * pages, only until this one is closed: the fingerprint is then compared each time. Proven by test/web/desk/kept-roots.test.ts.
 */
export const keptRoots: Roots = {
	read: (letter) => forNow.get(letter) ?? stored()?.getItem(nameOf(letter)) ?? null,
	write: (letter, kept) => {
		forNow.set(letter, kept);
		try {
			stored()?.setItem(nameOf(letter), kept);
		} catch {
			// Full: the same as a browser that keeps nothing.
		}
	},
	erase: (letter) => {
		forNow.delete(letter);
		stored()?.removeItem(nameOf(letter));
	},
};

const nameOf = (letter: string) => `undersigned.root.${letter}`;

/** Null where the browser forbids it: even looking throws there. */
function stored(): Storage | null {
	try {
		return localStorage;
	} catch {
		return null;
	}
}
