/**
 * A letter's text: Markdown, less what a letter does not need (docs/writing.md). The HTML is safe whatever the text: raw HTML stays
 * text, an image is its description, a link that is not http, https or mailto is text. Proven in test/shared/markdown.test.ts.
 */
import MarkdownIt, { type MarkdownIt as Markdown, type Token } from 'markdown-it';

export type { Token };

/** Something that will not be rendered as its writer means it. `line` counts from 1. */
export type MarkdownFault = { line: number; reason: string };

const LINK = /^(https?:\/\/|mailto:)[^\s]/i;
/**
 * Blocks that a letter does not need, and that are more often typed by accident. An address that stands in one place for many (`[words]: https://…`) would be copied to each, so that a small text
 * made a page of any size.
 */
const UNUSED = ['table', 'code', 'fence', 'reference'];
const ADDRESS_APART = /^\s*\[[^\]]+\]:\s*<?(https?:\/\/|mailto:)/i;
const MARKER = /\[([1-9][0-9]{0,2})\](?![([])/y;

/** `[1]` is a mark that leads to the first reference; `\[1]` is three characters. */
function withMarkers(md: Markdown): Markdown {
	md.inline.ruler.before('link', 'reference', (state, silent) => {
		MARKER.lastIndex = state.pos;
		const number = MARKER.exec(state.src)?.[1];
		if (number === undefined) return false;
		if (!silent) state.push('reference', 'sup', 0).content = number;
		state.pos += number.length + 2;
		return true;
	});
	return md;
}

const checker = withMarkers(new MarkdownIt({ html: true }).disable(UNUSED));
checker.validateLink = () => true;

const writer = withMarkers(new MarkdownIt({ html: false }).disable(UNUSED));
writer.validateLink = (address) => LINK.test(address);
writer.renderer.rules.image = (tokens, i) => writer.utils.escapeHtml(tokens[i]?.content ?? '');
writer.renderer.rules.reference = (tokens, i, _options, env) => {
	const number = Number(tokens[i]?.content);
	if (!(number <= Number(env?.referenceCount))) return `[${number}]`;
	return `<sup><a href="#${env?.mark}-${number}" role="doc-noteref">${number}</a></sup>`;
};
writer.core.ruler.push('letter', (state) => {
	const tagOf = headingTags(state.tokens);
	for (const token of state.tokens) {
		token.tag = tagOf.get(token) ?? token.tag;
		for (const child of token.children ?? []) {
			if (child.type === 'link_open') child.attrSet('rel', 'noopener noreferrer nofollow');
		}
	}
});

/**
 * The letter's title is the page's h1, so the highest rank that the text uses is h2, whichever that is, and all others are h3: but for one that comes before
 * there was any h2, since no rank is left out on the way down.
 */
function headingTags(tokens: readonly Token[]): Map<Token, 'h2' | 'h3'> {
	const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
	const highest = headings.reduce((tag, token) => (token.tag < tag ? token.tag : tag), 'h6');
	const first = headings.findIndex(({ tag }) => tag === highest);
	return new Map(headings.map((token, at) => [token, token.tag === highest || at < first ? 'h2' : 'h3']));
}

/** What to correct before the text is agreed on; empty if nothing. @param references null for a text that has no list of them: a post */
export function markdownFaults(text: string, references: readonly string[] | null): MarkdownFault[] {
	const faults: MarkdownFault[] = [];
	for (const block of checker.parse(text, {})) {
		let line = (block.map?.[0] ?? 0) + 1;
		if (block.type === 'html_block') faults.push({ line, reason: noHtml });
		if (block.type === 'inline') {
			block.content.split('\n').forEach((written, i) => {
				if (ADDRESS_APART.test(written)) faults.push({ line: line + i, reason: addressApart });
			});
		}
		for (const token of block.children ?? []) {
			if (token.type === 'softbreak' || token.type === 'hardbreak') line += 1;
			const reason = faultOf(token, references?.length ?? null);
			if (reason) faults.push({ line, reason });
		}
	}
	return faults;
}

/** The first of them, in a sentence; null if nothing. */
export function markdownFault(text: string, references: readonly string[] | null): string | null {
	const [fault] = markdownFaults(text, references);
	return fault === undefined ? null : `Line ${fault.line}: ${fault.reason}`;
}

const noHtml = 'This is HTML, which a letter cannot hold. Leave out the angle brackets.';

const addressApart = 'Put this address right behind its words: [words](https://…).';

function faultOf(token: Token, references: number | null) {
	if (token.type === 'html_inline') return noHtml;
	if (token.type === 'image') return 'A letter holds no images. Describe it, or add a link to it.';
	if (token.type === 'link_open' && !LINK.test(String(token.attrGet('href') ?? ''))) {
		return 'This link leads nowhere that readers can go. Begin it with https://, http:// or mailto:.';
	}
	if (token.type === 'reference' && references === null) {
		return `There are no references here. Use a link, or write \\[${token.content}] for the number itself.`;
	}
	if (token.type === 'reference' && Number(token.content) > (references ?? 0)) {
		return `There is no reference ${token.content}. Add it to the list, or write \\[${token.content}] for the number itself.`;
	}
	return null;
}

/** The text's blocks and what stands in them, for what is not HTML: the same reading of it. `reference` is a mark, its number in `content`. */
export function parseMarkdown(text: string): Token[] {
	return writer.parse(text, {});
}

/** HTML of the text, safe whatever it holds, for an element of class `body`. @param mark what the ids of the references begin with, where several texts stand on one page */
export function renderMarkdown(text: string, references: readonly string[], mark = 'reference'): string {
	return writer.render(text, { referenceCount: references.length, mark });
}

/** HTML of the numbered references: plain text in which web addresses are links. The empty string when there are none. */
export function renderReferences(references: readonly string[], mark = 'reference'): string {
	if (references.length === 0) return '';
	const items = references.map((reference, i) => `<li id="${mark}-${i + 1}">${withLinks(reference)}</li>`);
	return `<ol class="references">${items.join('')}</ol>`;
}

function withLinks(reference: string): string {
	const { escapeHtml } = writer.utils;
	return reference
		.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/i)
		.map((part, i) => {
			const safe = escapeHtml(part);
			return i % 2 === 1 ? `<a href="${safe}" rel="noopener noreferrer nofollow">${safe}</a>` : safe;
		})
		.join('');
}
