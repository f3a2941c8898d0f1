/** What whoever signed has to know where the host lost data while people signed: nobody can write to them. Pure. */
import { msg } from '@lit/localize';
import type { LetterState, Restored } from '../../shared/api/signing.ts';
import type { OwnSignature } from '../../shared/client/own-signature.ts';

/** Paragraphs; none where nothing was lost, or nothing is left to lose. A withdrawal that came after the copy is lost as a signature is. */
export function afterRestoring(own: OwnSignature, letter: LetterState, restored: Restored): string[] {
	if (restored === null || letter === 'abandoned') return [];
	if (restored === 'after-signing') {
		const again = own.state === 'none' ? null : ofOne(own, letter);
		return again === null
			? []
			: [msg('Whoever runs this server restored this letter from a copy. What came after that copy is lost.'), again];
	}
	const happened =
		restored === 'without-keys'
			? msg(
					'Signing ended early: whoever runs this server lost the keys without which nobody can sign, and restored the rest from a copy. What came after that copy is lost.',
				)
			: msg(
					'Whoever runs this server restored this letter from a copy while people signed it. What came after that copy is lost.',
				);
	const one = ofOne(own, letter);
	return one === null ? [happened] : [happened, one];
}

function ofOne(own: OwnSignature, letter: LetterState): string | null {
	if (own.state === 'none') {
		return letter === 'open'
			? msg('If you signed, your signature is among it. You can sign once more.')
			: msg('If you signed, your signature is among it, and you are not on the letter.');
	}
	if (own.state === 'signed' || own.state === 'published') {
		return msg('If you took your name off after that copy was made, it stands here again: take it off once more.');
	}
	return null;
}
