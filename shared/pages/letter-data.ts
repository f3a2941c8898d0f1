/** What machines read of a letter: previews where its link is posted (Open Graph), and schema.org data. With absolute addresses, since both travel. */
import { languageName } from './languages.ts';
import type { LetterPageView } from './letter-view.ts';
import { spell } from './numbers.ts';
import type { Html } from './shell.ts';
import { html, msg, str } from './words.ts';

/** In the open, where the host publishes it. @param path in the letter's folder; the letter itself unless told */
export function addressOf({ origin, slug }: LetterPageView, path = 'index.html'): string {
	return `${origin}/letters/${slug}/${path === 'index.html' ? '' : path}`;
}

/** For previews and search engines. */
export function describe({ document, totals }: LetterPageView): string {
	const { addressees } = document;
	const count = spell(totals.signatures);
	if (addressees === '')
		return totals.signatures === 1
			? msg('An open letter, with 1 signature.')
			: msg(str`An open letter, with ${count} signatures.`);
	return totals.signatures === 1
		? msg(str`An open letter to ${addressees}, with 1 signature.`)
		: msg(str`An open letter to ${addressees}, with ${count} signatures.`);
}

/** Open Graph, which those who read `twitter:` names fall back on. */
export function previewOf(view: LetterPageView, title: string, path: string): Html {
	return html`<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${describe(view)}">
<meta property="og:url" content="${addressOf(view, path)}">
<meta property="og:image" content="${addressOf(view, 'card.png')}">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${title}">
<meta property="article:published_time" content="${view.releasedAt}">
<meta name="twitter:card" content="summary_large_image">
`;
}

/**
 * schema.org, as JSON-LD for a script element of a type that browsers do not run: no content of the letter can end the element, since `<` is
 * written as an escape. Proven in test/shared/pages/hostile-letter.test.ts.
 */
export function letterData(view: LetterPageView): string {
	const { document, totals } = view;
	const file = (path: string, encodingFormat: string) => ({
		...{ '@type': 'MediaObject', encodingFormat, contentUrl: addressOf(view, path) },
	});
	const data = {
		...{ '@context': 'https://schema.org', '@type': 'Article', genre: 'Open letter', headline: document.title },
		...{ description: describe(view), inLanguage: document.language, datePublished: view.releasedAt },
		...{ url: addressOf(view, 'index.html'), image: addressOf(view, 'card.png'), isAccessibleForFree: true },
		author: view.groups
			.filter(({ named, anonymous }) => named + anonymous > 0)
			.map(({ name }) => ({ '@type': 'Organization', name: msg(str`People of ${name}`) })),
		...(document.addressees !== '' && { audience: { '@type': 'Audience', name: document.addressees } }),
		...(document.references.length > 0 && { citation: document.references }),
		workTranslation: view.texts.slice(1).map(({ title, language, path }) => ({
			...{ '@type': 'Article', headline: title, inLanguage: language, name: languageName(language) },
			url: addressOf(view, path),
		})),
		interactionStatistic: {
			...{ '@type': 'InteractionCounter', userInteractionCount: totals.signatures },
			interactionType: 'https://schema.org/EndorseAction',
		},
		encoding: [file('letter.pdf', 'application/pdf'), file('release.json', 'application/json')],
	};
	return JSON.stringify(data).replaceAll('<', '\\u003c');
}
