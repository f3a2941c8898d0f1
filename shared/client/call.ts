/** How the client protocol reaches a server: injected, so that browser, demo and tests drive the same code. */
import type { ErrorCode } from '../error-codes.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * Asks the server. `path` begins with /api/; `body` is sent as JSON. Resolves with the JSON of the answer, null when it has none.
 * The cookie, where there is one, is the caller's. @throws Refused
 */
export type Call = (method: Method, path: string, body?: unknown) => Promise<unknown>

/** `offline`: no answer came; everything else was said by the server. */
export type RefusedCode = ErrorCode | 'offline'

/** The server's "no" (problem JSON), or its silence. The message says what to do. */
export class Refused extends Error {
	override name = 'Refused'
	readonly code: RefusedCode
	/** HTTP status, 0 when offline. */
	readonly status: number
	/** The field of the request that it is about, such as `draft.title`. */
	readonly field: string | undefined

	constructor(code: RefusedCode, status: number, message: string, field?: string) {
		super(message)
		this.code = code
		this.status = status
		this.field = field
	}
}
