import { type ErrorCode, errorCodes } from '../../shared/error-codes.ts';
import { errorWords } from '../../shared/error-words.ts';

/** What went wrong, in words that the person who asked can act on, and in their language. The code decides status and message. */
export class Problem extends Error {
	override name = 'Problem';
	readonly code: ErrorCode;
	/** What exactly, when the code's own message is not enough. It is shown to whoever asked: nothing internal in it. */
	readonly detail: string | undefined;
	/** The field of the form that it is about. */
	readonly field: string | undefined;
	/** What stands there by now, where somebody else was quicker: so that nothing typed has to be lost. */
	readonly present: unknown;
	/** Seconds after which it may work, for `Retry-After` (RFC 9110, section 10.2.3). */
	readonly retryAfter: number | undefined;

	constructor(
		code: ErrorCode,
		about: { detail?: string; field?: string; present?: unknown; retryAfter?: number } = {},
	) {
		super(errorWords[code]());
		this.code = code;
		this.detail = about.detail;
		this.field = about.field;
		this.present = about.present;
		this.retryAfter = about.retryAfter ?? (this.status === 503 ? 5 : undefined);
	}

	get status(): (typeof errorCodes)[ErrorCode]['status'] {
		return errorCodes[this.code].status;
	}
}

export interface ProblemJson {
	type: string;
	title: string;
	status: number;
	code: ErrorCode;
	detail?: string;
	field?: string;
	present?: unknown;
}

/** RFC 9457; what goes beyond it stands as extension members (section 3.2). */
export const toProblemJson = ({ code, message, status, detail, field, present }: Problem): ProblemJson => ({
	type: `urn:undersigned:problem:${code}`,
	title: message,
	status,
	code,
	...(detail !== undefined && { detail }),
	...(field !== undefined && { field }),
	...(present !== undefined && { present }),
});

interface Issue {
	message: string;
	expected: string | null;
	/** What came, in quotes. */
	received: string;
	path?: readonly { key: unknown }[] | undefined;
}

interface Checked {
	success: boolean;
	issues?: undefined | readonly Issue[];
}

/**
 * The validator's hook in every api: input that does not fit its schema is a Problem about its first wrong field. Nothing of what came is repeated: it may be an
 * address, and a name of a field that nobody asked for may be anything. Proven by test/server/planted-secrets.test.ts.
 */
export function refuseInvalid(checked: Checked): void {
	if (checked.success) return;
	const issue = checked.issues?.[0];
	const field = issue?.path?.map(({ key }) => String(key)).join('.');
	const known = field && /^[A-Za-z0-9_.]{1,100}$/.test(field) ? field : undefined;
	throw new Problem('invalid-input', { ...(issue && { detail: inOurWords(issue) }), ...(known && { field: known }) });
}

/** A schema's own message, if it has one; the library's quotes what it received. */
function inOurWords({ message, expected, received }: Issue): string {
	return message.endsWith(`eceived ${received}`) ? `Expected ${expected ?? 'something else'}.` : message;
}
