import { expect, test } from 'vitest';
import { classHeaders, type RouteClass, routeClass } from '../../server/route-classes.ts';
import { filled, routesOf } from '../support/route-table.ts';
import { startServer } from '../support/server.ts';
import { MINUTE, placeInReview, REVIEW } from './release/in-review.ts';

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

test('frames: a letter’s own page in nobody’s, its small one in everybody’s', () => {
	expect(classHeaders.page['Content-Security-Policy']).toContain("frame-ancestors 'none'");
	expect(classHeaders.private['Content-Security-Policy']).toContain("frame-ancestors 'none'");
	expect(classHeaders.embed['Content-Security-Policy']).toContain('frame-ancestors *');
});

test('what changes something is private, whatever its address', () => {
	for (const path of ['/', '/report', '/letters/a-letter/']) expect(routeClass('POST', path)).toBe('private');
});
