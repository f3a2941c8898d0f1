import type { Html } from './shell.ts';
import { html } from './words.ts';

/** Points of a page that is read, not filled in. */
export const list = (...items: (Html | string)[]) => html`<ul>${items.map((item) => html`<li>${item}</li>\n`)}</ul>`;
