/** What is said of each error, in the language of whoever is told. It says what to do. Servers say it, so that browsers need not hold it. */
import type { ErrorCode } from './error-codes.ts';
import { LIMITS } from './limits.ts';
import { msg, str } from './locales/say.ts';

export const errorWords: Readonly<Record<ErrorCode, () => string>> = {
	'address-differs': () => msg('This is not the address that the code was sent to. Type the same address again.'),
	'address-domain': () =>
		msg('This domain is not one of the letter. Use the address that your employer gave you, or ask for a voucher.'),
	'address-format': () =>
		msg('This is not one plain address, such as kim.doe@company.example. Correct it and try again.'),
	'address-not-ascii': () =>
		msg('This address holds a character that is no plain letter, digit or sign. Type it again by hand.'),
	'address-role': () => msg('This mailbox belongs to an office, not to one person. Use your own work address.'),
	'already-used': () =>
		msg(
			'This was used already, and it works once. If that was you, go on in the browser where you used it. If not, ask for another.',
		),
	'amendment-pending': () => msg('Another change is waiting for approvals. Approve it or take it back first.'),
	'attempt-used': () => msg('This attempt at a release has ended or is another one. Build the release again.'),
	'authenticator-refused': () =>
		msg('This was not approved with your own key, or not over this. Reload the page, unlock your key and try again.'),
	'blinded-request-refused': () =>
		msg('The request of this browser is not as expected. Reload the page and try again.'),
	'challenge-ended': () => msg('This took longer than five minutes, or was sent before. Begin again.'),
	'charter-changed': () =>
		msg('The charter is not the one that you compared: it was changed meanwhile. Reload the page and compare again.'),
	'charter-outdated': () => msg('This charter cannot be opened any more. Check the dates and freeze the letter again.'),
	'code-ended': () => msg('Five codes were wrong, so this one is ended. Ask for a new code.'),
	'code-expired': () => msg('This code is too old. Ask for a new one.'),
	'code-wrong': () => msg('This is not the code. Look at the newest mail and type its eight digits again.'),
	'draft-changed': () =>
		msg('Somebody else changed the draft meanwhile. Look at what is there now, and make your change again.'),
	'draft-frozen': () =>
		msg('The letter is frozen, so nothing of this was saved. Go back to writing first: that ends the approvals.'),
	internal: () => msg('Something failed on our side. Nothing was lost; try again in a minute.'),
	'invalid-input': () => msg('Something in what was sent is missing or not as expected. Correct it and send it again.'),
	'invitation-ended': () =>
		msg('This invitation was used, was taken back, or is more than seven days old. Ask for a new one.'),
	'last-call-running': () => msg('Last call is not over yet: signers may still withdraw. Come back when it has ended.'),
	'letters-by-invitation': () => msg('On this server letters are started by invitation. Ask whoever runs it for one.'),
	'link-unknown': () =>
		msg(
			'This link is too old or not whole, or signing has ended. Open the link in the newest mail, or ask for another where you began.',
		),
	'lost-words-full': () =>
		msg('Too many such requests wait for this letter already. Ask the organizers in another way.'),
	'lost-words-refused': () => msg('This request does not hold. Reload the page and try again.'),
	'mail-unavailable': () =>
		msg(
			'Mails do not go out at the moment. A code that you asked for just now may still come. Try again in a few minutes, or ask for a voucher.',
		),
	'mailbox-already-proved': () =>
		msg(
			'This mailbox was used for this letter already, and each works once. If that was you, go on in the browser that you used, or with your words. If not, tell whoever gave you the link. What was done with it, nobody is told here.',
		),
	'mailbox-not-proved': () =>
		msg(
			'Your signature was not proven with this mailbox. Go back, type the work address that you signed with, and ask for a new code: this one is used.',
		),
	'mailing-gone': () =>
		msg('This mailing does not wait any more: it was stopped, or the letter was closed. Reload the page.'),
	'mailing-limit': () =>
		msg(
			str`You have proposed ${LIMITS.mailingsOfOrganizer} mailings for this letter, and that is all. Ask another organizer to propose the next.`,
		),
	'mailing-pending': () => msg('Another mailing is proposed or on its way. Wait for its end, or stop it.'),
	'malformed-request': () => msg('The request could not be read. Reload the page and try again.'),
	'named-already': () =>
		msg('You have signed by name already. To take the name off, withdraw; then you can sign again.'),
	'no-release-draft': () =>
		msg('No release is proposed at the moment. Build one, or wait until another organizer does.'),
	'not-found': () => msg('There is nothing here. Check the link, or ask whoever gave it to you.'),
	'not-signed-in': () => msg('You are not logged in, or were logged out. Log in and try again.'),
	overloaded: () => msg('Too many people are here at this moment. Nothing was lost; try again in a few seconds.'),
	'passkey-refused': () => msg('This passkey could not be used. Try again, or use another device or browser.'),
	'post-gone': () => msg('This does not wait for approval any more: it was taken back. Reload the page.'),
	'post-refused': () => msg('This cannot stand under the letter as it is. Correct it and try again.'),
	'proof-outdated': () => msg('The clock of this device is off by more than ten minutes. Set it and try again.'),
	'release-changed': () =>
		msg('Another release is proposed by now. Reload the page, look at that one, and decide again.'),
	'release-invalid': () => msg('This release does not hold. Reload the page and build it again.'),
	'release-needed': () =>
		msg(
			'This is the last approval that is needed, so the release itself must come with it. Send it again with the release.',
		),
	'release-outdated': () =>
		msg('Signatures were withdrawn or changed since this release was built. Reload the page and build it again.'),
	'release-time': () =>
		msg('The time of the release must be in the future, and before the letter expires. Choose another time.'),
	'sheet-changed': () =>
		msg('Somebody else changed the sheet meanwhile. Look at what is there now, and make your change again.'),
	'sign-in-failed': () =>
		msg(
			'No desk opens with this passkey or these words. Try the other of the two, or check the words. The desk of a letter that was given up is erased.',
		),
	'signature-lapsed': () => msg('This signature does not count and is erased. There is nothing to withdraw.'),
	'signature-not-found': () => msg('This signature is not held here any more. Reload the page.'),
	'signature-refused': () => msg('This signature does not hold. Reload the page and sign again.'),
	'signing-ended': () =>
		msg(
			'Signing of this letter has ended, so this came too late and nothing of it was taken. The link to the letter says where it stands now.',
		),
	'slug-taken': () => msg('Another letter has this address. Choose another one.'),
	suspended: () =>
		msg(
			'This desk is closed: you left it, or the other organizers suspended it. Enough of them together can open it again.',
		),
	'suspension-changed': () => msg('Something else was decided about this organizer meanwhile. Look at the page again.'),
	'test-name-wrong': () =>
		msg('This is not the test name that was sealed to you. Have a new one sealed and open it again.'),
	'text-changed': () => msg('The letter was changed meanwhile. Read it again and sign the new text.'),
	'too-large': () => msg('This is larger than what can be taken. Shorten it and send it again.'),
	'too-many-requests': () => msg('Too many attempts from here. Wait a few minutes and try again.'),
	'too-slow': () => msg('What you sent came too slowly to wait for it. Look at your connection and send it again.'),
	'turn-too-low': () => msg('Something newer came from your key already. Look up your signature and try again.'),
	unavailable: () => msg('The server cannot do this at the moment. Nothing was lost; try again in a minute.'),
	'voucher-check': () => msg('A character of this voucher is wrong, or two are swapped. Compare it with the card.'),
	'voucher-format': () => msg('A voucher has 27 letters and digits. Type it again from the card.'),
	'voucher-limit': () => msg('This is more vouchers than the charter allows for the group.'),
	'voucher-unknown': () => msg('There is no such voucher, or it was taken back. Ask whoever gave it to you.'),
	'waiting-limit': () =>
		msg(
			str`${LIMITS.waitingOfOrganizer} of your proposals wait for the others already. Let them approve one, or take one back.`,
		),
	'withdrawal-refused': () =>
		msg('This withdrawal was not made with the key that signed. Enter the words of that signature and try again.'),
	'work-needed': () => msg('Very many people ask for codes at this moment. Nothing was lost; try again in a minute.'),
	'wrong-origin': () => msg('This was not sent from the page itself. Open the page again and try once more.'),
	'wrong-recipients': () =>
		msg('This must be sealed to every organizer of the letter, each once. Reload the page and try again.'),
	'wrong-state': () => msg('The letter has moved on, and this cannot be done any more. Reload the page.'),
};

/** Of a wrong code, before it is ended. @param left tries, at least 1 */
export const codeWrongWith = (left: number): string =>
	left === 1
		? msg('This is not the code. One more try; then ask for a new one.')
		: msg(str`This is not the code. ${left} more tries; then ask for a new one.`);

/** Of an allowance that is used up. @param seconds until the next is there */
export function tooManyUntil(seconds: number): string {
	if (seconds <= 60) return msg('Too many attempts from here. Wait a minute and try again.');
	return msg(str`Too many attempts from here. Wait ${Math.ceil(seconds / 60)} minutes and try again.`);
}
