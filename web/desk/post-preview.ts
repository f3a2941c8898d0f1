import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { parseMarkdown } from '../../shared/markdown.ts';
import { postArticle, pressList } from '../../shared/pages/letter-posts.ts';
import type { Post, PostToShow } from '../../shared/post.ts';

export const KIND_WORDS: Record<Post['kind'], string> = {
	update: 'Update',
	reply: 'Reply',
	coverage: 'In the press',
	listing: 'Front page',
	removal: 'Removal',
};

/** What a list calls a post that stands. */
export function titleOf(post: PostToShow): string {
	if (post.kind === 'reply') return `Reply from ${post.from}`;
	return post.kind === 'coverage' ? `${post.outlet}: ${post.title}` : post.title;
}

/** By the very template of the letter's page, which escapes: an approver reads what readers will. */
export function previewOf(post: PostToShow): TemplateResult {
	const page = post.kind === 'coverage' ? pressList([post]) : postArticle(post);
	return html`<div class="sheet preview as-printed">${unsafeHTML(String(page))}</div>`;
}

/** Where its links lead: words can say one address and lead to another. */
export function addressesOf(post: PostToShow): string[] {
	if (post.kind === 'coverage') return [post.address];
	const children = parseMarkdown(post.text).flatMap((block) => block.children ?? []);
	const links = children.filter(({ type }) => type === 'link_open').map((link) => String(link.attrGet('href') ?? ''));
	return [...new Set(links)];
}
