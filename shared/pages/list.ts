import { html } from 'hono/html';
import type { Html } from './shell.ts';

/** Points of a page that is read, not filled in. */
export const list = (...items: Html[]) => html`<ul>${items.map((item) => html`<li>${item}</li>\n`)}</ul>`;
