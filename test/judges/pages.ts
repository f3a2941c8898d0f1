/** Which pages judges look at: all that the public can reach of the host and of a small letter, and of a large one those that a small one has not. */
import { inject } from 'vitest';
import { readFilesList } from '../../server/published/files-list.ts';
import type { Judged } from './setup.ts';

export const origin = inject('judgedOrigin');
export const letters = inject('judgedLetters');

/** Of the host itself. */
const HOST = ['/', '/letters', '/safety', '/privacy', '/report', '/report/sent'];

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

/** As `allPages`, but of the large letter's pages of names only the first, the last, and one in between; the one with everybody stands for itself in the small one. */
export async function somePages(): Promise<string[]> {
	const pages = await allPages();
	const names = pages.filter((page) => /\/names-[^/]+\.html$/.test(page));
	const kept = new Set([names[0], names[names.length >> 1], names.at(-1)]);
	const everybody = `${letters.at(-1)?.address}all.html`;
	return pages.filter((page) => page !== everybody && (!names.includes(page) || kept.has(page)));
}

/** For a test's title. */
export const shortOf = (page: string): string => page.slice(origin.length);
