import { LIMITS } from './limits.ts';

/** Every error that a client can be told of, alphabetically. The messages say what to do. */
export const errorCodes = {
	'address-differs': {
		status: 400,
		message: 'This is not the address that the code was sent to. Type the same address again.',
	},
	'address-domain': {
		status: 400,
		message: 'This domain is not one of the letter. Use the address that your employer gave you, or ask for a voucher.',
	},
	'address-format': {
		status: 400,
		message: 'This is not one plain address, such as kim.doe@company.example. Correct it and try again.',
	},
	'address-not-ascii': {
		status: 400,
		message: 'This address holds a character that is no plain letter, digit or sign. Type it again by hand.',
	},
	'address-role': {
		status: 400,
		message: 'This mailbox belongs to an office, not to one person. Use your own work address.',
	},
	'already-used': {
		status: 409,
		message:
			'This was used already, and it works once. If that was you, go on in the browser where you used it. If not, ask for another.',
	},
	'amendment-pending': {
		status: 409,
		message: 'Another change is waiting for approvals. Approve it or take it back first.',
	},
	'attempt-used': {
		status: 409,
		message: 'This attempt at a release has ended or is another one. Build the release again.',
	},
	'authenticator-refused': {
		status: 400,
		message:
			'This was not approved with your own key, or not over this. Reload the page, unlock your key and try again.',
	},
	'blinded-request-refused': {
		status: 400,
		message: 'The request of this browser is not as expected. Reload the page and try again.',
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
	'code-ended': { status: 410, message: 'Five codes were wrong, so this one is ended. Ask for a new code.' },
	'code-expired': { status: 410, message: 'This code is too old. Ask for a new one.' },
	'code-wrong': {
		status: 400,
		message: 'This is not the code. Look at the newest mail and type its eight digits again.',
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
	'last-call-running': {
		status: 409,
		message: 'Last call is not over yet: signers may still withdraw. Come back when it has ended.',
	},
	'letters-by-invitation': {
		status: 403,
		message: 'On this server letters are started by invitation. Ask whoever runs it for one.',
	},
	'link-unknown': {
		status: 404,
		message:
			'This link is too old or not whole, or signing has ended. Open the link in the newest mail, or ask for another where you began.',
	},
	'lost-words-full': {
		status: 409,
		message: 'Too many such requests wait for this letter already. Ask the organizers in another way.',
	},
	'lost-words-refused': { status: 400, message: 'This request does not hold. Reload the page and try again.' },
	'mailbox-already-proved': {
		status: 409,
		message:
			'This mailbox was used for this letter already, and each works once. If that was you, go on in the browser that you used, or with your words. If not, tell whoever gave you the link. What was done with it, nobody is told here.',
	},
	'mailbox-not-proved': {
		status: 409,
		message:
			'Your signature was not proven with this mailbox. Go back, and type the work address that you signed with.',
	},
	'mailing-gone': {
		status: 409,
		message: 'This mailing does not wait any more: it was stopped, or the letter was closed. Reload the page.',
	},
	'mailing-limit': {
		status: 409,
		message: `You have proposed ${LIMITS.mailingsOfOrganizer} mailings for this letter, and that is all. Ask another organizer to propose the next.`,
	},
	'mailing-pending': {
		status: 409,
		message: 'Another mailing is proposed or on its way. Wait for its end, or stop it.',
	},
	'malformed-request': { status: 400, message: 'The request could not be read. Reload the page and try again.' },
	'named-already': {
		status: 409,
		message: 'You have signed by name already. To take the name off, withdraw; then you can sign again.',
	},
	'no-release-draft': {
		status: 404,
		message: 'No release is proposed at the moment. Build one, or wait until another organizer does.',
	},
	'not-found': { status: 404, message: 'There is nothing here. Check the link, or ask whoever gave it to you.' },
	'not-signed-in': { status: 401, message: 'You are not logged in, or were logged out. Log in and try again.' },
	'passkey-refused': {
		status: 400,
		message: 'This passkey could not be used. Try again, or use another device or browser.',
	},
	'post-gone': {
		status: 409,
		message: 'This does not wait for approval any more: it was taken back. Reload the page.',
	},
	'post-refused': { status: 400, message: 'This cannot stand under the letter as it is. Correct it and try again.' },
	'proof-outdated': {
		status: 400,
		message: 'The clock of this device is off by more than ten minutes. Set it and try again.',
	},
	'release-changed': {
		status: 409,
		message: 'Another release is proposed by now. Reload the page, look at that one, and decide again.',
	},
	'release-invalid': {
		status: 422,
		message: 'This release does not hold. Reload the page and build it again.',
	},
	'release-needed': {
		status: 409,
		message:
			'This is the last approval that is needed, so the release itself must come with it. Send it again with the release.',
	},
	'release-outdated': {
		status: 409,
		message: 'Signatures were withdrawn or changed since this release was built. Reload the page and build it again.',
	},
	'release-time': {
		status: 400,
		message: 'The time of the release must be in the future, and before the letter expires. Choose another time.',
	},
	'sign-in-failed': {
		status: 401,
		message:
			'No desk opens with this passkey or these words. Try the other of the two, or check the words. The desk of a letter that was given up is erased.',
	},
	'sheet-changed': {
		status: 409,
		message: 'Somebody else changed the sheet meanwhile. Look at what is there now, and make your change again.',
	},
	'signature-lapsed': {
		status: 409,
		message: 'This signature does not count and is erased. There is nothing to withdraw.',
	},
	'signature-not-found': {
		status: 404,
		message: 'This signature is not held here any more. Reload the page.',
	},
	'signature-refused': { status: 400, message: 'This signature does not hold. Reload the page and sign again.' },
	'signing-ended': {
		status: 409,
		message:
			'Signing of this letter has ended, so this came too late and nothing of it was taken. The link to the letter says where it stands now.',
	},
	'slug-taken': {
		status: 409,
		message: 'Another letter has this address. Choose another one.',
	},
	'test-name-wrong': {
		status: 400,
		message: 'This is not the test name that was sealed to you. Have a new one sealed and open it again.',
	},
	suspended: {
		status: 403,
		message:
			'This desk is closed: you left it, or the other organizers suspended it. Enough of them together can open it again.',
	},
	'suspension-changed': {
		status: 409,
		message: 'Something else was decided about this organizer meanwhile. Look at the page again.',
	},
	'text-changed': { status: 409, message: 'The letter was changed meanwhile. Read it again and sign the new text.' },
	'too-large': { status: 413, message: 'This is larger than what can be taken. Shorten it and send it again.' },
	'too-many-requests': { status: 429, message: 'Too many attempts from here. Wait a few minutes and try again.' },
	'turn-too-low': {
		status: 409,
		message: 'Something newer came from your key already. Look up your signature and try again.',
	},
	unavailable: {
		status: 503,
		message: 'The server cannot do this at the moment. Nothing was lost; try again in a minute.',
	},
	'voucher-check': {
		status: 400,
		message: 'A character of this voucher is wrong, or two are swapped. Compare it with the card.',
	},
	'voucher-format': { status: 400, message: 'A voucher has 27 letters and digits. Type it again from the card.' },
	'voucher-limit': { status: 409, message: 'This is more vouchers than the charter allows for the group.' },
	'voucher-unknown': {
		status: 404,
		message: 'There is no such voucher, or it was taken back. Ask whoever gave it to you.',
	},
	'withdrawal-refused': {
		status: 400,
		message: 'This withdrawal was not made with the key that signed. Enter the words of that signature and try again.',
	},
	'waiting-limit': {
		status: 409,
		message: `${LIMITS.waitingOfOrganizer} of your proposals wait for the others already. Let them approve one, or take one back.`,
	},
	'wrong-origin': {
		status: 403,
		message: 'This was not sent from the page itself. Open the page again and try once more.',
	},
	'wrong-recipients': {
		status: 400,
		message: 'This must be sealed to every organizer of the letter, each once. Reload the page and try again.',
	},
	'wrong-state': {
		status: 409,
		message: 'The letter has moved on, and this cannot be done any more. Reload the page.',
	},
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorCodes;
