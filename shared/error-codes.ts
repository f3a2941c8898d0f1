/** Every error that a client can be told of, alphabetically. The messages say what to do. */
export const errorCodes = {
	'amendment-pending': {
		status: 409,
		message: 'Another change is waiting for approvals. Approve it or take it back first.',
	},
	'authenticator-refused': {
		status: 400,
		message:
			'This was not approved with your own key, or not over this. Reload the page, unlock your key and try again.',
	},
	'challenge-ended': { status: 409, message: 'This took longer than five minutes, or was sent before. Begin again.' },
	'charter-changed': {
		status: 409,
		message:
			'The charter is not the one that you compared: it was changed meanwhile. Reload the page and compare again.',
	},
	'charter-outdated': {
		status: 409,
		message: 'This charter cannot be opened any more. Check the dates and freeze the letter again.',
	},
	'draft-changed': {
		status: 409,
		message: 'Somebody else changed the draft meanwhile. Look at what is there now, and make your change again.',
	},
	internal: { status: 500, message: 'Something failed on our side. Nothing was lost; try again in a minute.' },
	'invalid-input': {
		status: 400,
		message: 'Something in what was sent is missing or not as expected. Correct it and send it again.',
	},
	'invitation-ended': {
		status: 410,
		message: 'This invitation was used, was taken back, or is more than seven days old. Ask for a new one.',
	},
	'letters-by-invitation': {
		status: 403,
		message: 'On this server letters are started by invitation. Ask whoever runs it for one.',
	},
	'malformed-request': { status: 400, message: 'The request could not be read. Reload the page and try again.' },
	'not-found': { status: 404, message: 'There is nothing here. Check the link, or ask whoever gave it to you.' },
	'not-signed-in': { status: 401, message: 'You are not logged in, or were logged out. Log in and try again.' },
	'passkey-refused': {
		status: 400,
		message: 'This passkey could not be used. Try again, or use another device or browser.',
	},
	'sign-in-failed': {
		status: 401,
		message: 'No desk opens with this passkey or these words. Try the other of the two, or check the words.',
	},
	'too-large': { status: 413, message: 'This is larger than what can be taken. Shorten it and send it again.' },
	'too-many-requests': { status: 429, message: 'Too many attempts from here. Wait a few minutes and try again.' },
	unavailable: { status: 503, message: 'The server is starting or stopping. Try again in a moment.' },
	'wrong-origin': {
		status: 403,
		message: 'This was not sent from the page itself. Open the page again and try once more.',
	},
	'wrong-state': {
		status: 409,
		message: 'The letter has moved on, and this cannot be done any more. Reload the page.',
	},
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorCodes;
