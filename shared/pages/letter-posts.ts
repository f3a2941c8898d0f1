/** What organizers said after the release, the addressee's reply, and what the press wrote: each approved of by as many as the release. */
import { renderMarkdown } from '../markdown.ts';
import type { PostToShow } from '../post.ts';
import type { LetterPageView } from './letter-view.ts';
import { spellDay } from './numbers.ts';
import type { Html } from './shell.ts';
import { html, msg, raw } from './words.ts';

type Said = Extract<PostToShow, { text: string }>;
type Coverage = Extract<PostToShow, { kind: 'coverage' }>;

/** Where it stands, for whoever begins to read at the top. */
export function sinceLink({ posts }: LetterPageView): Html | string {
	const last = posts.at(-1);
	if (last === undefined) return '';
	const when = day(last.written);
	const reply = posts.some(({ kind }) => kind === 'reply');
	return html`<a href="#since">${reply ? msg(html`Last added to ${when}, with a reply`) : msg(html`Last added to ${when}`)}</a>`;
}

export function letterPosts({ posts }: LetterPageView): Html | string {
	if (posts.length === 0) return '';
	const said = posts.filter((post) => post.kind !== 'coverage');
	const coverage = posts.filter((post) => post.kind === 'coverage');
	return html`<section class="since" id="since" tabindex="-1">
${said.length === 0 ? '' : html`<h2>${msg('Since the release')}</h2>\n${said.map(postArticle)}`}${coverage.length === 0 ? '' : pressList(coverage)}</section>
`;
}

/** One post as it stands on the page; the desk shows it so before it is approved. */
export function postArticle(post: Said): Html {
	const heading =
		post.kind === 'reply' ? msg(html`Reply from <bdi>${post.from}</bdi>`) : html`<bdi>${post.title}</bdi>`;
	return html`<article class="post"><h3>${heading}</h3>
<p class="small quiet">${post.kind === 'reply' ? msg(html`Added by the organizers, ${day(post.written)}`) : msg(html`From the organizers, ${day(post.written)}`)}</p>
<div class="body" dir="auto">${raw(under(renderMarkdown(post.text, [])))}</div></article>
`;
}

/** The headings of a post's text stand below its own. Only the renderer writes such tags: what is typed is escaped. */
const under = (text: string): string =>
	text.replace(/(<\/?h)([23])>/g, (_, tag: string, rank: string) => `${tag}${Number(rank) + 2}>`);

export const pressList = (coverage: readonly Coverage[]) => html`<h2>${msg('In the press')}</h2>
<ul class="coverage">${coverage.map(
	({ outlet, title, address, written }) =>
		html`<li><a href="${address}" rel="noopener noreferrer nofollow"><bdi>${title}</bdi></a> <span class="quiet"><bdi>${outlet}</bdi>, ${day(written)}</span></li>\n`,
)}</ul>
`;

const day = (instant: string) => html`<time datetime="${instant}">${spellDay(instant)}</time>`;
