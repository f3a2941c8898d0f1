/** How a client speaks with the server. The browser, the demo and load tests each bring their own way to carry a call. */
import type { ErrorCode } from '../error-codes.ts';

/**
 * One request of the HTTP API, answered with the JSON of its 2xx answer (undefined for an empty one).
 * @param path from the origin on, such as `/api/proofs`
 * @throws Refused for every other answer; anything else (a TypeError of fetch) means that no answer came, and the same call may be made again
 */
export type Call = (
	method: 'GET' | 'POST' | 'PUT' | 'DELETE',
	path: string,
	body?: Record<string, unknown>,
) => Promise<unknown>;

/** The server said no, with a problem of shared/error-codes.ts. `message` is fit to show to a person. */
export class Refused extends Error {
	readonly code: ErrorCode;
	readonly status: number;
	/** Seconds to wait, where the server said so. */
	readonly retryAfter: number | null;

	constructor(code: ErrorCode, status: number, message: string, retryAfter: number | null = null) {
		super(message);
		this.name = 'Refused';
		this.code = code;
		this.status = status;
		this.retryAfter = retryAfter;
	}
}
