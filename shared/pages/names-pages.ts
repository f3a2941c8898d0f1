/** Signatories beyond the first page: a page for each letter, or for each two where very many signed; and the whole letter on one, for paper. */
import { account } from './account.ts';
import { letterFoot } from './letter-foot.ts';
import { inLanguageOf, type LetterFrame } from './letter-frame.ts';
import { letterPosts } from './letter-posts.ts';
import { letterShell } from './letter-shell.ts';
import { letterText, topOfPage, wayBack } from './letter-text.ts';
import type { LetterPageView, NamedSignatory } from './letter-view.ts';
import type { NameSection } from './name-sections.ts';
import { spell } from './numbers.ts';
import { numbersInFull } from './numbers-page.ts';
import type { Html } from './shell.ts';
import { anonymous, findPlace, jump, letterPagesOf, names, nobody, pathOfSection } from './signatories.ts';
import { html, msg, str } from './words.ts';

type Section = NameSection<NamedSignatory>;

/** @param at which of the view's sections */
export const namesPage = (view: LetterPageView, frame: LetterFrame, at: number): string =>
	inLanguageOf(view.document, frame, () => sectionPage(view, frame, at));

function sectionPage(view: LetterPageView, frame: LetterFrame, at: number): string {
	const section = view.sections[at];
	if (section === undefined) throw new Error(`There is no section ${at}.`);
	const { document } = view;
	const { label, letter, key } = section;
	const count = section.names.length;
	const siblings = view.sections.filter((one) => one.letter === letter);
	const head = { title: msg(str`Signatories, ${label}: ${document.title}`), path: pathOfSection(key), search: true };
	return letterShell(
		view,
		frame,
		head,
		html`<a class="skip" href="#signatories">${msg('Go to the signatories')}</a>
${topOfPage(view, frame, wayBack())}<main class="letter"><article class="sheet">
<p class="kicker" lang="${document.language}" dir="auto">${document.title}</p>
<h1>${msg(html`Signatories: <bdi>${label}</bdi>`)}</h1>
<p class="small quiet">${msg(str`${spell(count)} of the ${spell(view.named.length)} who signed by name. Titles are as their signers wrote them.`)}</p>
${findPlace(view, frame)}${jump(letterPagesOf(view, letter))}${
	siblings.length === 1
		? ''
		: jump(
				siblings.map((one) => ({ letter: one.label, href: pathOfSection(one.key), current: one === section })),
				msg(str`Signatories under ${letter}`),
			)
}<section id="signatories" tabindex="-1" aria-label="${label}">
${names(view, section.names)}</section>
${neighbours(view.sections[at - 1], view.sections[at + 1])}</article></main>
`,
	);
}

const neighbours = (
	before: Section | undefined,
	after: Section | undefined,
): Html => html`<nav class="neighbours" aria-label="${msg('More signatories')}">${
	before === undefined
		? ''
		: html`<a href="${pathOfSection(before.key)}" rel="prev">${msg(html`Before: <bdi>${before.label}</bdi>`)}</a>`
} <a href="all.html">${msg('All on one page')}</a> ${
	after === undefined
		? ''
		: html`<a href="${pathOfSection(after.key)}" rel="next">${msg(html`Next: <bdi>${after.label}</bdi>`)}</a>`
}</nav>
`;

/** Everything that the folder says, in the order in which one would hand it over on paper. */
export const allPage = (view: LetterPageView, frame: LetterFrame): string =>
	inLanguageOf(view.document, frame, () => wholePage(view, frame));

function wholePage(view: LetterPageView, frame: LetterFrame): string {
	const [text] = view.texts;
	if (text === undefined) throw new Error('There is no text.');
	const count = view.named.length;
	const anchors = view.sections.map(({ label, key }) => ({ letter: label, href: `#${anchorOf(key)}` }));
	return letterShell(
		view,
		frame,
		{ title: msg(str`${text.title}: everything on one page`), path: 'all.html' },
		html`<a class="skip" href="#signatories">${msg('Go to the signatories')}</a>
${topOfPage(view, frame, wayBack())}<main class="letter"><article class="sheet">
${letterText(view, text)}${account(view, frame)}<section class="signatories" id="signatories" tabindex="-1">
<h2>${msg('Signatories')}</h2>
${
	count === 0
		? nobody(view)
		: html`<p class="small quiet">${count === 1 ? msg('1 name. Titles are as their signers wrote them. The number after a name is that of the signature in the release file.') : msg(str`${spell(count)} names. Titles are as their signers wrote them. The number after a name is that of the signature in the release file.`)}</p>
${view.sections.length < 2 || count < 60 ? names(view, view.named, 'names numbered') : html`${jump(anchors)}${view.sections.map((section) => letterOf(view, section))}`}`
}
${anonymous(view)}</section>
${letterPosts(view)}<section class="prose" aria-label="${msg('About the numbers')}">${numbersInFull(view)}</section>
${letterFoot(view, frame)}</article></main>
`,
	);
}

const anchorOf = (key: string): string => `letter-${key}`;

const letterOf = (
	view: LetterPageView,
	{ label, key, names: shown }: Section,
): Html => html`<section class="by-letter" id="${anchorOf(key)}"><h3><bdi>${label}</bdi></h3>
${names(view, shown, 'names numbered')}</section>
`;
