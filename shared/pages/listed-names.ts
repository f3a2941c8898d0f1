/** Names that other people chose, in a sentence: each set apart, so that one that runs the other way turns nothing around it. */
import { languageNow } from './numbers.ts';
import type { Html } from './shell.ts';
import { html } from './words.ts';

/** "K., Noor and R." @param more what stands last in the place of those that are left out, such as "3 others" */
export function listedNames(names: readonly string[], more: string | null = null): Html {
	const parts: (string | Html)[] = names.map((name) => html`<bdi>${name}</bdi>`);
	if (more !== null) parts.push(more);
	const places = new Intl.ListFormat(languageNow(), { type: 'conjunction' }).formatToParts(parts.map((_, i) => `${i}`));
	return html`${places.map(({ type, value }) => (type === 'element' ? (parts[Number(value)] ?? '') : value))}`;
}
