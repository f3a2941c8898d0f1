import type { Roots } from '../../shared/client/deciding.ts';

/** The approved root of each letter, in this browser; MACed by the caller, so that a changed one is noticed. */
export const keptRoots: Roots = {
	read: (letter) => localStorage.getItem(`undersigned.root.${letter}`),
	write: (letter, kept) => localStorage.setItem(`undersigned.root.${letter}`, kept),
};
