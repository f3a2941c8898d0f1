import type { Mail } from '../platform/mail.ts';

/**
 * Quiet: whoever else sees this mail learns that somebody asked for a code, and no letter, company or product. `link` is null
 * for letters that go by code only.
 */
export function confirmationMail(to: string, code: string, link: string | null): Mail {
	const parts = [
		code,
		'Somebody asked for this code for this address. Type it on the page where it was asked for. It works once, for about an hour.',
		...(link ? [`Or open this link, to go on in the browser that opens it:\n${link}`] : []),
		'If it was not you, ignore this mail: nothing happens without the code.',
	];
	return { to, subject: 'Your code', text: `${parts.join('\n\n')}\n` };
}
