import { configureLocalization } from '@lit/localize';
import { ENGLISH, TRANSLATIONS } from '../../shared/locales/spoken.ts';

const { getLocale, setLocale } = configureLocalization({
	sourceLocale: ENGLISH.language,
	targetLocales: TRANSLATIONS,
	// The one language that is needed, and nothing of the others.
	loadLocale: () => import('../../shared/locales/signer/ar-XB.ts'),
});

/** BCP 47, for dates and numbers. */
export const language = getLocale;

/** As the page itself is written: the server chose by what the browser asks for. A catalog that does not come leaves the steps in English. */
export const speakAsThePage = (): Promise<void> => setLocale(document.documentElement.lang).catch(() => {});
