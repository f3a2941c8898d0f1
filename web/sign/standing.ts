/** Where a signature stands, in words. Pure, so that every state is on one screen. */
import { msg } from '@lit/localize';
import type { LetterState } from '../../shared/api/signing.ts';
import type { OwnSignature } from '../../shared/client/own-signature.ts';

type Standing = { heading: string; text: string };

export function standingOf(own: OwnSignature, letter: LetterState): Standing {
	if (letter === 'abandoned') {
		return {
			heading: msg('This letter was given up'),
			text: msg(
				'It was not released, and it will not be. Every signature and every name were erased on the server. What this browser kept of it can be forgotten.',
			),
		};
	}
	if (own.state === 'none') {
		return {
			heading: own.coming ? msg('Not signed so far') : msg('Not signed'),
			text: msg('The server knows no signature that belongs to the key in this browser.'),
		};
	}
	if (own.state === 'withdrawn') return { heading: msg('You took your name off'), text: afterWithdrawing(letter) };
	if (own.state === 'lapsed') {
		return {
			heading: msg('Your signature is not listed'),
			text: msg(
				'It lapsed when signing ended or the list was approved: too few others signed for your condition or your group, or the organizers struck it. They can also strike one after the release.',
			),
		};
	}
	if (own.state === 'published') {
		return { heading: msg('You are on the letter'), text: msg('Your signature was published with the letter.') };
	}
	if (!own.current) {
		return {
			heading: msg('The text was changed'),
			text: msg(
				'You signed an earlier text. Only if you sign the new one are you listed; if you do nothing, you are not.',
			),
		};
	}
	return { heading: msg('You are counted'), text: own.shown === 'named' ? byName(letter) : anonymously(letter) };
}

/** Of what was sent last, where no answer came and the server has not got it; else nothing. Paragraphs. */
export function stillComing({ state, coming }: OwnSignature): string[] {
	if (coming === undefined) return [];
	return [
		coming === 'named'
			? msg('What you sent last, a signature by name, was not answered. It may still arrive, and then it counts.')
			: msg('What you sent last, an anonymous signature, was not answered. It may still arrive, and then it counts.'),
		state === 'none'
			? msg(
					'Before it is there it cannot be taken off: look again later. If you do not want to wait, sign once more and take that off. What you sent before then comes too late.',
				)
			: msg('If you take your name off now, it comes too late.'),
	];
}

/** Whoever comes back does not say whether the name stood on the letter before it was taken off. */
function afterWithdrawing(letter: LetterState): string {
	if (letter === 'open') {
		return msg(
			'You are not counted, and what you had sealed is erased. While the letter is open you can sign it again.',
		);
	}
	if (letter === 'released') {
		return msg(
			'You are not counted, and what you had sealed is erased. If your name was published, it leaves the page and the files here within a minute; copies that others made stay.',
		);
	}
	return msg('You are not counted, and what you had sealed is erased.');
}

function byName(letter: LetterState): string {
	if (letter === 'open') {
		return msg(
			'You signed by name. Your signature is sealed until the organizers open all names together, after signing is over.',
		);
	}
	if (letter === 'scheduled') {
		return msg('You signed by name. The list is approved. Names on it go out with the letter.');
	}
	return msg('You signed by name. Signing is over. The organizers check the list before anything goes out.');
}

function anonymously(letter: LetterState): string {
	if (letter === 'open') {
		return msg(
			'You signed anonymously. Your signature is sealed until the organizers open all names together, after signing is over.',
		);
	}
	if (letter === 'scheduled') {
		return msg('You signed anonymously. The list is approved. Names on it go out with the letter.');
	}
	return msg('You signed anonymously. Signing is over. The organizers check the list before anything goes out.');
}

/** Said before it is done. */
export function whatWithdrawingDoes({ state }: OwnSignature, letter: LetterState): string {
	if (state === 'withdrawn') {
		return msg(
			'What you sent last then comes too late, should it still arrive. You can sign again while the letter is open.',
		);
	}
	if (letter === 'open') {
		return msg(
			'Your signature and your sealed name are erased here, and you are no longer counted. You can sign again while the letter is open.',
		);
	}
	if (letter === 'review') {
		return msg(
			'Your signature and your sealed name are erased here, and you are not on the letter. If the organizers have opened the names already, they have seen yours. You cannot sign again.',
		);
	}
	if (letter === 'scheduled') {
		return msg(
			'Your name goes off the list that was approved, and is not published. The organizers have seen it, and so may journalists whom they asked. You cannot sign again.',
		);
	}
	return msg(
		'Your name is taken off the page and the files here. It is counted as withdrawn. Copies that others made stay. You cannot sign again.',
	);
}
