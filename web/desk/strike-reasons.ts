import type { StrikeReason } from '../../shared/entry.ts';

/** In the words of organizers. Only counts by reason are published. */
export const STRIKE_WORDS: Record<StrikeReason, string> = {
	'not-a-person': 'Not a person’s name',
	'not-this-person': 'Not the person of this mailbox',
	twice: 'Signed twice',
	addressee: 'An addressee’s name',
	asked: 'Asked to be left out',
	other: 'Another reason',
};
