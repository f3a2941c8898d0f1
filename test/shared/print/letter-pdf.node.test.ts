import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import '../../../server/published/fonts.ts';
import { shareCard } from '../../../server/published/share-card.ts';
import { shownFingerprint } from '../../../shared/charter.ts';
import { letterPdf } from '../../../shared/print/letter-pdf.ts';
import { letterText } from '../../../shared/print/letter-text.ts';
import { aView } from '../../support/a-view.ts';
import { infoOf, linksOf, structureOf, textOf } from '../../support/poppler.ts';

const withNames = (...names: string[]) => letterPdf(aView(names.map((name) => ({ name }))));

describe('every name is found again by another program, in its own order', () => {
	test.each([
		['Arabic', 'محمد الفارسي'],
		['Arabic with vowel signs', 'مُحَمَّد'],
		['Arabic letters that share a shape', 'لأمير عبدالله'],
		['Persian with a joiner', 'علی‌رضا پرویز'],
		['Urdu', 'ٹیپو سلطان'],
		['Hebrew', 'רות כהן'],
		['Hebrew with points', 'שָׁלוֹם'],
		['Hindi', 'अनुराधा शर्मा'],
		['Hindi with a joiner', 'क्‍ष शर्मा'],
		['Chinese', '王小明'],
		['Japanese', '佐藤 さくら'],
		['Korean', '김서연'],
		['Thai', 'สมชาย ใจดี'],
		['Bengali', 'অনির্বাণ চট্টোপাধ্যায়'],
		['Tamil', 'கார்த்திக் குமார்'],
		['Telugu', 'లక్ష్మీ ప్రసన్న'],
		['Armenian', 'Արամ Խաչատրյան'],
		['Georgian', 'ნინო ბერიძე'],
		['Polish', 'Żaneta Łęcka'],
		['Vietnamese', 'Nguyễn Thị Ánh'],
		['Yoruba', 'Ẹ̀gbọ́n Adéṣínà'],
		['Greek', 'Ελένη Παπαδοπούλου'],
		['polytonic Greek', 'Ἀριστοτέλης'],
		['Cyrillic', 'Олена Шевченко'],
		['ligatures', 'Griffin Flaherty'],
		['marks that are not composed', 'e\u0301 x\u0323\u0301'],
		['two directions', 'Nour نور'],
	])('%s: %s', async (_, name) => {
		expect(textOf(await withNames('First Person', name)).split('\n')).toContain(name);
	});

	test.each([
		['Amharic', 'አበበ ቢቂላ'],
		['Syriac', 'ܐܒܓ ܕܗ'],
		['an emoji of several parts', 'Ana 👩‍👩‍👧'],
	])('also where no font holds it, and the file says so: %s', async (_, name) => {
		const text = textOf(await withNames(name));
		expect(text.split('\n')).toContain(name);
		expect(text).toContain('A square in the place of a letter');
	});

	test('nothing is said of squares where there are none', async () => {
		expect(textOf(await withNames('Ana Silva'))).not.toContain('A square');
	});

	test('who has the letter read aloud hears a name that runs to the left as a whole', async () => {
		const name = 'محمد الفارسي';
		const utf16 = Buffer.from(`\ufeff${name}`, 'utf16le').swap16();
		const file = Buffer.from(await withNames(name));
		// Escaped as in 7.3.4.2 where a byte is a parenthesis or a backslash.
		const escaped = Buffer.from(utf16.toString('latin1').replace(/[\\()]/g, '\\$&'), 'latin1');
		expect(file.includes(Buffer.concat([Buffer.from('/ActualText ('), escaped, Buffer.from(')')]))).toBe(true);
	});
});

describe('whatever a name holds, the file stands', () => {
	test.each([
		['markup', '<b>Bold</b> & "Q" (x) \\ %'],
		['80 combining marks', `Zalgo a${'\u0301\u0316'.repeat(40)}b`],
		['a character outside the first plane', 'Ana 𝒜 𠮷'],
	])('%s', async (_, name) => {
		expect(textOf(await withNames(name))).toContain(name);
	});

	test.each([
		['bidi controls', 'a\u202eb\u2066c\u2069d', 'abcd'],
		['zero-width characters', 'a\u200bb\u2060c\ufeffd', 'a\u200bb\u2060c\ufeffd'],
	])('%s', async (_, name, found) => {
		expect(textOf(await withNames(name))).toContain(found);
	});

	test('the longest of names and titles stay within their column', async () => {
		const pdf = await letterPdf(
			aView(Array.from({ length: 30 }, () => ({ name: 'Ж'.repeat(80), title: 'x'.repeat(160) }))),
		);
		const letters = textOf(pdf).match(/Ж+/g) ?? [];
		expect(letters.join('').length).toBe(30 * 80);
		expect(Math.max(...letters.map(({ length }) => length))).toBeLessThan(20);
	});
});

describe('it is a letter', () => {
	const view = aView(40, {
		translations: [
			{
				language: 'ar',
				title: 'نرفض أن نكون متواطئين',
				addressees: '',
				text: 'نحن نبني الأنظمة.[1]',
				references: ['مصدر'],
			},
		],
	});

	test('text, references, press, numbers, signatories, anonymous ones, recount, translation', async () => {
		const text = textOf(await letterPdf(view)).replaceAll(/\s+/g, ' ');
		for (const part of [
			'To the chief executives and boards of Northwind and Contoso',
			'Organized by R., K. and Noor. Released 21 November 2026 at 14:00 UTC',
			'We are proud of most of what they are used for',
			'2. Publish a policy',
			'Public procurement record of the contract.',
			'For the press: Noor Haddad, press@letters.example, +1 555 0100',
			'40 by name, 592 anonymously',
			'And 592 colleagues who sign anonymously',
			'What these numbers can and cannot show',
			'https://letters.example/letters/we-refuse/release.json',
			'A translation into العربية',
			'نرفض أن نكون متواطئين',
		]) {
			expect(text).toContain(part);
		}
	});

	test('its structure is tagged: headings, paragraphs, lists, a table with its headings, links', async () => {
		const pdf = await letterPdf(view);
		const structure = structureOf(pdf);
		expect(structure).toMatch(/^Document\n {2}P .*\n.*\n {2}H1 \(block\)\n {4}"We refuse to be complicit"/);
		expect(structure).toMatch(/H2 \(block\)\n {6}"What we ask for"/);
		expect(structure).toMatch(/LI \(block\)\n +LBody \(block\)\n +"Amara Okafor"\n/);
		expect(structure).toMatch(/Table \(block\)\n +TR\b.*\n +TH:\n +\/Scope \/Column\n +"Group"/);
		expect(structure).toMatch(/Link \(inline\)\n +"families"\n +Object/);
		expect(linksOf(pdf)).toContain('https://families.example/');
		expect(linksOf(pdf)).not.toContain('javascript');
		const info = infoOf(pdf);
		expect([info.get('Tagged'), info.get('Title'), info.get('Page size')]).toEqual([
			...['yes', 'We refuse to be complicit', '595.28 x 841.89 pts (A4)'],
		]);
		expect(Buffer.from(pdf).toString('latin1')).toMatch(
			/\/DisplayDocTitle true[\s\S]*\/Lang \(en\)|\/Lang \(en\)[\s\S]*\/DisplayDocTitle true/,
		);
	});

	test('every page has its number, the fingerprint and the address at its foot, outside of the structure', async () => {
		const pdf = await letterPdf(aView(300));
		const pages = textOf(pdf).split('\f').slice(0, -1);
		expect(pages.length).toBeGreaterThan(4);
		for (const [at, page] of pages.entries()) {
			expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
			expect(page).toContain(`Fingerprint ${shownFingerprint(aView(0).root)}`);
			expect(page).toContain('https://letters.example/letters/we-refuse/\n');
		}
		expect(structureOf(pdf)).not.toContain('Page 1 of');
	});

	test('under embargo every page says until when, and where it will be is not said as if it were', async () => {
		const pages = textOf(await letterPdf({ ...aView(300), isPublic: false }))
			.split('\f')
			.slice(0, -1);
		const said = 'Under embargo until 21 November 2026 at 14:00 UTC. Not to be published or shared before.';
		for (const page of pages) expect(page).toContain(said);
		expect(pages.join('')).not.toContain('Released 21 November');
	});

	test('of 4,000 signatories none is missing', async () => {
		const many = aView(Array.from({ length: 4000 }, (_, n) => ({ name: `Person N${n}`, title: 'Engineer' })));
		const found = new Set(textOf(await letterPdf(many)).match(/(?<=^|\f)Person N\d+$/gm));
		expect(found.size).toBe(4000);
	});

	test('a letter that nobody signed, and one in which everything is long', async () => {
		const empty = aView([], { addressees: '', references: [], text: '' });
		empty.totals = { ...empty.totals, signatures: 0, anonymous: 0 };
		empty.anonymous = [];
		expect(textOf(await letterPdf(empty))).toContain('Nobody has signed.');
		const long = aView(1, {
			title: 'W'.repeat(200),
			addressees: 'x'.repeat(500),
			text: `${'> '.repeat(30)}deep\n\n${'y'.repeat(9000)}`,
		});
		expect(textOf(await letterPdf(long)).match(/y/g)?.length).toBeGreaterThanOrEqual(9000);
	});
});

describe('the same bytes', () => {
	const inProcess = (env: NodeJS.ProcessEnv) =>
		execFileSync(process.execPath, ['test/server/published/files-process.ts'], {
			env: { ...process.env, ...env },
			encoding: 'utf8',
		});

	test('in another process, time zone and language', async () => {
		const view = aView(60);
		const files = [await letterPdf(view), letterText(view), await shareCard(view)];
		const here = files.map((file) => `${createHash('sha256').update(file).digest('hex')}\n`).join('');
		const there = inProcess({ TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
		expect(there).toBe(here);
		expect(inProcess({ TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' })).toBe(here);
	});

	test('twice, and another identifier once somebody has withdrawn', async () => {
		const view = aView(20);
		const identifier = (pdf: Uint8Array) => /\/ID \[<(\w+)>/.exec(Buffer.from(pdf).toString('latin1'))?.[1];
		const first = await letterPdf(view);
		expect(Buffer.compare(first, await letterPdf(view))).toBe(0);
		const later = { ...view, named: view.named.slice(1), totals: { ...view.totals, named: 19, withdrawn: 7 } };
		expect(identifier(first)).toMatch(/^[0-9a-f]{32}$/);
		expect(identifier(await letterPdf(later))).not.toBe(identifier(first));
	});

	test('made when the letter was released, with every font inside', async () => {
		const pdf = Buffer.from(await withNames('محمد 王小明 Ж')).toString('latin1');
		expect(infoOf(Buffer.from(pdf, 'latin1')).get('CreationDate')).toMatch(/^2026-11-21T14:00:00/);
		const fonts = pdf.match(/\/Type \/FontDescriptor\n[\s\S]*?>>/g) ?? [];
		expect(fonts.length).toBeGreaterThan(4);
		for (const font of fonts) expect(font).toMatch(/\/FontFile2 \d+ 0 R/);
		expect(pdf).not.toMatch(/\/JavaScript|\/Launch|\/EmbeddedFile/);
		const streams = pdf.match(/stream\n([\s\S]*?)\nendstream/g) ?? [];
		expect(() => inflateSync(Buffer.from(streams[0]?.slice(7, -10) ?? '', 'latin1'))).not.toThrow();
	});
});
