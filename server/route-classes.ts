/**
 * Who may keep an answer, and who may show it: every route is of one of four classes, by its address. What no line here names is private.
 * Proven for each route of the router by test/server/route-classes.test.ts; told in docs/threat-model.md.
 */
import { contentSecurityPolicy } from './platform/http.ts';

export type RouteClass = 'private' | 'page' | 'file' | 'embed';

/** The first that matches. A letter's folder is `/letters/SLUG/`. */
const classes: readonly (readonly [RouteClass, RegExp])[] = [
	['page', /^\/(letters|privacy|questioned|report|safety)?$/],
	['file', /^\/(assets\/[^/]+|build\.json|favicon\.ico)$/],
	['embed', /^\/letters\/[^/]+\/embed\.html$/],
	['page', /^\/letters\/[^/]+(\/([^/]+\.html)?)?$/],
	['file', /^\/letters\/[^/]+\/.+$/],
];

export function routeClass(method: string, path: string): RouteClass {
	if (method !== 'GET' && method !== 'HEAD') return 'private';
	return classes.find(([, pattern]) => pattern.test(path))?.[0] ?? 'private';
}

const aMinute = 'public, max-age=60, must-revalidate';

/** An undefined one takes away what another class would have set. */
export const classHeaders: Readonly<Record<RouteClass, Readonly<Record<string, string | undefined>>>> = {
	/** Kept by nobody. */
	private: { ...toOurselves(), 'Cache-Control': 'no-store' },
	/** Everybody reads it, caches may keep it. */
	page: { ...toOurselves(), 'Cache-Control': aMinute },
	/** Anybody's page may fetch it: to recount, or to mirror, from wherever that page stands. */
	file: {
		...toEverybody("'none'"),
		'Cache-Control': aMinute,
		'Access-Control-Allow-Origin': '*',
		'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Range, ETag',
	},
	/** Stands in a frame on anybody's page. */
	embed: { ...toEverybody('*'), 'Cache-Control': aMinute },
};

function toOurselves(): Record<string, string | undefined> {
	return { ...toEverybody("'none'"), 'Cross-Origin-Resource-Policy': 'same-origin' };
}

function toEverybody(ancestors: string): Record<string, string | undefined> {
	return {
		'Content-Security-Policy': contentSecurityPolicy(ancestors),
		'Cross-Origin-Resource-Policy': 'cross-origin',
		'Access-Control-Allow-Origin': undefined,
		'Access-Control-Expose-Headers': undefined,
	};
}
