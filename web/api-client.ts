/** The only fetch of the browser's code. */

import { type Call, Refused, Unanswered } from '../shared/client/call.ts';
import { type ErrorCode, errorCodes } from '../shared/error-codes.ts';
import { FOR_ORGANIZER } from '../shared/for-organizer.ts';
import { msg, str } from '../shared/locales/say.ts';
import { streamPieces } from './stream-pieces.ts';

const offline = () =>
	msg(
		'No answer came from the server. What you typed is still here. See whether you are online, and try again in a minute.',
	);

type Problem = { code: ErrorCode; title: string; detail?: string; field?: string };

function isProblem(value: unknown): value is Problem {
	if (typeof value !== 'object' || value === null || !('code' in value) || typeof value.code !== 'string') return false;
	return Object.hasOwn(errorCodes, value.code) && 'title' in value && typeof value.title === 'string';
}

/**
 * @param cookie whether the organizer's cookie goes along. Signers have none, and nothing of theirs may carry one.
 * Asks for the language of the page, so that a refusal is told in it. Never sends a Referer. Proven by test/web/api-client.test.ts.
 */
export function apiClient(cookie: 'same-origin' | 'omit'): Call {
	return async (method, path, body, organizer) => {
		const headers = new Headers({ 'accept-language': document.documentElement.lang || 'en' });
		const request: RequestInit = {
			method,
			headers,
			credentials: cookie,
			referrerPolicy: 'no-referrer',
			cache: 'no-store',
		};
		if (body !== undefined) {
			request.body = JSON.stringify(body);
			headers.set('content-type', 'application/json');
		}
		if (organizer !== undefined) headers.set(FOR_ORGANIZER, organizer);
		let answer: Response;
		let text: string;
		try {
			answer = await fetch(path, request);
			text = await answer.text();
		} catch {
			throw new Unanswered(offline());
		}
		const json = parse(text);
		if (answer.ok) return json;
		if (isProblem(json)) {
			const wait = Number(answer.headers.get('retry-after')) || null;
			throw new Refused(json.code, answer.status, json.detail ?? json.title, wait, json.field ?? null);
		}
		throw new Refused(
			'internal',
			answer.status,
			msg('Something failed on our side. Nothing was lost; try again in a minute.'),
		);
	};
}

function parse(text: string): unknown {
	if (text === '') return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/**
 * A published file as it stands there now, as bytes, piece by piece. Never from the browser's cache unasked: files that belong together would be of different
 * ages, and the seal would seem broken after a withdrawal. @throws Refused, Unanswered */
export async function fetchFile(path: string): Promise<AsyncIterable<Uint8Array>> {
	let answer: Response;
	try {
		answer = await fetch(path, { cache: 'no-cache', credentials: 'omit', referrerPolicy: 'no-referrer' });
	} catch {
		throw new Unanswered(offline());
	}
	if (!answer.ok || answer.body === null)
		throw new Refused(
			answer.status === 404 ? 'not-found' : 'internal',
			answer.status,
			msg(str`No file came: the server answered ${answer.status}.`),
		);
	return streamPieces(answer.body);
}
