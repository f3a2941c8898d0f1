import { showVoucher } from './voucher.ts';

/**
 * The mail that everybody on a list gets, the same but for the code. It goes through the company, so it names no company, no letter and no product, and holds no link
 * to the letter: the fingerprint in one would come from the server instead of a colleague, filters of mail open and rewrite links, and whoever learns to sign by a link out of a
 * mail can be trapped by another. The host's address is in it so that nobody types the code elsewhere. docs/protocol.md, section 4.
 * @param origin of the host. @param code normal form of `readVoucher`
 */
export function rosterMail(origin: string, code: string): { subject: string; text: string } {
	const parts = [
		'Everybody on a list of work addresses gets this same mail, each with a code of their own. That it came to you says nothing about you. You need not do anything.',
		`Your code:\n\n${showVoucher(code)}`,
		'It is for one case only: a colleague has given you a link to something that people at your work sign together. Then you can type this code there in place of a voucher, and need no other mail. It works once, and signs without a name. This mail tells nobody whether you do.',
		`If you use it:\n- Use your own device and your own network, not your employer’s.\n- Take the link from a colleague whom you trust, never from a mail, this one included. It begins with ${origin}/\n- Whoever else reads this mailbox can read this mail, and use the code before you.`,
		'If you do not want it, delete this mail. Nothing happens then.',
	];
	return { subject: 'A code, to use or to ignore', text: `${parts.join('\n\n')}\n` };
}
