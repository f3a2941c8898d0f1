import { configureLocalization, type LocaleModule } from '@lit/localize';
import { speakThrough } from '../../shared/locales/say.ts';
import { ENGLISH, PSEUDO, type Spoken, TRANSLATIONS } from '../../shared/locales/spoken.ts';

let spoken: Spoken = ENGLISH;
// What the steps share with the server says its texts in the same words.
speakThrough(() => spoken);

/** Each comes by itself: the one that is needed, and nothing of the others. */
const CATALOGS = {
	[PSEUDO]: () => import('../../shared/locales/signer/ar-XB.ts'),
} satisfies Record<(typeof TRANSLATIONS)[number], () => Promise<LocaleModule>>;

const { getLocale, setLocale } = configureLocalization({
	sourceLocale: ENGLISH.language,
	targetLocales: TRANSLATIONS,
	async loadLocale(language) {
		const known = TRANSLATIONS.find((one) => one === language);
		if (known === undefined) throw new Error(`There is no catalog of ${language}.`);
		const catalog = await CATALOGS[known]();
		spoken = { language, templates: catalog.templates };
		return catalog;
	},
});

/** BCP 47, for dates and numbers. */
export const language = getLocale;

/** As the page itself is written: the server chose by what the browser asks for. A catalog that does not come leaves the steps in English. */
export const speakAsThePage = (): Promise<void> => setLocale(document.documentElement.lang).catch(() => {});
