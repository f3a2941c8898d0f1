/** Which pages judges look at: all that the public can reach of the host and of a small letter, and of a large one those that a small one has not. */
import { inject } from 'vitest';
import { readFilesList } from '../../server/published/files-list.ts';
import type { Judged } from './setup.ts';

export const origin = inject('judgedOrigin');
export const letters = inject('judgedLetters');

/** Of the host itself. */
const HOST = ['/', '/letters', '/safety', '/questioned', '/privacy', '/report', '/report/sent'];

/** Addresses of all HTML pages of a letter's folder, its own first, as files.json lists them. */
async function pagesOf({ address }: Judged): Promise<string[]> {
	const files = readFilesList(await (await fetch(`${address}files.json`)).text()) ?? [];
	const pages = files.flatMap(({ path }) => (path.endsWith('.html') && path !== 'index.html' ? [address + path] : []));
	return [address, ...pages];
}

export async function allPages(): Promise<string[]> {
	const [small = [], large = []] = await Promise.all(letters.map(pagesOf));
	return [...HOST.map((path) => origin + path), ...small, ...large];
}

/** As `allPages`, but of the large letter only what is not the same in the small one: its own page, and of those of names the first, the last and one in between. */
export async function somePages(): Promise<string[]> {
	const pages = await allPages();
	const large = letters.at(-1)?.address ?? '';
	const names = pages.filter((page) => page.startsWith(`${large}names-`));
	const kept = new Set([large, names[0], names[names.length >> 1], names.at(-1)]);
	return pages.filter((page) => !page.startsWith(large) || kept.has(page));
}

/** For a test's title. */
export const shortOf = (page: string): string => page.slice(origin.length);
