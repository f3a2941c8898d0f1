/** Every error that a client can be told of, alphabetically. The messages say what to do. */
export const errorCodes = {
	internal: { status: 500, message: 'Something failed on our side. Nothing was lost; try again in a minute.' },
	'invalid-input': {
		status: 400,
		message: 'Something in what was sent is missing or not as expected. Correct it and send it again.',
	},
	'malformed-request': { status: 400, message: 'The request could not be read. Reload the page and try again.' },
	'not-found': { status: 404, message: 'There is nothing here. Check the link, or ask whoever gave it to you.' },
	'too-large': { status: 413, message: 'This is larger than what can be taken. Shorten it and send it again.' },
	'too-many-requests': { status: 429, message: 'Too many attempts from here. Wait a few minutes and try again.' },
	unavailable: { status: 503, message: 'The server is starting or stopping. Try again in a moment.' },
	'wrong-origin': {
		status: 403,
		message: 'This was not sent from the page itself. Open the page again and try once more.',
	},
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorCodes;
