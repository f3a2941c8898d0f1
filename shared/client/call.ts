/** How a client speaks with the server. The browser, the demo and load tests each bring their own way to carry a call. */
import type { ErrorCode } from '../error-codes.ts';

/**
 * One request of the HTTP API, answered with the JSON of its 2xx answer (undefined for an empty one).
 * @param path from the origin on, such as `/api/proofs`
 * @param organizer whose desk asks (shared/for-organizer.ts): refused in the session of anybody else
 * @throws Refused for every other answer; anything else (the browser's client throws Unanswered) means that no answer came, and the same call may be made again
 */
export type Call = (
	method: 'GET' | 'POST' | 'PUT' | 'DELETE',
	path: string,
	body?: Record<string, unknown>,
	organizer?: string,
) => Promise<unknown>;

/** The same, always in this organizer's name: in the session of anybody else nothing of it is done. */
export function callOf(call: Call, organizer: string): Call {
	return (method, path, body) => call(method, path, body, organizer);
}

/** The server said no, with a problem of shared/error-codes.ts. `message` is fit to show to a person. */
export class Refused extends Error {
	override name = 'Refused';
	readonly code: ErrorCode;
	readonly status: number;
	/** Seconds to wait, where the server said so. */
	readonly retryAfter: number | null;

	/** The field of the request that it is about, such as `draft.title`. */
	readonly field: string | null;

	constructor(
		code: ErrorCode,
		status: number,
		message: string,
		retryAfter: number | null = null,
		field: string | null = null,
	) {
		super(message);
		this.code = code;
		this.status = status;
		this.retryAfter = retryAfter;
		this.field = field;
	}
}

/** No answer came: offline, or the server is away. Nothing is known of whether the request arrived. */
export class Unanswered extends Error {
	override name = 'Unanswered';
}
