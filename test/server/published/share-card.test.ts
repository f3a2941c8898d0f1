import { describe, expect, test } from 'vitest';
import { shareCard } from '../../../server/published/share-card.ts';
import { cardSvg } from '../../../shared/print/card-svg.ts';
import { aView } from '../../support/a-view.ts';

/** Where outlines of glyphs begin, in pixels: of each group of one colour. */
function places(svg: string): { x: number; y: number }[][] {
	const groups = svg.match(/<g fill="[^"]*">.*?<\/g>/gs) ?? [];
	return groups.map((group) =>
		Array.from(group.matchAll(/translate\(([-\d.]+) ([-\d.]+)\)/g), ([, x, y]) => ({ x: Number(x), y: Number(y) })),
	);
}

test('a PNG of 1200 by 630 pixels, the same each time', async () => {
	const card = Buffer.from(await shareCard(aView(612)));
	expect(card.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
	expect([card.readUInt32BE(16), card.readUInt32BE(20)]).toEqual([1200, 630]);
	expect(card.equals(await shareCard(aView(612)))).toBe(true);
	expect(card.equals(await shareCard(aView(611)))).toBe(false);
	expect(card.length).toBeLessThan(150_000);
});

const longest = 'W'.repeat(200);
const addressees = 'the chief executives and everybody else who is in charge of it '.repeat(7).trim();

describe('everything has its room', () => {
	test.each([
		['a short title', { title: 'No' }],
		['a long one', { title: 'We ask for what nobody has told us '.repeat(5).trim(), addressees }],
		['one without blanks', { title: longest, addressees }],
		['Arabic', { title: 'نرفض أن نكون متواطئين في هذا العقد', addressees }],
		['Devanagari', { title: 'हम सहभागी बनने से इनकार करते हैं और अनुबंध रद्द करें', addressees }],
		['Chinese', { title: '我们拒绝同流合污'.repeat(8), addressees }],
		['what no font holds', { title: '김서연 สมชาย', addressees: '' }],
		['a million marks', { title: `a${'\u0301'.repeat(99)}`, addressees: '' }],
	])('%s', (_, document) => {
		const groups = places(cardSvg(aView(100_000, document)));
		const foot = groups.slice(-2).flat();
		const above = groups.slice(0, -2).flat();
		expect(above.length).toBeGreaterThan(0);
		expect(Math.max(...above.map(({ y }) => y))).toBeLessThan(455);
		for (const { x, y } of [...above, ...foot]) {
			expect(x).toBeGreaterThanOrEqual(70);
			expect(x).toBeLessThan(1125);
			expect(y).toBeGreaterThan(60);
			expect(y).toBeLessThan(600);
		}
	});

	test('what runs from right to left begins at the right, and the seal makes room', () => {
		const [kicker = []] = places(cardSvg(aView(3, { title: 'نرفض' })));
		expect(Math.max(...kicker.map(({ x }) => x))).toBeGreaterThan(1090);
		const [left = []] = places(cardSvg(aView(3)));
		expect(Math.min(...left.map(({ x }) => x))).toBeLessThan(90);
	});

	test('it holds outlines only: no text, no address, nothing to be fetched', () => {
		const svg = cardSvg(aView(3, { title: '<text>x</text><image href="https://a.example/"/>' }));
		expect(svg).not.toMatch(/<text|<image|href|https:|font/);
	});
});
