/** Numbers and moments as people read them. English for now; one place to change when other languages come. */
const inEnglish = new Intl.NumberFormat('en');

/** 1204 → "1,204". */
export const spell = (count: number) => inEnglish.format(count);

export const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** `2026-11-21T14:00:00Z` → "21 November 2026 at 14:00 UTC". */
export const spellMoment = (instant: string) => `${moment.format(new Date(instant))} UTC`;
