/** The languages that the signer's side and the pages speak. A new one is added here and gets its catalogs by `npm run words` (docs/languages.md). */

/** A translation of one text: with values, it names them by their places in the source. */
export type Localized = string | { strings: TemplateStringsArray; values: unknown[] };

/** One language and its texts, null for the language that the sources are written in. */
export interface Spoken {
	/** BCP 47. */
	language: string;
	templates: Templates | null;
	/** What the programs beside a letter's pages say: its search, its recount. They find it in the page. */
	programs?: Record<PageProgram, Templates>;
}

export type Templates = Record<string, Localized>;
export type PageProgram = 'search' | 'recount';

export const ENGLISH: Spoken = { language: 'en', templates: null };

/** Made from the English by a rule, and right to left: shows what could not be translated and what does not turn. Nobody's browser asks for it by itself. */
export const PSEUDO = 'ar-XB';

/** Other than English. */
export const TRANSLATIONS = [PSEUDO] as const;

/** @returns the language that is spoken of those asked for, best first; a page in any but an exact or a base match would surprise */
export function spokenOf(asked: readonly string[]): string {
	const known = ['en', ...TRANSLATIONS];
	for (const tag of asked) {
		const wanted = tag.toLowerCase();
		const exact = known.find((one) => one.toLowerCase() === wanted);
		const found = exact ?? known.find((one) => one === wanted.split('-')[0]);
		if (found) return found;
	}
	return 'en';
}
