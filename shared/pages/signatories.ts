/** Those who signed by name, in columns and by letter, and how many did without. */
import { html as row } from 'hono/html';
import type { LetterFrame } from './letter-frame.ts';
import type { AnonymousCell, LetterPageView, NamedSignatory } from './letter-view.ts';
import { FIRST_PAGE } from './name-sections.ts';
import { spell } from './numbers.ts';
import type { Html } from './shell.ts';
import { html, msg, str } from './words.ts';

/** Fewer are seen at a glance. */
const WITH_JUMP = 40;

export const pathOfSection = (key: string): string => `names-${key}.html`;

/** Whether all names stand on the first page: else they have pages by letter, and it shows the first of them. */
export const onePage = (view: LetterPageView, frame: LetterFrame): boolean =>
	view.namedApproved <= FIRST_PAGE || frame.kind === 'rehearsal';

/** Of the letter's first page. */
export function signatories(view: LetterPageView, frame: LetterFrame): Html {
	const whole = onePage(view, frame);
	const count = view.named.length;
	const shown = whole ? view.named : view.named.slice(0, FIRST_PAGE);
	const some = whole
		? ''
		: html`<p class="small quiet no-print">${msg(html`The first ${spell(shown.length)} of ${spell(count)} in the order of the alphabet. Go to a letter, or to <a href="all.html">all of them on one page</a>.`)}</p>
<p class="small on-paper">${msg(str`Printed here are the first ${spell(shown.length)} of ${spell(count)} names. all.html, beside this page, prints every name.`)}</p>
`;
	return html`<section class="signatories" id="signatories" tabindex="-1">
<h2>${msg('Signatories')}</h2>
${
	count === 0
		? nobody(view)
		: html`<p class="small quiet">${msg('Titles are as their signers wrote them. Each signature has a number in the release file.')}</p>
${some}${findPlace(view, frame)}${count < WITH_JUMP ? '' : jump(whole ? firstOfLetters(view) : letterPagesOf(view))}${names(view, shown)}
${whole ? '' : html`<p class="no-print"><a class="more" href="all.html">${msg(str`All ${spell(count)} signatories on one page`)}</a></p>`}`
}
${anonymous(view)}</section>
`;
}

export const nobody = ({ totals }: LetterPageView): Html =>
	html`<p class="quiet">${totals.signatures === 0 ? msg('Nobody has signed.') : msg('Nobody signed by name.')}</p>`;

/** Where the search puts its field, when there is a script. */
export function findPlace(view: LetterPageView, frame: LetterFrame): Html | string {
	if (frame.assets.read === null || view.named.length === 0) return '';
	return html`<div id="find" data-bytes="${frame.sizes?.get('names.txt') ?? 0}"></div>
`;
}

type Jump = { letter: string; href: string; current?: boolean };

export function jump(letters: readonly Jump[], label = msg('Signatories by letter')): Html {
	return html`<nav class="jump" aria-label="${label}">${letters.map(
		({ letter, href, current }) => html`<a href="${href}"${current ? html` aria-current="true"` : ''}>${letter}</a>\n`,
	)}</nav>
`;
}

/** To the first name of each letter, on the same page. */
function firstOfLetters({ sections }: LetterPageView): Jump[] {
	return oncePerLetter(sections.map(({ letter, names }) => ({ letter, href: `#n${names[0]?.number}` })));
}

/** To the first page of each letter. */
export function letterPagesOf({ sections }: LetterPageView, current?: string): Jump[] {
	return oncePerLetter(
		sections.map(({ letter, key }) => ({ letter, href: pathOfSection(key), current: letter === current })),
	);
}

const oncePerLetter = (jumps: Jump[]): Jump[] =>
	jumps.filter(({ letter }, at) => jumps.findIndex((one) => one.letter === letter) === at);

/** Letters of scripts that know no slanted hand. */
const NO_ITALIC = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u;

/** What the page's fonts have not, among letters that they have: such a name is set in one other face, not in two. */
const OTHER_FACE = /[\u0300-\u036f\u1ea0-\u1ef1]/;

const written = (text: string, className = '') =>
	OTHER_FACE.test(text)
		? row`<bdi class="${`other-face ${className}`.trimEnd()}">${text}</bdi>`
		: row`<bdi${className === '' ? '' : row` class="${className}"`}>${text}</bdi>`;

/** The number shows where one is led to it, and on the page for paper. */
export function names(view: LetterPageView, shown: readonly NamedSignatory[], className = 'names'): Html {
	const several = view.groups.length > 1;
	return html`<ul class="${className}">${shown.map(({ number, name, title, group }) => {
		const where = several ? row`<bdi>${group}</bdi>` : '';
		const as =
			title === ''
				? where
				: row`${written(title, NO_ITALIC.test(title) ? 'upright' : '')}${several ? ', ' : ''}${where}`;
		return row`<li id="n${number}" data-n="${number}">${written(name)}${as === '' ? '' : row`<i>${as}</i>`}</li>\n`;
	})}</ul>
`;
}

export function anonymousHeading({ totals, named }: LetterPageView): string {
	const count = spell(totals.anonymous);
	if (named.length === 0)
		return totals.anonymous === 1
			? msg('1 colleague who signs anonymously')
			: msg(str`${count} colleagues who sign anonymously`);
	return totals.anonymous === 1
		? msg('And 1 colleague who signs anonymously')
		: msg(str`And ${count} colleagues who sign anonymously`);
}

export function anonymous(view: LetterPageView): Html | string {
	if (view.totals.anonymous === 0) return '';
	return html`<h2>${anonymousHeading(view)}</h2>
<ul class="anonymous-list tab">${view.anonymous.map((cell) => html`<li><span>${cellName(view, cell)}</span><b>${spell(cell.count)}</b></li>\n`)}</ul>
`;
}

/** What is left of a group beside its labels is "others": too few for a label of their own, or without one. */
function cellName(view: LetterPageView, { group, label }: AnonymousCell): Html {
	if (label !== null)
		return view.groups.length > 1 ? html`<bdi>${label}</bdi>, <bdi>${group}</bdi>` : html`<bdi>${label}</bdi>`;
	const others = view.anonymous.some((cell) => cell.group === group && cell.label !== null);
	return others ? msg(html`Others of <bdi>${group}</bdi>`) : msg(html`People of <bdi>${group}</bdi>`);
}
