/** The pages of a letter's folder, in memory. */
import { letterPages } from '../../shared/pages/letter-files.ts';
import type { LetterFrame } from '../../shared/pages/letter-frame.ts';
import type { LetterPageView } from '../../shared/pages/letter-view.ts';
import { lettersOfSection, nameSections } from '../../shared/pages/name-sections.ts';

export const FRAME: LetterFrame = {
	kind: 'released',
	assets: { style: 'assets/letter-1.css', read: 'assets/read-1.js', recount: 'assets/verify-1.js' },
};

/** By path. */
export function folderOf(view: LetterPageView, frame: Partial<LetterFrame> = {}): Map<string, string> {
	return new Map([...letterPages(view, { ...FRAME, ...frame })].map(({ path, text }) => [path, text]));
}

/** A view whose names stand by letter, as letterView leaves them; `approved` by name before any of them withdrew. */
export function byLetter(view: LetterPageView, approved = view.named.length): LetterPageView {
	const sections = nameSections(view.named, view.document.language, lettersOfSection(approved));
	return { ...view, namedApproved: approved, sections, named: sections.flatMap(({ names }) => names) };
}

/** What people read of a page: its tags left out, each a blank. */
export function words(page: string): string {
	const body = page.slice(page.indexOf('<body>')).replaceAll(/<script.*?<\/script>/gs, ' ');
	const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
	return body
		.replaceAll(/<[^>]*>/g, ' ')
		.replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
		.replaceAll(/[\s\u00a0]+/g, ' ')
		.replaceAll(/ ([.,:;)])/g, '$1');
}
