/** A letter's Markdown as blocks of spans: what the PDF sets and the plain text writes. */
import { parseMarkdown, type Token } from '../markdown.ts';
import type { Span } from './type/clusters.ts';

export type Block =
	| { kind: 'paragraph'; spans: Span[] }
	/** `level` 2 or 3: the letter's title is 1. */
	| { kind: 'heading'; level: 2 | 3; spans: Span[] }
	| { kind: 'quote'; blocks: Block[] }
	/** `start` is null for a list without numbers. */
	| { kind: 'list'; start: number | null; items: Block[][] }
	| { kind: 'rule' };

/** References that marks may lead to: how many there are, and what the names of their places begin with. */
export interface Marks {
	count: number;
	place: string;
}

export function readBlocks(text: string, marks: Marks): Block[] {
	return blocksUntil(parseMarkdown(text).values(), marks, null);
}

function blocksUntil(tokens: Iterator<Token>, marks: Marks, end: string | null): Block[] {
	const blocks: Block[] = [];
	const inside = (until: string) => blocksUntil(tokens, marks, until);
	for (let next = tokens.next(); !next.done && next.value.type !== end; next = tokens.next()) {
		const token = next.value;
		if (token.type === 'inline') blocks.push({ kind: 'paragraph', spans: readSpans(token.children ?? [], marks) });
		else if (token.type === 'heading_open') {
			const spans = inside('heading_close').flatMap((block) => (block.kind === 'paragraph' ? block.spans : []));
			blocks.push({ kind: 'heading', level: token.tag === 'h2' ? 2 : 3, spans });
		} else if (token.type === 'blockquote_open') blocks.push({ kind: 'quote', blocks: inside('blockquote_close') });
		else if (token.type === 'bullet_list_open') {
			blocks.push({ kind: 'list', start: null, items: itemsOf(inside('bullet_list_close')) });
		} else if (token.type === 'ordered_list_open') {
			const start = Number(token.attrGet('start') ?? 1);
			blocks.push({ kind: 'list', start, items: itemsOf(inside('ordered_list_close')) });
		} else if (token.type === 'list_item_open') blocks.push({ kind: 'quote', blocks: inside('list_item_close') });
		else if (token.type === 'hr') blocks.push({ kind: 'rule' });
	}
	return blocks;
}

/** An item is read as a quotation, whose blocks it is. */
const itemsOf = (items: Block[]): Block[][] => items.map((item) => (item.kind === 'quote' ? item.blocks : [item]));

function readSpans(tokens: readonly Token[], marks: Marks): Span[] {
	const spans: Span[] = [];
	const depth = { strong: 0, em: 0, s: 0 };
	let link: string | null = null;
	const add = (text: string, more: Partial<Span> = {}) => {
		const style = depth.strong > 0 ? 'strong' : depth.em > 0 ? 'italic' : 'text';
		if (text === '') return;
		spans.push({ text, style, ...(depth.s > 0 ? { struck: true } : {}), ...(link === null ? {} : { link }), ...more });
	};
	for (const token of tokens) {
		if (token.type === 'link_open') link = String(token.attrGet('href') ?? '') || null;
		else if (token.type === 'link_close') link = null;
		else if (token.type === 'softbreak') add(' ');
		else if (token.type === 'hardbreak') add('\n');
		else if (token.type === 'reference') {
			const number = Number(token.content);
			if (number <= marks.count) add(token.content, { style: 'text', raised: true, link: `#${marks.place}-${number}` });
			else add(`[${token.content}]`);
		} else if (token.nesting !== 0 && token.tag in depth) depth[token.tag as keyof typeof depth] += token.nesting;
		else add(token.content);
	}
	return spans;
}

const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/i;

/** Plain text in which web addresses are links. */
export function linkedSpans(text: string, style: Span['style'] = 'text'): Span[] {
	return text
		.split(ADDRESS)
		.map((part, i) => ({ text: part, style, ...(i % 2 === 1 ? { link: part } : {}) }))
		.filter((span) => span.text !== '');
}
