/** The picture that others show where somebody links to the letter: 1200 by 630 pixels, the same bytes for the same view. */
import { toWord } from '../pages/languages.ts';
import type { LetterPageView } from '../pages/letter-view.ts';
import { plural, spell } from '../pages/numbers.ts';
import { BROKEN } from '../pages/seal.ts';
import { isolated, kicker } from './account-words.ts';
import type { Span } from './type/clusters.ts';
import { fewLines, linesOf, outlines, type SetLines } from './type/outlines.ts';

const SIZE = { width: 1200, height: 630 };
const MARGIN = 80;
const SEAL = 132;
/** Beside the seal. */
const COLUMN = SIZE.width - 2 * MARGIN - SEAL - 36;
export const CARD_PAPER = '#fefdf8';
const INK = '#1b1a17';
const QUIET = '#55524b';
const WAX = '#9f1d22';

/** The largest at which the title has room. */
const TITLES = [92, 82, 74, 66, 58, 52, 46, 40, 35];
const TITLE_ROOM = 258;
const LEADING = 1.12;
const TO = { size: 31, leading: 40 };
/** Where the numbers begin. */
const RULE = SIZE.height - MARGIN - 92;

/** Everything in it is an outline: a picture says the same wherever it is drawn. */
export function cardSvg(view: LetterPageView): string {
	const { document } = view;
	const title = fitTitle(document.title);
	const { rtl } = title.set;
	const left = rtl ? MARGIN + SEAL + 36 : MARGIN;
	const parts: string[] = [];
	let y = MARGIN;
	const draw = (set: SetLines, size: number, leading: number, colour: string) => {
		for (const line of set.lines) {
			const x = rtl ? left + COLUMN - line.width * size : left;
			parts.push(`<g fill="${colour}">${outlines(line, x, y + size * 0.86, size)}</g>`);
			y += leading;
		}
	};
	draw(fewLines(plain(kicker(view)), 25, COLUMN, 1), 25, 48, QUIET);
	draw(title.set, title.size, title.size * LEADING, INK);
	if (document.addressees !== '') {
		y += 20;
		const most = y + 2 * TO.leading <= RULE ? 2 : 1;
		const to = plain(`${toWord(document.language)}${isolated(document.addressees)}`, 'italic');
		draw(fewLines(to, TO.size, COLUMN, most), TO.size, TO.leading, QUIET);
	}
	const corner = rtl ? MARGIN : SIZE.width - MARGIN - SEAL;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}">${seal(corner, MARGIN - 12)}${parts.join('')}${foot(view)}</svg>`;
}

const plain = (text: string, style: Span['style'] = 'text'): Span => ({ text, style });

function fitTitle(title: string): { size: number; set: SetLines } {
	for (const size of TITLES) {
		const set = linesOf([plain(title)], size, COLUMN);
		if (set.lines.length * size * LEADING <= TITLE_ROOM) return { size, set };
	}
	const size = TITLES.at(-1) ?? 35;
	return { size, set: fewLines(plain(title), size, COLUMN, Math.floor(TITLE_ROOM / (size * LEADING))) };
}

/** The numbers, and whose server it is. */
function foot({ totals, origin }: LetterPageView): string {
	const { signatures, named, anonymous } = totals;
	const base = RULE + 100;
	const [count] = linesOf([plain(spell(signatures))], 84, COLUMN).lines;
	const [host] = fewLines(plain(new URL(origin).host), 25, 380, 1).lines;
	const width = (count?.width ?? 0) * 84;
	const from = MARGIN + width + 24;
	const words = [
		plural(signatures, 'signature', 'signatures'),
		`${spell(named)} by name, ${spell(anonymous)} anonymously`,
	];
	const said = words.map((text, at) => {
		const [line] = linesOf([plain(text)], 28, COLUMN).lines;
		return line === undefined ? '' : outlines(line, from, base - 38 + at * 38, 28);
	});
	const rule = `<rect x="${MARGIN}" y="${RULE}" width="${SIZE.width - 2 * MARGIN}" height="1.5" fill="#cfcabd"/>`;
	const number = count === undefined ? '' : outlines(count, MARGIN, base, 84);
	const place = host === undefined ? '' : outlines(host, SIZE.width - MARGIN - host.width * 25, base, 25);
	return `${rule}<g fill="${INK}">${number}</g><g fill="${QUIET}">${said.join('')}${place}</g>`;
}

function seal(x: number, y: number): string {
	const { halves, crack } = BROKEN;
	const paths = halves.map((half) => `<path fill="${WAX}" d="${half}"/>`).join('');
	return `<g transform="translate(${x} ${y}) scale(${SEAL / 112})">${paths}<path fill="none" stroke="${CARD_PAPER}" stroke-width="${crack.width}" stroke-linejoin="round" transform="translate(${crack.x} ${crack.y})" d="${crack.path}"/></g>`;
}
