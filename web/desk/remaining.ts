/** How many organizers are left against M, and what that means: said early, not when it is too late. */
import type { DeskView } from '../../shared/api/desk.ts';
import { readCharter } from '../../shared/charter.ts';
import { spellTime } from './times.ts';

/** `here`: not suspended, not left. `spare`: how many more may be lost; below 0 the letter is stuck. */
export type Remaining = { threshold: number; all: number; here: number; spare: number };

/** Null while no charter says how many must act together. */
export function remaining(view: DeskView): Remaining | null {
	const document = view.letter.state === 'draft' ? undefined : view.chain?.charters.at(-1);
	if (document === undefined) return null;
	const { threshold, organizers } = readCharter(document);
	const here = organizers.length - view.suspensions.filter(({ suspended }) => suspended).length;
	return { threshold, all: organizers.length, here, spare: here - threshold };
}

/** Whether M others are left who could suspend this organizer, or open their desk again. */
export function canDecideAbout({ threshold, here }: Remaining, suspended: boolean): boolean {
	return (suspended ? here : here - 1) >= threshold;
}

const count = (n: number) => (n === 1 ? 'one of you' : `${n} of you`);

export function explainRemaining(view: DeskView, left: Remaining): string {
	const { threshold, here, spare } = left;
	if (spare < 0)
		return `Only ${count(here)} ${here === 1 ? 'is' : 'are'} left, and it takes ${threshold}. ${stuck(view)}`;
	if (spare === 0) {
		return `${here === left.all ? 'All of you' : 'All of you who are left'} are needed: if one more leaves, or loses both passkey and words, nothing can be decided any more.`;
	}
	const whole = here === left.all ? 'All of you are here.' : `${here} of you are left.`;
	return `${whole} ${spare === 1 ? 'One may be lost; if two are' : `${spare} may be lost; if one more is`}, nothing can be decided any more.`;
}

function stuck({ letter, contributed }: DeskView): string {
	if (letter.state === 'scheduled') {
		return 'The letter still goes out at its minute. Once stopped, it could never be released again.';
	}
	if (letter.state === 'released') return 'Nothing can be added under the letter any more, and nobody struck from it.';
	const names = contributed.length === 0 ? 'The names can never be opened, and the letter' : 'The letter';
	const when = letter.expiresOn ? ` It is erased on ${spellTime(letter.expiresOn)}.` : '';
	return `${names} can never be released. Nobody can take anybody’s place.${when} Tell the people whom you asked to sign.`;
}
