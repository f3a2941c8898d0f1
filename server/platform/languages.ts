import { AsyncLocalStorage } from 'node:async_hooks';
import { templates as pseudo } from '../../shared/locales/pages/ar-XB.ts';
import { templates as pseudoRecount } from '../../shared/locales/recount/ar-XB.ts';
import { speakThrough } from '../../shared/locales/say.ts';
import { templates as pseudoSearch } from '../../shared/locales/search/ar-XB.ts';
import { ENGLISH, PSEUDO, type Spoken, spokenOf } from '../../shared/locales/spoken.ts';

const languages: Record<string, Spoken> = {
	[PSEUDO]: { language: PSEUDO, templates: pseudo, programs: { search: pseudoSearch, recount: pseudoRecount } },
};

/** The texts for what is written in this language (BCP 47); English where it is not spoken. */
export const spokenIn = (language: string): Spoken => languages[spokenOf([language])] ?? ENGLISH;

/** A server makes pages for many at once: the language goes with the request, not with the process. */
const speaking = new AsyncLocalStorage<Spoken>();
speakThrough(() => speaking.getStore());

/** @param language of spoken.ts. @returns what `work` returns; the pages made in it, awaited or not, are in that language */
export const inLanguage = <Result>(language: string, work: () => Result): Result =>
	speaking.run(spokenIn(language), work);
