/** Languages by their tags (BCP 47), any of the form that a text document may name, registered or not. */

/**
 * The tag where JavaScript knows what to do with it, else English. Without extensions (`-u-…`, `-x-…`): names of languages are refused for them, and a letter
 * that was signed in such a one has to come out all the same. Proven by test/shared/pages/languages.test.ts.
 */
function known(language: string): string {
	try {
		return new Intl.Locale(language).baseName;
	} catch {
		return 'en';
	}
}

/** "Español", "العربية": as its speakers write it; the tag itself where nobody knows. */
export function languageName(language: string): string {
	const locale = known(language);
	if (locale === 'en' && !/^en\b/i.test(language)) return language;
	const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? language;
	return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** What stands before the addressees. Nothing in a language of which these pages know no word: "To las direcciones" is none. */
export const toWord = (language: string): '' | 'To ' => (/^en\b/i.test(language) ? 'To ' : '');

const RIGHT_TO_LEFT = /^(Adlm|Arab|Aran|Hebr|Mand|Mend|Nkoo|Rohg|Samr|Syrc|Thaa|Yezi)$/;

export function directionOf(language: string): 'ltr' | 'rtl' {
	return RIGHT_TO_LEFT.test(new Intl.Locale(known(language)).maximize().script ?? '') ? 'rtl' : 'ltr';
}

/** Sorts as readers of the language do, numbers by their value. */
export function collatorOf(language: string): Intl.Collator {
	return new Intl.Collator([known(language), 'en'], { usage: 'sort', numeric: true });
}
