/** What the published page says in the languages of letters, so that the desk shows it as it will be. The desk itself is in English. */
import { ENGLISH, PSEUDO, type Spoken, spokenOf } from '../../shared/locales/spoken.ts';
import type { Speaker } from '../../shared/pages/letter-frame.ts';

const fetchTexts: Record<string, () => Promise<{ templates: Spoken['templates'] }>> = {
	[PSEUDO]: () => import('../../shared/locales/pages/ar-XB.ts'),
};

/** What does not come stays English until the desk is opened anew. */
const known = new Map<string, Spoken>([[ENGLISH.language, ENGLISH]]);

/** @param texts a letter's. @returns null where all is at hand that they need; else when it is */
export function fetchLanguages(texts: readonly { language: string }[]): Promise<unknown> | null {
	const missing = [...new Set(texts.map((text) => spokenOf([text.language])))].filter((one) => !known.has(one));
	return missing.length === 0 ? null : Promise.all(missing.map(fetchLanguage));
}

async function fetchLanguage(language: string): Promise<void> {
	const fetched = await fetchTexts[language]?.().catch(() => undefined);
	known.set(language, fetched ? { language, templates: fetched.templates } : ENGLISH);
}

export const speaker: Speaker = (language) => known.get(spokenOf([language])) ?? ENGLISH;
