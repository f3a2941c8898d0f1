import { describe, expect, test } from 'vitest';
import { shownFingerprint } from '../../../shared/charter.ts';
import { indexPage } from '../../../shared/pages/first-page.ts';
import { letterStyle } from '../../../shared/pages/letter-style.ts';
import { letterView } from '../../../shared/pages/letter-view.ts';
import type { ShownPost } from '../../../shared/post.ts';
import { aView } from '../../support/a-view.ts';
import { fullLetter } from '../../support/full-letter.ts';
import { byLetter, FRAME, folderOf, words } from '../../support/letter-folder.ts';

const spanish = {
	...{ language: 'es', title: 'Nos negamos', addressees: 'la junta', text: 'Pedimos *tres* cosas.[1]' },
	references: ['Fuente'],
};
const arabic = { language: 'ar', title: 'نرفض', addressees: '', text: 'نحن نرفض.', references: [] };

describe('a released letter, as a journalist without JavaScript reads it', () => {
	test('says to whom, what, when, on which sources, whom to call, how many, and who', async () => {
		const { made } = await fullLetter();
		const view = await letterView(made.release, { isPublic: true });
		const page = words(indexPage(view, FRAME));
		for (const part of [
			'Released 1 March 2027 at 09:00 UTC',
			'To The board of Acme',
			'We ask for one thing.',
			'https://acme.example/report',
			'For the press: press@letters.example',
			'7 signatures',
			'3 by name 4 anonymously',
			'Acme: 6 of about 1,000 (0.6 %)',
			'Struck by the organizers: 1.',
			'Withdrawn since the list was approved: 1.',
			'Żaneta Łęcka Engineer, Acme',
			'王小明 Acme contractors',
			'And 4 colleagues who sign anonymously',
			'Engineering, Acme 2',
			shownFingerprint(view.root),
			shownFingerprint(view.fingerprint),
		]) {
			expect(page).toContain(part);
		}
		// The press contact stands above the signatories, and those who went are nowhere.
		expect(page.indexOf('For the press:')).toBeLessThan(page.indexOf('Żaneta'));
		expect([...folderOf(view).values()].join('')).not.toMatch(/Withdrawn Later|Struck Later/);
	});

	test('the account itself says where somebody may be counted twice, since a copy was restored', async () => {
		const view = { ...(await letterView((await fullLetter()).made.release, { isPublic: true })), restored: true };
		expect(words(indexPage(view, FRAME))).toContain('so somebody may be counted twice.');
		expect(words(indexPage({ ...view, restored: false }, FRAME))).not.toContain('counted twice');
	});

	test('the page of the numbers has every number, who says it, and what nobody can show', async () => {
		const { made } = await fullLetter();
		const page = words(folderOf(await letterView(made.release, { isPublic: true })).get('numbers.html')!);
		for (const part of [
			'Acme 2 4 6 0.6 % of 1,000 Source: Annual report',
			'Acme contractors 1 0 1 not stated',
			'All 3 4 7',
			'Acme group0.example 7 0 0 7',
			'Struck: the signer asked for it 1 0',
			'Withdrawn since the list was approved 0 1',
			'That nobody was left out.',
			'Compare with the headcount, and call people.',
		]) {
			expect(page).toContain(part);
		}
	});

	test('stands in several languages: each names itself, links to the others, and is written in its direction', () => {
		const folder = folderOf(aView(12, { translations: [spanish, arabic] }));
		const index = folder.get('index.html')!;
		expect(index).toContain('<a href="in-es.html" lang="es" hreflang="es">Español</a>');
		expect(index).toContain(
			'<link rel="alternate" hreflang="ar" href="https://letters.example/letters/we-refuse/in-ar.html">',
		);
		const page = folder.get('in-ar.html')!;
		expect(page).toMatch(/<div class="body" lang="ar" dir="rtl">/);
		expect(page).toContain('<a aria-current="page" lang="ar">العربية</a>');
		expect(words(page)).toContain('A translation, signed together with the letter in English.');
		expect(words(folder.get('in-es.html')!)).toContain('Fuente');
	});

	test('what came since stands under it: updates, the reply, the press; and is named at the top', () => {
		const said = { written: '2026-12-03T10:00:00Z', subject: 'A'.repeat(43) };
		const posts: ShownPost[] = [
			{ ...said, kind: 'update', number: 1, title: 'We met', text: 'They **listened**.' },
			{ ...said, kind: 'reply', number: 2, from: 'The board', text: '<b>No.</b>' },
			{
				...said,
				kind: 'coverage',
				number: 3,
				outlet: 'The Paper',
				title: 'A revolt',
				address: 'https://paper.example/?a=1&b=2',
			},
		];
		const page = indexPage({ ...aView(3), posts }, FRAME);
		expect(page).toContain('They <strong>listened</strong>.');
		expect(page).toContain('&lt;b&gt;No.&lt;/b&gt;');
		expect(page).toContain('<a href="https://paper.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow">');
		const read = words(page);
		expect(read).toContain('Reply from The board');
		expect(read.indexOf('Last added to 3 December 2026, with a reply')).toBeLessThan(
			read.indexOf('To the chief executives'),
		);
		expect(read.indexOf('Since the release')).toBeGreaterThan(read.indexOf('Signatories'));
	});

	test('tells how to show it elsewhere, and how large its files are', () => {
		const page = indexPage(aView(3), { ...FRAME, sizes: new Map([['letter.pdf', 84_321]]) });
		expect(words(page)).toContain('PDF 84 kB');
		expect(words(page)).toContain('<iframe src="https://letters.example/letters/we-refuse/embed.html"');
		const embed = folderOf(aView(3)).get('embed.html')!;
		expect(embed).not.toContain('<script');
		expect(words(embed)).toContain('595 signatures, 3 by name, 592 anonymously');
	});

	test('nobody has signed, nobody by name: it says so', () => {
		const none = { signatures: 0, named: 0, anonymous: 0, withdrawn: 0, struckAfter: 0 };
		expect(words(indexPage({ ...byLetter(aView(0)), totals: none }, FRAME))).toContain('Nobody has signed.');
		expect(words(indexPage(byLetter(aView(0)), FRAME))).toContain(
			'Nobody signed by name. 592 colleagues who sign anonymously',
		);
	});
});

describe('a letter that very many signed', () => {
	const view = byLetter(aView(4_000), 4_010);
	const folder = folderOf(view);

	test('shows the first on its first page, and every name once on a page of its letter, and on the page for paper', () => {
		const index = folder.get('index.html')!;
		expect(index.match(/<li id="n/g)).toHaveLength(120);
		expect(words(index)).toContain('The first 120 of 4,000 in the order of the alphabet.');
		const numbers = (page: string) => [...page.matchAll(/<li id="n(\d+)"/g)].map(([, number]) => Number(number));
		const onPages = [...folder].filter(([path]) => path.startsWith('names-')).flatMap(([, page]) => numbers(page));
		const all = Array.from({ length: 4_000 }, (_, at) => at + 1);
		expect(onPages.sort((a, b) => a - b)).toEqual(all);
		expect(numbers(folder.get('all.html')!).sort((a, b) => a - b)).toEqual(all);
	});

	test('each letter is one step away, from the first page and from every other', () => {
		const pages = [...folder.keys()].filter((path) => path.startsWith('names-'));
		expect(pages).toEqual(expect.arrayContaining(['names-a.html', 'names-z.html', 'names-script-han.html']));
		for (const from of ['index.html', ...pages]) {
			for (const to of pages) expect(folder.get(from)).toContain(`href="${to}"`);
		}
		expect(folder.get('names-a.html')).toContain('<a href="names-a.html" aria-current="true">A</a>');
	});
});

describe('the folder needs nobody', () => {
	test('every link leads to a file of it, to a place on the page, or is meant to go elsewhere', () => {
		const beside =
			/^(recount|by-hand)\.html$|^(letter\.(pdf|txt)|signatories\.csv|release\.json(\.jws)?|card\.png)$|^assets\//;
		for (const view of [aView(12, { translations: [spanish] }), byLetter(aView(300))]) {
			const folder = folderOf(view);
			for (const [path, page] of folder) {
				if (!path.endsWith('.html')) continue;
				const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
				expect(page.match(/ id="/g)?.length ?? 0).toBe(ids.size);
				for (const [tag, href] of page.matchAll(/<(?:a|link|script|img)\b[^>]*? (?:href|src)="([^"]*)"[^>]*>/g)) {
					const [to = '', place] = href!.split('#');
					if (/rel="(canonical|alternate)"|nofollow|^<link rel="icon"/.test(tag)) continue;
					const file = to === './' ? 'index.html' : to;
					if (to === '') expect(ids).toContain(place);
					else expect([path, file, folder.has(file) || beside.test(file)]).toEqual([path, file, true]);
				}
			}
		}
	});

	test('under embargo it leaves a place for whom it is prepared for, and is found by no search engine', () => {
		for (const [path, page] of folderOf(byLetter(aView(300)), { kind: 'embargo' })) {
			if (!path.endsWith('.html')) continue;
			expect(page).toContain('<body>\n<!--prepared-for-->\n');
			expect(page).toContain('content="noindex');
			expect(page).not.toMatch(/canonical|og:|ld\+json|letters\.example\/letters/);
			expect(words(page)).not.toContain('Released');
		}
		const open = [...folderOf(aView(3))].filter(([path]) => path.endsWith('.html') && path !== 'embed.html');
		for (const [, page] of open) {
			expect(page).not.toMatch(/noindex|prepared-for/);
			expect(page).toContain('<link rel="canonical" href="https://letters.example/letters/we-refuse/');
		}
	});

	test('a rehearsal shows every name, and links to nothing that is not there yet', () => {
		const assets = { style: '/assets/letter.css', read: null, recount: null };
		const page = indexPage(byLetter(aView(300, { translations: [spanish] })), { kind: 'rehearsal', assets });
		expect(page.match(/<li id="n/g)).toHaveLength(300);
		const links = [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href!);
		expect(links.filter((href) => !/^(#|mailto:|https:)/.test(href))).toEqual([]);
		expect(page).not.toContain('<script');
	});

	test('its own style sheet ends with the fingerprint, for the foot of each printed page', () => {
		const view = aView(3);
		const { path, text } = letterStyle(view, { path: 'assets/letter-abc.css', text: 'a{}\n' });
		const digits = shownFingerprint(view.root);
		expect(path).toBe(`assets/letter-abc-${digits.replaceAll(' ', '').slice(0, 12)}.css`);
		expect(text).toContain(`${digits.slice(0, 39)}\\a ${digits.slice(40)}`);
		expect(text.startsWith('a{}\n@page{')).toBe(true);
	});
});
