import { configureLocalization } from '@lit/localize';
import { speakThrough } from '../../shared/locales/say.ts';
import { ENGLISH, PSEUDO, type Spoken, TRANSLATIONS } from '../../shared/locales/spoken.ts';

let spoken: Spoken = ENGLISH;
// What the steps share with the server says its texts in the same words.
speakThrough(() => spoken);

const { getLocale, setLocale } = configureLocalization({
	sourceLocale: ENGLISH.language,
	targetLocales: TRANSLATIONS,
	// The one language that is needed, and nothing of the others.
	async loadLocale() {
		const catalog = await import('../../shared/locales/signer/ar-XB.ts');
		spoken = { language: PSEUDO, templates: catalog.templates };
		return catalog;
	},
});

/** BCP 47, for dates and numbers. */
export const language = getLocale;

/** As the page itself is written: the server chose by what the browser asks for. A catalog that does not come leaves the steps in English. */
export const speakAsThePage = (): Promise<void> => setLocale(document.documentElement.lang).catch(() => {});
