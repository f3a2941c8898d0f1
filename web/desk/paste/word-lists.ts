/** Word puts no lists on the clipboard but paragraphs that look like their items; here they become lists again. */

type Item = { paragraph: HTMLElement; level: number; ordered: boolean };

const LEVEL = /mso-list:[^;"]*level(\d)/;
const NUMBERED = /^\(?([0-9]{1,3}|[a-z]|[ivx]{1,4})[.)]/i;

export function restoreWordLists(page: Document): void {
	for (const paragraph of page.querySelectorAll<HTMLElement>(
		'p[data-style*="mso-list"], p[class*="MsoListParagraph"]',
	)) {
		const list = paragraph.isConnected ? listFrom(paragraph) : [];
		if (list.length > 0) putLists(page, list);
	}
}

/** This paragraph and those right after it that are items, too. */
function listFrom(first: HTMLElement): Item[] {
	const items: Item[] = [];
	for (let next: Element | null = first; next instanceof Element; next = next.nextElementSibling) {
		const item = itemOf(next as HTMLElement);
		if (item === null) break;
		items.push(item);
	}
	return items;
}

/** Null for a paragraph of a list that bears no mark of its own: it goes on from the item before. */
function itemOf(paragraph: HTMLElement): Item | null {
	const level = LEVEL.exec(paragraph.getAttribute('data-style') ?? '')?.[1];
	const mark = markOf(paragraph);
	if (level === undefined || mark === null) return null;
	const ordered = NUMBERED.test(mark.textContent?.trim() ?? '');
	return { paragraph, level: Number(level), ordered };
}

const markOf = (paragraph: Element) =>
	paragraph.querySelector('[data-style*="mso-list:Ignore" i], [data-style*="mso-list: Ignore" i]');

function putLists(page: Document, items: readonly Item[]): void {
	const open: { level: number; list: HTMLElement }[] = [];
	for (const { paragraph, level, ordered } of items) {
		while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop();
		const top = open.at(-1);
		const tag = ordered ? 'ol' : 'ul';
		if (top === undefined || level > top.level) {
			const list = page.createElement(tag);
			if (top === undefined) paragraph.before(list);
			else (top.list.lastElementChild ?? top.list).append(list);
			open.push({ level, list });
		} else if (top.list.localName !== tag) {
			const list = page.createElement(tag);
			top.list.after(list);
			top.list = list;
		}
		const item = page.createElement('li');
		markOf(paragraph)?.remove();
		item.append(...paragraph.childNodes);
		open.at(-1)?.list.append(item);
		paragraph.remove();
	}
}
