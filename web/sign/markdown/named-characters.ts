/**
 * What markdown-it asks the package `entities` for, with the table that every browser has for reading HTML: the package's own is larger than all that signers
 * fetch to sign. Says the same as that one, which the server uses: test/web/sign/named-characters.test.ts.
 */
import { html, render } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

const known = new Map<string, string>();

/** @param reference `&amp;` and the like: one, whole, nothing else. @returns its characters, or itself where HTML knows no such name */
export function decodeHTMLStrict(reference: string): string {
	const decoded = known.get(reference) ?? decode(reference);
	known.set(reference, decoded);
	return decoded;
}

function decode(reference: string): string {
	if (!/^&[a-z0-9#]+;$/i.test(reference)) return reference;
	const place = document.createElement('span');
	render(html`${unsafeHTML(reference)}`, place);
	const read = place.textContent ?? reference;
	// Some names are read by their beginning as well (`&notit;` as `¬it;`), which leaves the rest standing.
	return read.endsWith(';') && reference !== '&semi;' ? reference : read;
}
