/** What was copied in a word processor, as Markdown: headings, lists, links, bold, italic and quotations stay. Proven by test/web/desk/paste/paste-markdown.test.ts. */
import type TurndownService from 'turndown';
import { parsePage } from '../trusted-page.ts';
import { cleanPaste } from './clean-paste.ts';

export type Pasted = { markdown: string /** A picture was left out. */; pictures: boolean };

let writer: TurndownService | null = null;

/** @param markup `text/html` of the clipboard. @returns null where its plain text says as much */
export async function pastedMarkdown(markup: string): Promise<Pasted | null> {
	const page = parsePage(withoutStyle(markup));
	const pictures = page.querySelector('img, picture, svg') !== null;
	if (!cleanPaste(page)) return null;
	writer ??= await newWriter();
	const markdown = writer
		.turndown(page.body)
		.replaceAll('\u00a0', ' ')
		// "[1]" is what a letter has for its references.
		.replaceAll(/\\\[([1-9][0-9]{0,2})\\\](?!\()/g, '[$1]')
		.replaceAll(/[ \t]+$/gm, '')
		.replaceAll(/\n{3,}/g, '\n\n');
	return { markdown, pictures };
}

/** The pages' content security policy allows no style in a document, and reports each one: what it says is read all the same. */
const withoutStyle = (markup: string): string =>
	markup.replaceAll(/<style[\s\S]*?<\/style>/gi, '').replaceAll(/\sstyle=(?=["'])/gi, ' data-style=');

/** Loaded by whoever pastes first. */
async function newWriter(): Promise<TurndownService> {
	const { default: Turndown } = await import('turndown');
	const service = new Turndown({
		...{ headingStyle: 'atx', bulletListMarker: '-', emDelimiter: '_', strongDelimiter: '**', br: '\\' },
	});
	const { escape: escaped } = service;
	service.escape = (text) => escaped.call(service, text).replaceAll('<', '\\<');
	service.addRule('item', {
		filter: 'li',
		replacement: (content, node) => {
			const { parentElement, nextSibling } = node as HTMLElement;
			const place = parentElement ? [...parentElement.children].indexOf(node as HTMLElement) : 0;
			const mark = parentElement?.localName === 'ol' ? `${place + 1}. ` : '- ';
			const inside = content.trim().replaceAll(/\n{2,}(?=\s*(-|\d+\.) )/g, '\n');
			return `${mark}${inside.replaceAll('\n', `\n${' '.repeat(mark.length)}`)}${nextSibling ? '\n' : ''}`;
		},
	});
	return service;
}
