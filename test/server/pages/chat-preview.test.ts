import { expect, test } from 'vitest';
import { openLetter } from '../../support/open-letter.ts';
import { startServer } from '../../support/server.ts';

/** What they call themselves who fetch a link to show something of it below a message. */
const FETCHERS = [
	'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
	'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
	'WhatsApp/2.23.20.0',
	'TelegramBot (like TwitterBot)',
	'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
	'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com',
	'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
];

const ALL = /<(?:title>([^<]*)<|(?:meta|link)\b[^>]*>)/g;

test('below an invite link in a chat stands nothing of the letter, of its company or of who organizes it', async () => {
	const server = await startServer();
	const letter = await openLetter(server);
	const path = `/l/${(await (await letter.signer()).record()).link}`;
	const { db } = server.deps;
	const states = [
		{ state: 'open' },
		{ state: 'review', last_call_until: new Date('2027-04-03T12:00:00Z') },
		{ state: 'scheduled', release_at: new Date('2027-05-01T09:00:00Z') },
		{ state: 'released', slug: 'quiet-nights' },
	] as const;
	for (const state of states) {
		await db.updateTable('letters').set(state).where('id', '=', letter.id).execute();
		const pages = await Promise.all(
			FETCHERS.map(async (agent) => {
				const answer = await server.fetch(path, { headers: { 'user-agent': agent, accept: '*/*' } });
				expect(answer.headers.get('x-robots-tag')).toContain('noindex');
				expect(answer.headers.get('link')).toBeNull();
				return answer.text();
			}),
		);
		// The same for all: a new one cannot be missing from a list.
		expect(new Set(pages).size).toBe(1);
		const [page = ''] = pages;
		const head = page.slice(0, page.indexOf('</head>'));
		expect(head).toContain('<title>A letter</title>');
		// Said outright, so that nobody falls back on the first lines of the text.
		for (const said of ['name="description"', 'property="og:description"']) {
			expect(head).toContain(`<meta ${said} content="Open it on your own phone.">`);
		}
		expect(head).toContain('<meta property="og:title" content="A letter">');
		const tags = [...head.matchAll(ALL)].map(([tag]) => tag).join('\n');
		expect(tags).not.toMatch(/quiet|nights|northwind|board|organizer|ada|og:image|oembed|canonical|ld\+json|refresh/i);
		expect(page).not.toMatch(/<(img|video|audio|picture)\b|itemprop=/);
	}
});
