/** What changed between two texts of a letter, for whoever has to decide about the new one. */
import { diffArrays, diffWordsWithSpace } from 'diff';
import type { TextDocument } from './charter.ts';

/** Words that stand in both, in the earlier one only, in the later one only. */
export type Piece = { kind: 'same' | 'gone' | 'new'; text: string };
/** Paragraphs in their order; `changed` ones in pieces. Markdown, as it was written. */
export type Block = { kind: 'same'; text: string } | { kind: 'changed'; pieces: Piece[] };
export type PartChange = { part: 'title' | 'addressees' | 'text' | 'references'; blocks: Block[] };
/** `kind`: whether the letter stands in this language in both, or only in one of them. */
export type LanguageChange = { language: string; kind: 'changed' | 'gone' | 'new'; parts: PartChange[] };

type Written = Pick<TextDocument, 'language' | PartChange['part']>;

/** Words of very unlike paragraphs are not compared one by one: it would take long, and nobody could read it. */
const MOST_EDITS = 2_000;
const BETWEEN = '\n\n';

/** Only languages and parts in which something changed: none where the two are the same. */
export function textChanges(before: TextDocument, after: TextDocument): LanguageChange[] {
	const [earlier, later] = [byLanguage(before), byLanguage(after)];
	const languages = [...new Set([...later.keys(), ...earlier.keys()])];
	return languages.flatMap((language) => {
		const [old, now] = [earlier.get(language), later.get(language)];
		const parts = changedParts(old, now);
		if (parts.length === 0) return [];
		return [{ language, kind: old === undefined ? 'new' : now === undefined ? 'gone' : 'changed', parts }];
	});
}

function byLanguage({ language, title, addressees, text, references, translations }: TextDocument) {
	const all: Written[] = [{ language, title, addressees, text, references }, ...translations];
	return new Map(all.map((written) => [written.language, written]));
}

function changedParts(old: Written | undefined, now: Written | undefined): PartChange[] {
	const paragraphs = (written: Written | undefined): [PartChange['part'], string[]][] => [
		['title', split(written?.title ?? '')],
		['addressees', split(written?.addressees ?? '')],
		['text', split(written?.text ?? '')],
		['references', written?.references ?? []],
	];
	const later = new Map(paragraphs(now));
	return paragraphs(old).flatMap(([part, earlier]) => {
		const blocks = blocksBetween(earlier, later.get(part) ?? []);
		return blocks.some((block) => block.kind === 'changed') ? [{ part, blocks }] : [];
	});
}

const split = (text: string): string[] => text.split(/\r?\n[ \t]*\r?\n/).filter((paragraph) => paragraph.trim() !== '');

/** Paragraphs that went and paragraphs that came in the same place are compared word by word. */
function blocksBetween(before: string[], after: string[]): Block[] {
	const blocks: Block[] = [];
	let gone: string[] = [];
	let come: string[] = [];
	const settle = () => {
		if (gone.length + come.length > 0) blocks.push({ kind: 'changed', pieces: pieces(gone, come) });
		[gone, come] = [[], []];
	};
	for (const { value, added, removed } of diffArrays(before, after)) {
		if (removed) gone = value;
		else if (added) come = value;
		else {
			settle();
			for (const text of value) blocks.push({ kind: 'same', text });
		}
	}
	settle();
	return blocks;
}

function pieces(gone: string[], come: string[]): Piece[] {
	const [before, after] = [gone.join(BETWEEN), come.join(BETWEEN)];
	const words =
		before === '' || after === '' ? undefined : diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
	const whole: Piece[] = [
		{ kind: 'gone', text: before },
		{ kind: 'new', text: after },
	];
	const found = words?.map(
		({ value, added, removed }): Piece => ({ kind: added ? 'new' : removed ? 'gone' : 'same', text: value }),
	);
	return (found ?? whole).filter(({ text }) => text !== '');
}
