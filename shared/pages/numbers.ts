/** Numbers and moments as people read them, in the language that is spoken. */
import { spoken } from '../locales/say.ts';

/** BCP 47, for lists, dates and times: English as Europe writes it, the day before the month. */
export function languageNow(): string {
	const { language } = spoken();
	return language === 'en' ? 'en-GB' : language;
}

/** A kind of formatter, made once for each language: making one takes longer than what it does. */
function inEach<Format>(make: (language: string) => Format): () => Format {
	const made = new Map<string, Format>();
	return () => {
		const language = languageNow();
		const format = made.get(language) ?? make(language);
		made.set(language, format);
		return format;
	};
}

const numbers = inEach((language) => new Intl.NumberFormat(language));

/** 1204 → "1,204". */
export const spell = (count: number) => numbers().format(count);

/** For what is in English only. What is translated has a message for each. */
export const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

const moments = inEach(
	(language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
);

/** `2026-11-21T14:00:00Z` → "21 November 2026 at 14:00 UTC". */
export const spellMoment = (instant: string) => `${moments().format(new Date(instant))} UTC`;

/** 84321 bytes → "84 kB". */
export function spellBytes(bytes: number): string {
	if (bytes < 1000) return measure(bytes, 'byte', 'long');
	return bytes < 1e6 ? measure(bytes / 1e3, 'kilobyte', 'short') : measure(bytes / 1e6, 'megabyte', 'short');
}

const measure = (size: number, unit: 'byte' | 'kilobyte' | 'megabyte', unitDisplay: 'long' | 'short') =>
	size.toLocaleString(languageNow(), { style: 'unit', unit, unitDisplay, maximumFractionDigits: size < 10 ? 1 : 0 });

const days = inEach((language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }));

/** `2026-11-21T14:00:00Z` → "21 November 2026". */
export const spellDay = (instant: string) => days().format(new Date(instant));
