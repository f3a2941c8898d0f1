import { afterEach, expect, test, vi } from 'vitest';
import { Refused, Unanswered } from '../../shared/client/call.ts';
import { apiClient, fetchFile } from '../../web/api-client.ts';

afterEach(() => vi.unstubAllGlobals());

/** The network, as the browser's fetch shows it. */
function network(answer: () => Promise<Response>): RequestInit[] {
	const seen: RequestInit[] = [];
	vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
		seen.push(init);
		return answer();
	});
	return seen;
}

const problem =
	(body: object, status: number, headers = {}) =>
	async () =>
		new Response(JSON.stringify(body), { status, headers });

test('no request sends a Referer, and a signer’s sends no cookie', async () => {
	const seen = network(async () => new Response('{"turn":1}'));
	expect(await apiClient('omit')('POST', '/api/signatures', { statement: '' })).toEqual({ turn: 1 });
	await apiClient('same-origin')('GET', '/api/desk');
	expect(seen.map(({ credentials, referrerPolicy, cache }) => [credentials, referrerPolicy, cache])).toEqual([
		['omit', 'no-referrer', 'no-store'],
		['same-origin', 'no-referrer', 'no-store'],
	]);
	expect(seen[1]?.body).toBeUndefined();
});

test('the language of the page is asked for, whatever the browser would ask for', async () => {
	const page = document.documentElement;
	const before = page.lang;
	try {
		const seen = network(async () => new Response('{}'));
		for (const language of ['ar-XB', 'en']) {
			page.lang = language;
			await apiClient('omit')('GET', '/api/desk');
		}
		expect(seen.map(({ headers }) => new Headers(headers).get('accept-language'))).toEqual(['ar-XB', 'en']);
	} finally {
		page.lang = before;
	}
});

test('a request says for which organizer it asks, where the desk does', async () => {
	const seen = network(async () => new Response('{}'));
	await apiClient('same-origin')('PUT', '/api/desk/draft', {}, 'organizer-of-this-tab');
	await apiClient('same-origin')('GET', '/api/desk');
	expect(seen.map(({ headers }) => new Headers(headers).get('for-organizer'))).toEqual(['organizer-of-this-tab', null]);
});

test('a problem becomes a Refused with the words for the person', async () => {
	const body = {
		code: 'too-many-requests',
		title: 'Too many.',
		detail: 'Wait five minutes.',
		status: 429,
		field: 'address',
	};
	network(problem(body, 429, { 'retry-after': '300' }));
	const refused = await apiClient('omit')('POST', '/api/confirmations', {}).catch((failure: unknown) => failure);
	expect(refused).toBeInstanceOf(Refused);
	expect(refused).toMatchObject({
		code: 'too-many-requests',
		status: 429,
		message: 'Wait five minutes.',
		retryAfter: 300,
		field: 'address',
	});
});

test('an answer of somebody else on the way is no problem of ours, and never shown', async () => {
	for (const answer of [
		problem({ code: 'made-up', title: '<b>' }, 502),
		async () => new Response('<html>', { status: 502 }),
	]) {
		network(answer);
		const refused = await apiClient('omit')('GET', '/api/desk').catch((failure: unknown) => failure);
		expect(refused).toMatchObject({ code: 'internal', status: 502 });
		expect((refused as Error).message).not.toContain('<');
	}
});

test('silence is told apart from a no', async () => {
	network(() => Promise.reject(new TypeError('Failed to fetch')));
	await expect(apiClient('omit')('GET', '/api/desk')).rejects.toBeInstanceOf(Unanswered);
	network(async () => new Response(null, { status: 204 }));
	expect(await apiClient('omit')('DELETE', '/api/desk/links/x')).toBeNull();
});

test('a published file is asked for as it stands now: one from the cache beside a fresh seal would seem altered', async () => {
	const asked = network(async () => new Response('{}'));
	for await (const piece of await fetchFile('release.json')) expect(piece).toHaveLength(2);
	expect(asked[0]?.cache).toBe('no-cache');
});
