import { expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { classHeaders, type RouteClass, routeClass } from '../../server/route-classes.ts';
import { filled, routesOf } from '../support/route-table.ts';
import { startServer } from '../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from './release/in-review.ts';

/** Directives of a policy by name. @throws where one stands twice: the second would not count */
function directives(policy: string): Map<string, string> {
	const parts = policy.split(';').map((part) => part.trim().split(' '));
	const found = new Map(parts.map(([name = '', ...values]) => [name, values.join(' ')]));
	expect([policy, found.size]).toEqual([policy, parts.length]);
	return found;
}

/** What stands on every answer, whatever its class: nothing inline, nothing from elsewhere, nothing told to others. */
function expectGuarded(where: string, headers: Headers): void {
	const { 'frame-ancestors': framing, ...policy } = Object.fromEntries(
		directives(headers.get('content-security-policy') ?? ''),
	);
	expect([where, framing]).toEqual([where, expect.stringMatching(/^('none'|\*)$/)]);
	expect([where, policy]).toEqual([
		where,
		{
			...{ 'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'img-src': "'self' data:" },
			...{ 'font-src': "'self'", 'connect-src': "'self'", 'worker-src': "'self'", 'manifest-src': "'self'" },
			...{ 'form-action': "'self'", 'base-uri': "'none'" },
			...{ 'require-trusted-types-for': "'script'", 'trusted-types': 'lit-html undersigned' },
		},
	]);
	const fixed = {
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': expect.stringMatching(/^(same|cross)-origin$/),
		'permissions-policy': expect.stringMatching(/^([a-z-]+=\(\)(, |$))+$/),
		// A form of a page that says nothing of where it comes from is sent with `Origin: null`, which is refused.
		'referrer-policy': /^(GET )?\/report$/.test(where) ? 'same-origin' : 'no-referrer',
		'x-content-type-options': 'nosniff',
	};
	for (const [name, value] of Object.entries(fixed))
		expect([where, name, headers.get(name)]).toEqual([where, name, value]);
}

/** What is not private is named here, with addresses that are answered well. */
const open: Record<string, Record<string, RouteClass>> = {
	'/': { '/': 'page' },
	'/letters': { '/letters': 'page' },
	'/privacy': { '/privacy': 'page' },
	'/safety': { '/safety': 'page' },
	'/questioned': { '/questioned': 'page' },
	'/report': { '/report': 'page' },
	'/build.json': { '/build.json': 'file' },
	'/favicon.ico': { '/favicon.ico': 'file' },
	'/assets/:name': { '/assets/BUILT': 'file' },
	'/letters/:slug': { '/letters/a-letter': 'page' },
	'/letters/:slug/:path{.*}': {
		'/letters/a-letter/': 'page',
		'/letters/a-letter/numbers.html': 'page',
		'/letters/a-letter/recount.html': 'page',
		'/letters/a-letter/embed.html': 'embed',
		'/letters/a-letter/release.json': 'file',
		'/letters/a-letter/files.json': 'file',
	},
};

test('every route that answers GET has the headers of its class, and an error is private', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server);
	await review.schedule(await review.compose());
	await server.due(MINUTE);
	const built = server.deps.assets.style('flow');
	const routes = routesOf(server.deps).filter(({ method }) => method === 'GET');
	const seen = new Set<RouteClass>();
	for (const { path } of routes) {
		const addresses = open[path] ?? { [filled(path.replace(/\{.*\}/, ''), 'unknown')]: 'private' as const };
		for (const [named, kind] of Object.entries(addresses)) {
			const address = named.replace('/assets/BUILT', built);
			expect([address, routeClass('GET', address)]).toEqual([address, kind]);
			const { status, headers } = await server.fetch(address);
			expectGuarded(address, headers);
			expect(headers.get('strict-transport-security')).toBeNull();
			if (kind !== 'private') expect([address, status < 400, headers.get('set-cookie')]).toEqual([address, true, null]);
			const { 'Cache-Control': caching, ...fixed } = classHeaders[kind];
			for (const [name, value] of Object.entries(fixed)) {
				expect([address, name, headers.get(name)]).toEqual([address, name, value ?? null]);
			}
			const kept = headers.get('cache-control') ?? '';
			if (kind === 'private') expect([address, kept]).toEqual([address, caching]);
			else expect([address, kept]).toEqual([address, expect.stringMatching(/^public, max-age=\d+/)]);
			seen.add(kind);
		}
	}
	expect([...seen].sort()).toEqual(['embed', 'file', 'page', 'private']);
	expect(Object.keys(open).filter((path) => !routes.some((route) => route.path === path))).toEqual([]);

	for (const address of ['/letters/unknown/', '/letters/a-letter/unknown.json', '/assets/unknown.js']) {
		const { status, headers } = await server.fetch(address);
		expect([address, status, headers.get('cache-control')]).toEqual([address, 404, 'no-store']);
		expect(headers.get('access-control-allow-origin')).toBeNull();
	}
});

test('what is posted is answered with the same, and behind TLS every answer says to stay there', async () => {
	const { deps } = await startServer();
	const origin = 'https://letters.example';
	const app = createApp({ ...deps, config: { ...deps.config, origin } });
	const routes = routesOf(deps).filter(({ method }) => method !== 'ALL');
	expect(new Set(routes.map(({ method }) => method)).size).toBe(4);
	for (const { method, path } of [
		...routes,
		{ method: 'GET', path: '/nowhere' },
		{ method: 'POST', path: '/nowhere' },
	]) {
		const where = `${method} ${filled(path.replace(/\{.*\}/, ''), 'unknown')}`;
		for (const from of [origin, 'https://elsewhere.example']) {
			const answer = await app.request(origin + where.split(' ')[1], { method, headers: { origin: from } });
			expectGuarded(where, answer.headers);
			const kept = [
				answer.headers.get('strict-transport-security'),
				answer.headers.get('access-control-allow-credentials'),
			];
			expect([where, ...kept]).toEqual([where, 'max-age=63072000; includeSubDomains', null]);
			if (method !== 'GET') expect([where, answer.headers.get('cache-control')]).toEqual([where, 'no-store']);
		}
	}
});

test('frames: a letter’s own page in nobody’s, its small one in everybody’s', () => {
	expect(classHeaders.page['Content-Security-Policy']).toContain("frame-ancestors 'none'");
	expect(classHeaders.private['Content-Security-Policy']).toContain("frame-ancestors 'none'");
	expect(classHeaders.embed['Content-Security-Policy']).toContain('frame-ancestors *');
});

test('what changes something is private, whatever its address', () => {
	for (const path of ['/', '/report', '/letters/a-letter/']) expect(routeClass('POST', path)).toBe('private');
});
