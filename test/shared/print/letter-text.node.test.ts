import { expect, test } from 'vitest';
import '../../../server/published/fonts.ts';
import { shownFingerprint } from '../../../shared/charter.ts';
import { letterPdf } from '../../../shared/print/letter-pdf.ts';
import { letterText } from '../../../shared/print/letter-text.ts';
import { aView } from '../../support/a-view.ts';
import { textOf } from '../../support/poppler.ts';

const text = letterText(
	aView([{ name: 'Żaneta Łęcka', title: 'Engineer' }, { name: 'محمد الفارسي' }, { name: '王小明', title: '研究员' }]),
);
const lines = text.split('\n');

test('everything that the letter has, a signatory a line', () => {
	for (const line of [
		'We refuse to be complicit',
		'To the chief executives and boards of Northwind and Contoso',
		'Released 21 November 2026 at 14:00 UTC',
		'1. Cancel the contract.',
		'> We are the people whose work makes these contracts possible.',
		'[2] Public procurement record of the contract.',
		'595 signatures: 3 by name, 592 anonymously',
		'Żaneta Łęcka, Engineer, Northwind',
		'محمد الفارسي, Contoso',
		'王小明, 研究员, Northwind',
		'Software engineer, Northwind: 231',
		'Read and recount it: https://letters.example/letters/we-refuse/',
	]) {
		expect(lines).toContain(line);
	}
	expect(text.replaceAll('\n', ' ')).toContain(shownFingerprint(aView(0).root));
	expect(text).toContain('*19.4 million dollars*.[2]');
	expect(text).toContain('families (https://families.example/)');
});

test('no line is longer than 72 characters where blanks allow it, and nothing but "\\n" ends one', () => {
	expect(text).not.toMatch(/[\r\f\u2028\u2029\t]| \n|\n\n\n/);
	expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
	const long = letterText(
		aView(0, { text: `${'word '.repeat(100)}\n\n- ${'item '.repeat(40)}\n\n${'x'.repeat(100)}` }),
	).split('\n');
	expect(Math.max(...long.filter((line) => !line.startsWith('xx')).map(({ length }) => length))).toBeLessThanOrEqual(
		72,
	);
	expect(Math.max(...long.map(({ length }) => length))).toBe(100);
});

test('what is written without blanks is not cut; lists in lists and quotations keep their indent', () => {
	const chinese = '我们构建了这家公司销售的系统'.repeat(10);
	const written = letterText(aView(0, { text: `${chinese}\n\n> - one\n>   - two\n>\n> after`, references: [] }));
	expect(written.split('\n')).toContain(chinese);
	expect(written).toContain('\n> - one\n>   - two\n>\n> after\n');
});

test('a link says its address once', () => {
	const written = letterText(aView(0, { text: '[**a** b](https://a.example/) <https://b.example/>', references: [] }));
	expect(written).toContain('*a* b (https://a.example/) https://b.example/\n');
});

test('a translation stands under the letter, with its references', () => {
	const translations = [
		{ language: 'es', title: 'Nos negamos', addressees: 'A la dirección', text: 'Texto.[1]', references: ['Fuente'] },
	];
	expect(letterText(aView(0, { translations }))).toMatch(
		/A translation into Español, signed together with the letter in English\.\n\nNos negamos\n\nA la dirección\n\nTexto\.\[1\]\n\n\[1\] Fuente\n$/,
	);
});

test('under embargo it says until when, in place of when it was released', () => {
	const early = letterText({ ...aView(3), isPublic: false }).replaceAll('\n', ' ');
	expect(early).toContain('Under embargo until 21 November 2026 at 14:00 UTC. Not to be published or shared before.');
	expect(early).not.toContain('Released');
});

test('where the host restored a copy, text and PDF say that somebody may be counted twice', async () => {
	const said = 'so somebody may be counted twice';
	const view = aView([{ name: 'Żaneta Łęcka' }]);
	const restored = { ...view, restored: true };
	const [pdf, before] = [textOf(await letterPdf(restored)), textOf(await letterPdf(view))];
	expect([letterText(restored), pdf].map((one) => one.replaceAll(/\s+/g, ' ').includes(said))).toEqual([true, true]);
	expect([letterText(view), before].map((one) => one.replaceAll(/\s+/g, ' ').includes(said))).toEqual([false, false]);
});
