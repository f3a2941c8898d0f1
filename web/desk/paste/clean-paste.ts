/** What word processors put on the clipboard as HTML, brought to the few elements that a letter has. Works on a document of its own that loads and runs nothing. */
import { restoreWordLists } from './word-lists.ts';

const GONE = 'script, style, meta, link, title, base, template, iframe, object, embed, svg, math, form, noscript';
const LINK = /^(https?:\/\/|mailto:)\S/i;
/** Marks of notes, as Word and LibreOffice write them; browsers make whole addresses of them. */
const NOTE = /#(_(ftn|edn)(ref)?\d|sdfootnote\d)/i;
const STRUCTURE = 'h1, h2, h3, h4, h5, h6, ul, ol, a[href], strong, b, em, i, blockquote';

/** @returns whether there is any structure to keep: else the plain text does as well */
export function cleanPaste(page: Document): boolean {
	const { body } = page;
	for (const node of [...page.querySelectorAll(`${GONE}, img, picture, video, audio, hr`)]) node.remove();
	removeComments(body);
	for (const end of [...body.querySelectorAll('br')]) if (isLast(end)) end.remove();
	restoreWordLists(page);
	for (const title of body.querySelectorAll('p.MsoTitle, p.title')) rename(title, 'h1');
	for (const element of [...body.querySelectorAll('*')]) unwrapNoise(element);
	for (const span of [...body.querySelectorAll('span, font')]) styleToElement(span);
	for (const link of [...body.querySelectorAll('a')]) cleanLink(link);
	for (const bold of [...body.querySelectorAll(':is(h1, h2, h3, h4, h5, h6) :is(b, strong, u)')]) unwrap(bold);
	for (const element of [...body.querySelectorAll('strong, em, b, i')]) joinNeighbour(element);
	tidyLists(body);
	for (const paragraph of [...body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li, b, strong, em, i')]) {
		if ((paragraph.textContent ?? '').trim() === '') unwrap(paragraph);
	}
	return body.querySelector(STRUCTURE) !== null || body.querySelectorAll('p').length > 1;
}

/** Nothing follows that it would part from what stands before. */
const isLast = ({ nextElementSibling, nextSibling, parentElement }: Element) =>
	(nextElementSibling === null && (nextSibling?.textContent ?? '').trim() === '') ||
	parentElement?.localName === 'body';

function removeComments(root: Node): void {
	for (const child of [...root.childNodes]) {
		if (child.nodeType === Node.COMMENT_NODE) child.remove();
		else removeComments(child);
	}
}

function unwrap(element: Element): void {
	element.replaceWith(...element.childNodes);
}

function rename(element: Element, name: string): void {
	const other = element.ownerDocument.createElement(name);
	other.append(...element.childNodes);
	element.replaceWith(other);
}

/** As it was written: where it is parsed, no style takes effect. */
const styleOf = (element: Element) => (element.getAttribute('data-style') ?? '').toLowerCase().replaceAll(/\s/g, '');

/** Google Docs wraps all of it in a bold element that is not bold; Word adds elements of its own. */
function unwrapNoise(element: Element): void {
	const notBold = /^(b|strong)$/.test(element.localName) && /(^|;)font-weight:(normal|400)/.test(styleOf(element));
	if (notBold || element.localName.includes(':')) unwrap(element);
}

/** Google Docs and LibreOffice say by style what is bold and italic. */
function styleToElement(span: Element): void {
	const style = styleOf(span);
	const names = [
		...(/(^|;)font-weight:(bold|[6-9]00)/.test(style) ? ['strong'] : []),
		...(/(^|;)font-style:italic/.test(style) ? ['em'] : []),
	];
	let inside: ChildNode[] = [...span.childNodes];
	for (const name of names) {
		const element = span.ownerDocument.createElement(name);
		element.append(...inside);
		inside = [element];
	}
	span.replaceWith(...inside);
}

/** Only what readers can follow stays a link; Google's detour is left out. Underlining of a link is its own. */
function cleanLink(link: Element): void {
	const typed = (link.getAttribute('href') ?? '').trim();
	const detour = /^https?:\/\/(www\.)?google\.[a-z.]+\/url\?/i.test(typed) && URL.canParse(typed);
	const address = detour ? (new URL(typed).searchParams.get('q') ?? typed) : typed;
	const kept = LINK.test(address) && !NOTE.test(address) && (link.textContent ?? '').trim() !== '';
	for (const name of link.getAttributeNames()) link.removeAttribute(name);
	if (kept) link.setAttribute('href', address);
	else unwrap(link);
}

/** `<b>one</b><b> two</b>` is one: Markdown would not read what two make. */
function joinNeighbour(element: Element): void {
	const before = element.previousSibling;
	if (before instanceof Element && before.localName === element.localName) {
		before.append(...element.childNodes);
		element.remove();
	}
}

/** A list within a list belongs to the item before it, and an item of one paragraph is that paragraph. */
function tidyLists(body: Element): void {
	for (const list of body.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) list.previousElementSibling?.append(list);
	for (const paragraph of [...body.querySelectorAll('li > p:first-child')]) {
		if (paragraph.parentElement?.querySelectorAll(':scope > p').length === 1) unwrap(paragraph);
	}
}
