/** The honest account in a PDF: a bar, the sentences, the table by group, and how to recount. */
import { shownFingerprint } from '../../charter.ts';
import { struckOf } from '../../pages/account.ts';
import type { GroupNumbers } from '../../pages/group-numbers.ts';
import { addressOf } from '../../pages/letter-data.ts';
import type { LetterPageView } from '../../pages/letter-view.ts';
import { plural, spell } from '../../pages/numbers.ts';
import { accountSentences, CAN_SHOW, CANNOT_SHOW } from '../account-words.ts';
import { linkedSpans } from '../text-blocks.ts';
import type { Span } from '../type/clusters.ts';
import { heading, paragraph, SMALL } from './letter-part.ts';
import { BODY, measure, type Setting, setText } from './set-text.ts';
import { COLUMN, INK, MARGIN, QUIET, type Sheet } from './sheet.ts';

const BIG: Setting = { ...BODY, size: 30, leading: 34, width: 120 };
const ASIDE = 122;

const plain = (text: string): Span[] => [{ text, style: 'text' }];

/** The number, and beside it the bar and the sentences. */
export function drawAccount(sheet: Sheet, view: LetterPageView): void {
	const { signatures, named, anonymous } = view.totals;
	const beside: Setting = { ...SMALL, x: MARGIN.left + ASIDE, width: COLUMN - ASIDE };
	const said = plain(accountSentences(view).join(' '));
	const height = Math.max(62, 34 + measure(said, beside).lines.length * beside.leading);
	sheet.y += 16;
	sheet.need(Math.min(height + 28, 400));
	sheet.rule(sheet.y);
	sheet.y += 14;
	const top = sheet.y;
	sheet.element('P', () => {
		setText(sheet, plain(spell(signatures)), BIG);
		setText(sheet, plain(plural(signatures, 'signature', 'signatures')), { ...SMALL, width: 110 });
	});
	const below = sheet.y;
	sheet.y = top + 4;
	drawBar(sheet, signatures === 0 ? 0 : named / signatures, signatures > 0);
	paragraph(sheet, 'P', plain(`${spell(named)} by name, ${spell(anonymous)} anonymously`), { ...beside, colour: INK });
	sheet.y += 4;
	paragraph(sheet, 'P', said, beside);
	sheet.y = Math.max(sheet.y, below) + 12;
	sheet.rule(sheet.y);
}

/** What it shows stands in words below it. */
function drawBar(sheet: Sheet, share: number, any: boolean): void {
	sheet.artifact(() => {
		const doc = sheet.canvas;
		if (doc === null || !any) return;
		const [x, width] = [MARGIN.left + ASIDE, COLUMN - ASIDE];
		if (share > 0) doc.rect(x, sheet.y, width * share, 6).fill(INK);
		if (share === 1) return;
		doc
			.save()
			.rect(x + width * share, sheet.y, width * (1 - share), 6)
			.clip();
		for (let at = x + width * share - 6; at < x + width; at += 3.2) doc.moveTo(at, sheet.y + 6).lineTo(at + 5, sheet.y);
		doc.lineWidth(1).stroke(INK).restore();
	});
	sheet.y += 11;
}

interface TableColumn {
	says: string;
	width: number;
	cell: (group: GroupNumbers) => string;
}

const NUMBER = 50;
const COLUMNS: TableColumn[] = [
	{ says: 'Group', width: COLUMN - 7 * NUMBER, cell: ({ name }) => name },
	{ says: 'By name', width: NUMBER, cell: ({ named }) => spell(named) },
	{ says: 'Anonymous', width: NUMBER, cell: ({ anonymous }) => spell(anonymous) },
	{
		says: 'Proofs',
		width: NUMBER,
		cell: ({ credentials: { mailbox, roster, voucher } }) => spell(mailbox + roster + voucher),
	},
	{ says: 'Struck', width: NUMBER, cell: (group) => spell(struckOf(group)) },
	{ says: 'Lapsed', width: NUMBER, cell: ({ lapsed }) => spell(lapsed) },
	{ says: 'Withdrawn', width: NUMBER, cell: ({ withdrawn }) => spell(withdrawn) },
	{
		says: 'Headcount',
		width: NUMBER,
		cell: ({ headcount }) => (headcount === null ? 'not stated' : spell(headcount.count)),
	},
];

export function drawNumbers(sheet: Sheet, view: LetterPageView): void {
	heading(sheet, 'What these numbers can and cannot show');
	sheet.element('Table', () => {
		drawRow(
			sheet,
			'TH',
			COLUMNS.map(({ says }) => says),
		);
		for (const group of view.groups)
			drawRow(
				sheet,
				'TD',
				COLUMNS.map(({ cell }) => cell(group)),
			);
	});
	sheet.y += 10;
	for (const text of [CAN_SHOW, CANNOT_SHOW]) {
		paragraph(sheet, 'P', plain(text), { ...SMALL, colour: INK });
		sheet.y += 5;
	}
}

/** The first cell of every row is its heading. */
function drawRow(sheet: Sheet, type: 'TH' | 'TD', cells: readonly string[]): void {
	const setting: Setting = { ...SMALL, size: 8.5, leading: 11.5, colour: type === 'TH' ? QUIET : INK };
	const inner = (at: number) => (COLUMNS[at]?.width ?? NUMBER) - 5;
	const lines = cells.map((text, at) => measure(plain(text), { ...setting, width: inner(at) }).lines.length);
	sheet.need(Math.max(...lines) * setting.leading + 10);
	const top = sheet.y + 4;
	let x = MARGIN.left;
	sheet.element('TR', () => {
		for (const [at, text] of cells.entries()) {
			sheet.y = top;
			const here = { ...setting, x: at === 0 ? x : x + 5, width: inner(at), right: at > 0 };
			const scope = type === 'TH' ? { scope: 'Column' as const } : { scope: 'Row' as const };
			const heads = type === 'TH' || at === 0;
			sheet.element(heads ? 'TH' : 'TD', () => setText(sheet, plain(text), here), heads ? scope : {});
			x += COLUMNS[at]?.width ?? NUMBER;
		}
	});
	sheet.y = top + Math.max(...lines) * setting.leading + 4;
	sheet.rowRule();
}

export function drawRecount(sheet: Sheet, view: LetterPageView): void {
	// With its fingerprint on the same page.
	sheet.need(130);
	heading(sheet, 'Do not take our word for it');
	const address = addressOf(view);
	const text = `Every signature can be recounted, in the browser at ${address}recount.html or offline from the release file at ${address}release.json. Fingerprint of the letter:`;
	paragraph(sheet, 'P', linkedSpans(text), { ...SMALL, colour: INK });
	sheet.y += 3;
	paragraph(sheet, 'P', plain(shownFingerprint(view.root)), { ...SMALL, size: 9, spell: true });
	if (view.fingerprint !== view.root) {
		paragraph(
			sheet,
			'P',
			plain('It was amended while it was open; this one stood in the invite link. Fingerprint of its last version:'),
			{ ...SMALL, colour: INK },
		);
		paragraph(sheet, 'P', plain(shownFingerprint(view.fingerprint)), { ...SMALL, size: 9, spell: true });
	}
	if (!sheet.boxed) return;
	sheet.y += 6;
	const note =
		'A square in the place of a letter stands for one that the fonts of this file do not have. Nothing is lost: the letter is in the text of this file, which can be searched and copied, in signatories.csv and in the release file.';
	paragraph(sheet, 'P', plain(note), SMALL);
}
