/** Languages that a letter is often written in; any other tag that stands in a draft is kept. */
const COMMON = [
	...['ar', 'bn', 'bg', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'ga', 'he', 'hi', 'hr', 'hu'],
	...['id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'sw', 'ta'],
	...['te', 'th', 'tr', 'uk', 'ur', 'vi', 'zh-Hans', 'zh-Hant'],
];

/** A BCP 47 tag as its own speakers call it, such as "polski"; the tag itself where nobody knows it. */
export function languageName(tag: string): string {
	try {
		return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
	} catch {
		return tag;
	}
}

/** To choose from, by name. @param present stands among them whatever it is */
export function languageChoices(present: string): { tag: string; name: string }[] {
	const tags = COMMON.includes(present) ? COMMON : [present, ...COMMON];
	const choices = tags.map((tag) => ({ tag, name: languageName(tag) }));
	return choices.sort((a, b) => a.name.localeCompare(b.name));
}
