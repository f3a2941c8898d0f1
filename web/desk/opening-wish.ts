/** That the names were being opened in this tab: the letter's id, and nothing else. It goes with the tab. */

export type OpeningWish = { read(): string | null; keep(letter: string): void; forget(): void };

const KEY = 'undersigned/opening';

/** In the tab's own storage; where a browser gives none, nothing goes on by itself after a reload. */
export function tabWish(): OpeningWish {
	return {
		read: () => quietly(() => sessionStorage.getItem(KEY)),
		keep: (letter) => void quietly(() => sessionStorage.setItem(KEY, letter)),
		forget: () => void quietly(() => sessionStorage.removeItem(KEY)),
	};
}

function quietly<T>(work: () => T): T | null {
	try {
		return work();
	} catch {
		return null;
	}
}
