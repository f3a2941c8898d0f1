/** What a page says in English although it is to speak the pseudo-locale, whose catalog marks each of its words (docs/languages.md). */

/** What people gave, in whatever language it is, stands apart: names, codes, addresses, and under its own `lang` the letter. */
const GIVEN = 'bdi, [dir="ltr"], [translate="no"], select#label option';
const ATTRIBUTES = ['aria-label', 'alt', 'placeholder', 'title', 'aria-roledescription', 'aria-valuetext'];

const TRANSLATED = /\u202e[^\u202c]*\u202c/g;
const LATIN = /\p{Script=Latin}+/u;

/** @param more selects what else was given @returns each text with Latin letters that no translation brought, whether it is seen, listened to or shown as the tab’s title */
export function untranslated(root: Element, more = ''): string[] {
	const given = more === '' ? GIVEN : `${GIVEN}, ${more}`;
	const texts = [document.title];
	const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
	for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
		if (node instanceof Element) texts.push(...ATTRIBUTES.map((name) => node.getAttribute(name) ?? ''));
		else if (!isGiven(node.parentElement, given)) texts.push(node.textContent ?? '');
	}
	return texts.map((text) => text.replace(TRANSLATED, '').trim()).filter((text) => LATIN.test(text));
}

const isGiven = (around: Element | null, given: string): boolean =>
	around?.closest(given) != null || around?.closest('[lang]')?.getAttribute('lang') !== document.documentElement.lang;
