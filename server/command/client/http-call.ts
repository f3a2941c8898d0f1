/**
 * Carries the client protocol of shared/client over real HTTP, as a browser does: one cookie jar for each person, the server's
 * own origin, no Referer. The demo, load tests and outside checks drive a server with it:
 *
 * ```ts
 * const call = httpCall('http://localhost:3000')
 * const signer = new Signer({ call, keep: memoryKeep(), now: () => new Date() })
 * ```
 */
import { type Call, Refused, Unanswered } from '../../../shared/client/call.ts';
import { type ErrorCode, errorCodes } from '../../../shared/error-codes.ts';
import { FOR_ORGANIZER } from '../../../shared/for-organizer.ts';

/**
 * @param server its origin, such as `http://localhost:3000`. Each call of this makes another person, with a jar of their own.
 * @param more headers, such as those that a proxy adds
 */
export function httpCall(server: string, more: Record<string, string> = {}): Call {
	const jar = new Map<string, string>();
	return async (method, path, body, organizer) => {
		const headers: Record<string, string> = { ...more, origin: server, accept: 'application/json' };
		if (jar.size > 0) headers.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
		if (body !== undefined) headers['content-type'] = 'application/json';
		if (organizer !== undefined) headers[FOR_ORGANIZER] = organizer;
		const answer = await fetch(new URL(path, server), {
			method,
			headers,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		}).catch(() => null);
		if (answer === null) throw new Unanswered(`No answer came from ${server}.`);
		for (const cookie of answer.headers.getSetCookie()) remember(jar, cookie);
		const text = await answer.text().catch(() => null);
		if (text === null) throw new Unanswered(`The answer of ${server} broke off.`);
		if (answer.ok) return text === '' ? undefined : JSON.parse(text);
		throw refusal(answer, text);
	};
}

function remember(jar: Map<string, string>, cookie: string): void {
	const [pair = ''] = cookie.split(';');
	const at = pair.indexOf('=');
	const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1)];
	if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name);
	else jar.set(name, value);
}

function refusal(answer: Response, text: string): Refused {
	const problem: unknown = text.startsWith('{') ? JSON.parse(text) : {};
	const said = (name: string): string | null => {
		const value: unknown = typeof problem === 'object' && problem !== null ? Reflect.get(problem, name) : null;
		return typeof value === 'string' ? value : null;
	};
	const code = said('code');
	const known = (given: string | null): given is ErrorCode => given !== null && Object.hasOwn(errorCodes, given);
	const message = said('detail') ?? said('title') ?? `The server answered ${answer.status}.`;
	const wait = Number(answer.headers.get('retry-after'));
	return new Refused(known(code) ? code : 'internal', answer.status, message, wait > 0 ? wait : null, said('field'));
}
