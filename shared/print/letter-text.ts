/** The letter as plain text: UTF-8, lines ended by "\n", wrapped where the script has blanks. For reading aloud, for mail, for what knows no markup. */
import { shownFingerprint } from '../charter.ts';
import { languageName, toWord } from '../pages/languages.ts';
import { addressOf } from '../pages/letter-data.ts';
import type { LetterPageView, LetterText } from '../pages/letter-view.ts';
import { spell } from '../pages/numbers.ts';
import { ended, joinNames } from '../pages/people.ts';
import { anonymousHeading } from '../pages/signatories.ts';
import { accountSentences, besideName, CAN_SHOW, CANNOT_SHOW, cellName, dateLine, kicker } from './account-words.ts';
import { type Block, readBlocks } from './text-blocks.ts';
import { clustersOf, type Span } from './type/clusters.ts';

/** Characters in a line. */
const WIDTH = 72;
const RULE = `${'-'.repeat(24)}\n`;

export function letterText(view: LetterPageView): string {
	const { document, totals } = view;
	const [original, ...translations] = view.texts;
	const address = addressOf(view);
	const parts = [
		wrap(kicker(view)),
		wrap(document.title),
		...(document.addressees === '' ? [] : [wrap(`${toWord(document.language)}${document.addressees}`)]),
		`${wrap(ended(`Organized by ${joinNames(view.organizers)}`))}${wrap(dateLine(view))}`,
		...(original === undefined ? [] : [body(original)]),
		wrap(`For the press: ${view.press}`),
		RULE,
		wrap(
			`${spell(totals.signatures)} signatures: ${spell(totals.named)} by name, ${spell(totals.anonymous)} anonymously`,
		),
		wrap(accountSentences(view).join(' ')),
		'SIGNATORIES\n',
		view.named.map((one) => `${[one.name, ...besideName(view, one)].join(', ')}\n`).join('') ||
			'Nobody signed by name.\n',
		...(totals.anonymous === 0 ? [] : [`${anonymousHeading(view)}:\n`, anonymous(view)]),
		RULE,
		`${wrap(CAN_SHOW)}${wrap(CANNOT_SHOW)}`,
		`Read and recount it: ${address}\nRelease file: ${address}release.json\nFingerprint of the letter:\n${fingerprint(view.root)}${amended(view)}`,
		...translations.flatMap((text) => [
			RULE,
			wrap(
				`A translation into ${languageName(text.language)}, signed together with the letter in ${languageName(document.language)}.`,
			),
			wrap(text.title),
			...(text.addressees === '' ? [] : [wrap(text.addressees)]),
			body(text),
		]),
	];
	return parts.filter((part) => part !== '').join('\n');
}

const anonymous = (view: LetterPageView) =>
	view.anonymous.map((cell) => `${cellName(view, cell)}: ${spell(cell.count)}\n`).join('');

const amended = ({ root, fingerprint: last }: LetterPageView) =>
	root === last
		? ''
		: `It was amended while it was open; this one stood in the invite link.\nFingerprint of its last version:\n${fingerprint(last)}`;

/** In two lines of eight groups. */
function fingerprint(hash: string): string {
	const groups = shownFingerprint(hash).split(' ');
	return `${groups.slice(0, 8).join(' ')}\n${groups.slice(8).join(' ')}\n`;
}

function body(text: LetterText): string {
	const blocks = writeBlocks(readBlocks(text.text, { count: text.references.length, place: '' }), '');
	if (text.references.length === 0) return blocks;
	const references = text.references.map((one, at) => wrap(one, `[${at + 1}] `, '    ')).join('');
	return `${blocks}\n${references}`;
}

/** @param prefix what each of their lines begins with. @param item whether they are an item of a list: one in it follows without a gap */
function writeBlocks(blocks: readonly Block[], prefix: string, item = false): string {
	const gap = `${prefix.trimEnd()}\n`;
	return blocks
		.map((block, at) => (at === 0 || (item && block.kind === 'list') ? '' : gap) + writeBlock(block, prefix))
		.join('');
}

function writeBlock(block: Block, prefix: string): string {
	if (block.kind === 'rule') return `${prefix}* * *\n`;
	if (block.kind === 'paragraph') return wrap(writeSpans(block.spans), prefix, prefix);
	if (block.kind === 'heading') return wrap(writeSpans(block.spans).toUpperCase(), prefix, prefix);
	if (block.kind === 'quote') return writeBlocks(block.blocks, `${prefix}> `);
	const { start } = block;
	return block.items
		.map((item, at) => {
			const label = start === null ? '- ' : `${start + at}. `;
			const inner = prefix + ' '.repeat(label.length);
			return `${prefix}${label}${writeBlocks(item, inner, true).slice(inner.length)}`;
		})
		.join('');
}

/** Emphasis as it is typed, addresses of links after what they are set on. */
function writeSpans(spans: readonly Span[]): string {
	return spans
		.map((span, at) => {
			if (span.raised) return `[${span.text}]`;
			const { link } = span;
			const ends = link !== undefined && spans[at + 1]?.link !== link && !joined(spans, at).includes(link);
			const mark = span.style === 'strong' ? '*' : span.style === 'italic' ? '_' : '';
			const marked = span.text.trim() === '' ? span.text : `${mark}${span.text}${mark}`;
			return `${span.struck ? `~${marked}~` : marked}${ends ? ` (${link})` : ''}`;
		})
		.join('');
}

/** What one link is set on, up to here. */
function joined(spans: readonly Span[], end: number): string {
	let from = end;
	while (spans[from - 1]?.link === spans[end]?.link && from > 0) from--;
	return spans
		.slice(from, end + 1)
		.map(({ text }) => text)
		.join('');
}

/** Parted at blanks only: what is longer than a line stays whole. @param first what the first line begins with, `rest` the others */
function wrap(text: string, first = '', rest = ''): string {
	return text
		.split('\n')
		.map((line, at) => wrapLine(line, at === 0 ? first : rest, rest))
		.join('');
}

function wrapLine(text: string, first: string, rest: string): string {
	const lines: string[] = [];
	let line = first;
	let used = first.length;
	let empty = true;
	for (const word of text.split(' ')) {
		const length = clustersOf(word).length;
		if (!empty && used + 1 + length > WIDTH) {
			lines.push(line);
			[line, used, empty] = [rest, rest.length, true];
		}
		line += empty ? word : ` ${word}`;
		used += empty ? length : 1 + length;
		empty = false;
	}
	return `${[...lines, line].map((one) => one.trimEnd()).join('\n')}\n`;
}
