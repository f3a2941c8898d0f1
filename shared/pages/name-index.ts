/**
 * What the search of signatories reads, once it is used: every name with where it stands. Lines of text, so that a large one is read as it
 * comes. First the names of the groups, separated by tabs. Then, for each page, a line of a blank and its path, followed by a line for each
 * signatory on it: number, group (from 0), name, title, separated by tabs, which no name holds (docs/protocol.md, section 6).
 */
import type { LetterPageView, NamedSignatory } from './letter-view.ts';
import type { PageFile } from './page-file.ts';

export const NAMES_PATH = 'names.txt';

/** @param pathOf the page of a section */
export function nameIndex(view: LetterPageView, pathOf: (section: { key: string }) => string): PageFile {
	const groups = new Map(view.groups.map(({ name }, at) => [name, at]));
	const line = ({ number, group, name, title }: NamedSignatory) =>
		`${[number, groups.get(group) ?? 0, name, title].map((field) => String(field).replaceAll(/[\t\n]/g, ' ')).join('\t')}\n`;
	const lines = [`${view.groups.map(({ name }) => name.replaceAll(/[\t\n]/g, ' ')).join('\t')}\n`];
	let page = '';
	for (const section of view.sections) {
		if (pathOf(section) !== page) {
			page = pathOf(section);
			lines.push(` ${page}\n`);
		}
		for (const one of section.names) lines.push(line(one));
	}
	return { path: NAMES_PATH, mediaType: 'text/plain; charset=utf-8', text: lines.join('') };
}
