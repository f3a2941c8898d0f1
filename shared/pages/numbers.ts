/** Numbers and moments as people read them. English for now; one place to change when other languages come. */
const inEnglish = new Intl.NumberFormat('en');

/** 1204 → "1,204". */
export const spell = (count: number) => inEnglish.format(count);

export const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** `2026-11-21T14:00:00Z` → "21 November 2026 at 14:00 UTC". */
export const spellMoment = (instant: string) => `${moment.format(new Date(instant))} UTC`;

/** 1041 of 71000 → "1.5 %", not broken over lines; the empty string where there is no whole. */
export function spellShare(part: number, whole: number): string {
	if (whole <= 0) return '';
	const percent = (part / whole) * 100;
	if (percent > 0 && percent < 0.1) return 'less than 0.1\u00a0%';
	return `${percent.toLocaleString('en', { maximumFractionDigits: percent < 10 ? 1 : 0 })}\u00a0%`;
}

/** 84321 bytes → "84 kB". */
export function spellBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} bytes`;
	const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
	return `${size.toLocaleString('en', { maximumFractionDigits: size < 10 ? 1 : 0 })} ${unit}`;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `2026-11-21T14:00:00Z` → "21 November 2026". */
export const spellDay = (instant: string) => day.format(new Date(instant));
