import { describe, expect, test } from 'vitest';
import { letterData } from '../../../shared/pages/letter-data.ts';
import type { LetterPageView } from '../../../shared/pages/letter-view.ts';
import { aView } from '../../support/a-view.ts';
import { byLetter, folderOf } from '../../support/letter-folder.ts';

const MARKUP = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&lt;<!--`;
const NAMES = [
	MARKUP,
	'\u202egnirts a\u2066',
	'a\u200b\u200d\u200cb',
	`Z${'\u0341\u0323'.repeat(40)}`,
	'W'.repeat(160),
	'محمد ‏الفارسي',
	'"><bdi>',
];

/** In every place that somebody outside writes into. */
function hostileView(): LetterPageView {
	const view = byLetter(
		aView(
			NAMES.map((name, n) => ({ name, title: n % 2 === 0 ? MARKUP : '' })),
			{
				title: MARKUP,
				addressees: MARKUP,
				text: `${MARKUP}\n\n[a](javascript:alert(1)) ![b](https://x.example/i.png) [c](data:text/html,1)`,
				references: [MARKUP],
			},
		),
	);
	return {
		...view,
		press: `${MARKUP} javascript:alert(3) a@b.example`,
		groups: view.groups.map((group) => ({ ...group, headcount: { count: 5, source: MARKUP } })),
		anonymous: [{ group: 'Northwind', label: MARKUP, count: 9 }],
		posts: [
			{ kind: 'update', written: view.releasedAt, title: MARKUP, text: MARKUP, number: 1, subject: '' },
			{ kind: 'reply', written: view.releasedAt, from: MARKUP, text: '[x](javascript:1)', number: 2, subject: '' },
			{
				kind: 'coverage',
				written: view.releasedAt,
				outlet: MARKUP,
				title: MARKUP,
				address: 'https://x.example/"onx=',
				number: 3,
				subject: '',
			},
		],
	};
}

describe('whatever signers and organizers wrote', () => {
	const pages = [...folderOf(hostileView())].filter(([path]) => path.endsWith('.html'));

	test('is text: no element and no attribute comes of it, on any page', () => {
		for (const [, page] of pages) {
			const tags = [...page.matchAll(/<[a-z!][^>]*>/gi)].map(([tag]) => tag);
			for (const tag of tags)
				expect(tag.replaceAll(/"[^"]*"/g, '')).not.toMatch(/^<(img|iframe|form|style|!--)|\s(on[a-z]+|style)\s*=/i);
			for (const tag of tags.filter((one) => one.startsWith('<script'))) {
				expect(tag).toMatch(/^<script type="(module" src="assets\/read-1\.js|application\/ld\+json)">$/);
			}
			for (const [, href] of page.matchAll(/(?:href|src)="([^"]*)"/g)) {
				expect(href).toMatch(
					/^(#|\.\/|https:\/\/|mailto:a@b|data:,|assets\/|[a-z-]+\.(html|pdf|txt|csv|json|json\.jws|png)$)/,
				);
			}
		}
	});

	test('is isolated: a name that changes the direction of writing changes that of its own line only', () => {
		for (const [, page] of pages) {
			for (const [line] of page.matchAll(/<li id="n\d+".*/g)) {
				expect(line).toMatch(
					/^<li id="n\d+" data-n="\d+"><bdi( class="other-face")?>[^<]*<\/bdi>(<i>(<bdi( class="(other-face|upright)")?>[^<]*<\/bdi>(, )?)+<\/i>)?<\/li>$/,
				);
			}
		}
	});

	test('does not end the data for machines, which stay what was written', () => {
		const view = hostileView();
		const data = letterData(view);
		expect(data).not.toContain('<');
		expect(JSON.parse(data)).toMatchObject({ headline: MARKUP, citation: [MARKUP], inLanguage: 'en' });
	});

	test('keeps the index of names one line for each', () => {
		const lines = folderOf(hostileView()).get('names.txt')!.replace(/\n$/, '').split('\n');
		expect(lines.filter((line) => /^\d+\t/.test(line))).toHaveLength(NAMES.length);
		for (const line of lines.slice(2)) expect(line.split('\t')).toHaveLength(4);
	});
});
