import { speaking } from '../locales/say.ts';
import { ENGLISH, type Spoken } from '../locales/spoken.ts';

/** How the pages of a letter stand: for everybody, for invited journalists before the release, or in the organizers' rehearsal. */
export interface LetterFrame {
	/**
	 * Pages of an embargo leave a place for whom they were prepared for, name no address and are not for search engines. A rehearsal is
	 * the first page alone, and links to no file.
	 */
	kind: 'released' | 'embargo' | 'rehearsal';
	/** Addresses relative to the folder; in a rehearsal, of the host's own files. Null: without that script. */
	assets: { style: string; read: string | null; recount: string | null };
	/** What runs beside the pages, by path, with the SHA-256 of each in hexadecimal; where it is known. */
	programs?: readonly { path: string; sha256: string }[];
	/** Bytes of files beside the pages, by path, as far as they are known: they are said next to the links. */
	sizes?: ReadonlyMap<string, number>;
	/** The texts that are at hand for a language (BCP 47) of the letter, English where it is not spoken. Without it, all around the letter is in English. */
	speaker?: Speaker;
}

export type Speaker = (language: string) => Spoken;

/** What stands around a text of the letter is in the text's language, never in that of whoever has the page made: everybody gets the same bytes. */
export const inLanguageOf = <Made>(
	text: { language: string },
	{ speaker }: { speaker?: Speaker | undefined },
	make: () => Made,
): Made => speaking(speaker?.(text.language) ?? ENGLISH, make);
