/** What the translations of pages are made with: they hold strings and the places of values, and are no pages yet. */
import type { Localized } from './spoken.ts';

export const html = (strings: TemplateStringsArray, ...values: unknown[]): Localized => ({ strings, values });

export const str = html;
