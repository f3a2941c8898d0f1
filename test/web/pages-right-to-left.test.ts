/** Every page that the server writes, in the pseudo-locale: no text was forgotten, nothing runs over a phone's width, and axe finds nothing. */
import axe from 'axe-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { readReport } from '../../shared/api/report.ts';
import { letterFit } from '../../shared/letter-fit.ts';
import { templates } from '../../shared/locales/pages/ar-XB.ts';
import { templates as ofRecount } from '../../shared/locales/recount/ar-XB.ts';
import { speakThrough } from '../../shared/locales/say.ts';
import { templates as ofSearch } from '../../shared/locales/search/ar-XB.ts';
import { PSEUDO } from '../../shared/locales/spoken.ts';
import { endedLinkPage, nothingApprovedPage, preparedFor, preparingPage } from '../../shared/pages/embargo-pages.ts';
import { indexPage } from '../../shared/pages/first-page.ts';
import { homePage } from '../../shared/pages/home-page.ts';
import { letterPages } from '../../shared/pages/letter-files.ts';
import { PREPARED_FOR } from '../../shared/pages/letter-shell.ts';
import { mailLinkPage, signedPage } from '../../shared/pages/link-page.ts';
import { listedPage } from '../../shared/pages/listed-letters.ts';
import { privacyPage } from '../../shared/pages/privacy-page.ts';
import { questionedPage } from '../../shared/pages/questioned-page.ts';
import { recountPages } from '../../shared/pages/recount-pages.ts';
import { notSentWords, reportPage, reportSentPage } from '../../shared/pages/report-page.ts';
import { safetyPage } from '../../shared/pages/safety-page.ts';
import { signPage } from '../../shared/pages/sign-page.ts';
import { abandonedPage, failedPage, releasedPage, unknownLinkPage } from '../../shared/pages/status-page.ts';
import type { ShownPost } from '../../shared/post.ts';
import { recount } from '../../shared/recount.ts';
import { NameLines } from '../../web/read/name-lines.ts';
import { addSearch } from '../../web/read/name-search.ts';
import { speakAsThePage } from '../../web/read/page-words.ts';
import ofSigners from '../../web/style/flow.css?inline';
import ofLetters from '../../web/style/letter.css?inline';
import { RecountLetter } from '../../web/verify/recount-letter.ts';
import '../../web/verify/recount-mine.ts';
import { aView } from '../support/a-view.ts';
import { makeLetter } from '../support/charter.ts';
import { fullLetter } from '../support/full-letter.ts';
import { byLetter, FRAME } from '../support/letter-folder.ts';
import { untranslated } from './sign/untranslated.ts';

const spoken = { language: PSEUDO, templates, programs: { search: ofSearch, recount: ofRecount } };
const frame = { styles: [], scripts: [] };
/** The letter's own text needs no translation: it is in letters of the other direction. */
const text = { title: 'نرفض', addressees: 'إلى المجلس', language: PSEUDO, text: 'نحن **نرفض**.[1]', references: ['١'] };
const spanish = { ...text, title: 'Nos negamos', language: 'es' };

/** Beside what is marked as given: what is typed, hashes, addresses, names of formats; moments, which have a test of their own. */
const GIVEN =
	'code, pre, time, .fingerprint, .by-group th small, a[href^="mailto:"], a[href$=".pdf"], a[href$=".csv"], .jump a, dt, script';

type Shown = [name: string, html: () => string, style: string];

const listed = { slug: 'a', title: text.title, addressees: text.addressees, language: PSEUDO, signatures: 7 };
const letters = [{ ...listed, releasedAt: '2026-12-03T10:00:00Z' }];
const empty = { letter: '', reason: '', text: '', answer: 'o'.repeat(9_000) };
const problems = () => [
	...readReport(empty).problems,
	...(['nobody', 'too-many', 'mail-failed'] as const).map((why) => ({ field: null, message: notSentWords(why, '١') })),
];

const ofHost: Shown[] = (
	[
		['the front page', () => homePage({ anyone: true, listed: letters, more: true }, frame)],
		['the front page without letters', () => homePage({ anyone: false, listed: [], more: false }, frame)],
		['the list of letters', () => listedPage({ letters, page: 2, more: true }, frame)],
		['the empty list', () => listedPage({ letters: [], page: 1, more: false }, frame)],
		['privacy', () => privacyPage({ responsible: '١', contact: 'a@b.example' }, frame)],
		['privacy, with nobody', () => privacyPage({ responsible: null, contact: null }, frame)],
		['if you are asked', () => questionedPage(frame)],
		['a report', () => reportPage({ contact: 'a@b.example', fields: empty, problems: [] }, frame)],
		['a report with faults', () => reportPage({ contact: 'a@b.example', fields: empty, problems: problems() }, frame)],
		['a report to nobody', () => reportPage({ contact: null, fields: empty, problems: [] }, frame)],
		['a report, sent', () => reportSentPage(frame)],
		['a failure', () => failedPage(500, '١', frame)],
		['nothing', () => failedPage(404, '١', frame)],
		['a link to a released letter', () => releasedPage('/letters/a/', frame)],
		['a letter given up', () => abandonedPage(frame)],
		['an unknown link', () => unknownLinkPage(frame)],
		['the mailed link', () => mailLinkPage(frame)],
		['I have signed', () => signedPage(frame)],
		['what this protects', () => safetyPage(null, frame)],
		['no approval yet', () => nothingApprovedPage(frame)],
		['being prepared', () => preparingPage(frame)],
		['an ended link', () => endedLinkPage(frame)],
	] as const
).map(([name, html]): Shown => [name, () => String(html()), ofSigners]);

const said = { written: '2026-12-03T10:00:00Z', subject: 'A'.repeat(43) };
const posts: ShownPost[] = [
	{ ...said, kind: 'update', number: 1, title: 'نرفض', text: 'نحن' },
	{ ...said, kind: 'reply', number: 2, from: 'Board', text: 'نحن' },
	{ ...said, kind: 'coverage', number: 3, outlet: 'The Paper', title: 'A revolt', address: 'https://paper.example/' },
];
const sizes = new Map([
	['letter.pdf', 84_321],
	['release.json', 1_204_000],
	['card.png', 812],
]);
const around = { ...FRAME, sizes, speaker: () => spoken };

/** Pages of a letter's folder; of those of names the first. */
function folder(name: string, view: ReturnType<typeof aView>, kind: 'released' | 'embargo'): Shown[] {
	const files = [...letterPages(view, { ...around, kind }), ...recountPages(view, { ...around, kind })];
	const first = files.find(({ path }) => path.startsWith('names-'));
	return files
		.filter((one) => one.path.endsWith('.html') && (!one.path.startsWith('names-') || one === first))
		.filter(({ path }) => !path.startsWith('in-'))
		.map(({ path, text }): Shown => [`${name}: ${path}`, () => text, ofLetters]);
}

const withPosts = { ...aView(7, { ...text, translations: [spanish] }), posts };
const several = byLetter(aView(130, text), 20_001);
const none = {
	...byLetter(aView(0, text)),
	totals: { ...aView(0).totals, signatures: 0, anonymous: 0 },
	anonymous: [],
};
const assets = { ...FRAME.assets, read: null, recount: null };
const ofLetter: Shown[] = [
	...folder('a letter', withPosts, 'released'),
	...folder('many names', several, 'released'),
	['under embargo', () => banner(indexPage(withPosts, { ...around, kind: 'embargo' })), ofLetters],
	['nobody signed', () => indexPage(none, around), ofLetters],
	['a rehearsal', () => indexPage({ ...several, releasedAt: '' }, { ...around, kind: 'rehearsal', assets }), ofLetters],
];
const banner = (html: string) => html.replace(PREPARED_FOR, preparedFor('The Paper', '2026-12-03T10:00:00Z'));

const { charter } = await makeLetter(3, 2, { advice: 'union@a.example' });
const toSign = { link: '/l/a', charter, text: { ...text, translations: [spanish] } };
const ofSigning: Shown[] = (['open', 'review', 'scheduled'] as const).flatMap((state): Shown[] =>
	[0, 1_000].map((signatures): Shown => {
		const view = {
			...toSign,
			state,
			atLeast: { signatures, named: 0 },
			lastCallUntil: said.written,
			releaseAt: said.written,
			restored: signatures === 0 ? ('with-keys' as const) : ('without-keys' as const),
		};
		return [`${state}, ${signatures}`, () => String(signPage(view, frame)), ofSigners];
	}),
);
ofSigning.push(['what this letter protects', () => String(safetyPage(letterFit(charter), frame)), ofSigners]);

beforeAll(() => {
	speakThrough(() => spoken);
	return () => {
		speakThrough(() => undefined);
		Object.assign(document.documentElement, { lang: 'en', dir: 'ltr' });
	};
});

/** As if it were the document itself: without its programs, which have tests of their own. */
function show(html: string, css: string): Document {
	const made = new DOMParser().parseFromString(html, 'text/html');
	const style = document.createElement('style');
	style.textContent = css;
	const { lang, dir } = made.documentElement;
	Object.assign(document.documentElement, { lang, dir });
	document.title = made.title;
	document.head.querySelector('#shown')?.remove();
	style.id = 'shown';
	document.head.append(style);
	document.body.replaceChildren(...made.body.childNodes);
	for (const one of document.querySelectorAll('details')) one.open = true;
	// What is there without a program is read in its place.
	for (const one of document.querySelectorAll('noscript')) {
		const shown = document.createElement('div');
		shown.innerHTML = one.innerHTML;
		one.replaceWith(shown);
	}
	return made;
}

const nothingLatin = (text: string) => !/\p{Script=Latin}/u.test(text.replaceAll(/\u202e[^\u202c]*\u202c|UTC/g, ''));

describe('from right to left', () => {
	test.each([...ofHost, ...ofSigning, ...ofLetter])('%s', async (name, html, css) => {
		const made = show(html(), css);
		expect(document.documentElement).toMatchObject({ lang: PSEUDO, dir: 'rtl' });
		if (document.title === 'Undersigned') document.title = '…';
		expect(untranslated(document.body, GIVEN)).toEqual([]);
		const besides = [
			...[...document.querySelectorAll('time')].map((time) => time.textContent),
			...[...made.querySelectorAll('meta[name="description"]')].map((meta) => meta.getAttribute('content') ?? ''),
			...[...document.querySelectorAll<HTMLElement>('[data-name]')]
				.map((cell) => cell.dataset.name ?? '')
				.filter((one) => !['Northwind', 'Contoso'].includes(one)),
		];
		expect(besides.filter((one) => !nothingLatin(one))).toEqual([]);
		for (const width of [390, 1440]) {
			await page.viewport(width, 900);
			const { scrollWidth, clientWidth } = document.documentElement;
			expect(scrollWidth, `${name} at ${width} px`).toBeLessThanOrEqual(clientWidth);
			expect(await findings(), `${name} at ${width} px`).toEqual([]);
		}
	});
});

describe('programs beside a letter find their words in the page', () => {
	const pageOf = (name: string) => ofLetter.find(([one]) => one === name)?.[1]() ?? '';

	test('the search', async () => {
		show(pageOf('many names: index.html'), ofLetters);
		speakAsThePage();
		const place = document.querySelector<HTMLElement>('#find');
		if (place === null) throw new Error('There is no place for the search.');
		place.dataset.bytes = '400000';
		const names = new NameLines();
		names.add('Northwind\n1\t0\tنور\tEngineer\n');
		const answers = [Promise.reject(new Error('away')), Promise.resolve(names)];
		addSearch(place, () => answers.shift() ?? Promise.resolve(names));
		expect(untranslated(place)).toEqual([]);
		const [field, status] = [place.querySelector('input'), place.querySelector('[role=status]')];
		if (field === null || status === null) throw new Error('There is no search.');
		for (const typed of ['n', 'نور', '7', 'nobody at all']) {
			const before = status.textContent;
			field.value = typed;
			field.dispatchEvent(new Event('input'));
			await expect.poll(() => status.textContent).not.toBe(before);
			await expect.poll(() => place.querySelector('progress')?.hidden).toBe(true);
			expect(untranslated(place)).toEqual([]);
		}
	});

	test('the recount', async () => {
		show(pageOf('a letter: recount.html'), ofLetters);
		speakAsThePage();
		const { made } = await fullLetter();
		const report = await recount(made.file);
		expect(report.fault).toBe(null);
		const element = new RecountLetter();
		element.recounter = {
			recount: async () => ({ report, updates: { ok: true, posts: 3, shown: 2, threshold: 2 } }),
			stop: () => {},
			mine: async () => ({
				ok: true,
				signature: {
					number: 4,
					key: '',
					stands: 'listed',
					shown: 'anonymous',
					display: null,
					label: 'Engineer',
					group: 'Acme',
				},
			}),
		};
		document.querySelector('recount-letter')?.replaceWith(element);
		await element.updateComplete;
		element.querySelector('button')?.click();
		await expect.poll(() => element.querySelectorAll('.checks li').length).toBe(7);
		await expect.poll(() => element.querySelector('form.mine')).not.toBe(null);
		element.querySelector('form.mine')?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
		await expect.poll(() => element.querySelector('[data-mine=holds]')).not.toBe(null);
		expect(untranslated(element, GIVEN)).toEqual([]);
	});
});

/** Contrast is the same from left to right, where test/judges/axe.test.ts looks at it, and takes most of the time. */
async function findings(): Promise<string[]> {
	const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
	return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
