import type { Config } from '../config.ts';
import { Problem } from './errors.ts';

/** Nothing inline, nothing from elsewhere. @param ancestors who may show the page in a frame */
export const contentSecurityPolicy = (ancestors: string): string =>
	[
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src 'self'",
		"worker-src 'self'",
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		`frame-ancestors ${ancestors}`,
		"require-trusted-types-for 'script'",
		'trusted-types lit-html undersigned',
	].join('; ');

/** What no page of ours asks a device for, and so no program in one may. */
const unused = [
	...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'idle-detection'],
	...['local-fonts', 'magnetometer', 'microphone', 'midi', 'payment', 'serial', 'usb'],
];

/** On every answer, with what route-classes.ts adds: no address of a page is passed on, no answer is taken for another type. */
export const securityHeaders = (config: Config): Record<string, string> => ({
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Permissions-Policy': unused.map((feature) => `${feature}=()`).join(', '),
	...(config.origin.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }),
});

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** State changes come from our own pages only: another Origin, or none, is refused. Proven by test/server/app.test.ts. */
export function requireOwnOrigin(method: string, headers: Headers, origin: string): void {
	if (safeMethods.includes(method)) return;
	if (headers.get('origin') !== origin) throw new Problem('wrong-origin');
}

const kilobyte = 1024;

/** Bytes that any request may have. */
const smallBody = 256 * kilobyte;

/** Bytes that a request says it brings. */
export const announced = (headers: Headers): number => Number(headers.get('content-length') ?? 0);

/** What comes without its length is small: see bodyLimit. */
export const isLarge = (headers: Headers): boolean => announced(headers) > smallBody;

/** Requests that may be larger than the rest, by path, where they say beforehand how large they are. */
export const largeBodies: readonly { path: RegExp; bytes: number }[] = [
	// Releases and shares of a large letter. Read only once the organizer is known.
	{ path: /^\/api\/desk\/(release|release\/approve|contribution)$/, bytes: 300 * kilobyte * kilobyte },
	// A list of work addresses.
	{ path: /^\/api\/desk\/mailings$/, bytes: 4096 * kilobyte },
	// A text and a charter, each with what JSON in JSON adds.
	{ path: /^\/api\/desk\/(draft|amendments)$/, bytes: 1024 * kilobyte },
];

/**
 * A body whose length is announced is refused or passed on unread, so that strangers are turned away before anything is held of it. One that
 * comes in chunks has to be read to be measured: that many bytes and no more. Proven by test/server/hostile-requests.test.ts.
 */
export function bodyLimit(path: string, headers: Headers): number {
	if (!headers.has('content-length') || headers.has('transfer-encoding')) return smallBody;
	return largeBodies.find((large) => large.path.test(path))?.bytes ?? smallBody;
}
