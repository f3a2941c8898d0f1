/** All that may ever be logged. Nobody's address, name or IP, no body, no message of an error fits in here. */
export interface LogFields {
	code?: string;
	count?: number;
	database?: string;
	job?: string;
	letter?: string;
	method?: string;
	milliseconds?: number;
	mode?: string;
	origin?: string;
	port?: number;
	/** The pattern that matched, such as /letters/:slug; never the path that was asked for. */
	route?: string;
	status?: number;
	failure?: unknown;
}

const plainFields = [
	...(['code', 'count', 'database', 'job', 'letter', 'method', 'milliseconds', 'mode', 'origin', 'port'] as const),
	...(['route', 'status'] as const),
];

export type Log = (event: string, fields?: LogFields) => void;

/** One JSON line an event. The allow list is enforced here as well as by the type. Proven by test/server/platform/log.test.ts. */
export function createLog(write: (line: string) => void): Log {
	return (event, fields = {}) => {
		const line: Record<string, unknown> = { time: new Date().toISOString(), event };
		for (const field of plainFields) {
			const value = fields[field];
			if (value !== undefined) line[field] = typeof value === 'number' ? value : String(value).slice(0, 200);
		}
		if (fields.failure !== undefined) Object.assign(line, describeFailure(fields.failure));
		write(`${JSON.stringify(line)}\n`);
	};
}

const frame = /^ {4}at [^@]*(file:|node:|\/)[^\s]+:\d+:\d+\)?$/;

/** Where it failed and of what kind. Not the message: databases and mail servers quote people's data in theirs. */
function describeFailure(failure: unknown): { failure: string; failureCode?: string; at?: string[] } {
	if (!(failure instanceof Error)) return { failure: typeof failure };
	const code = 'code' in failure && typeof failure.code === 'string' ? failure.code : undefined;
	// The stack begins with the message, which may itself look like frames.
	const frames = (failure.stack ?? '')
		.replaceAll(failure.message, '')
		.split('\n')
		.filter((line) => frame.test(line));
	const at = frames.slice(0, 8).map((line) => line.trim().slice('at '.length));
	return { failure: failure.name, ...(code && /^[\w-]{1,40}$/.test(code) && { failureCode: code }), at };
}
