/** The numbers of a letter as sentences, for what is not a page. */
import { proofsSentence, restoredSentence, struckOf, sum } from '../pages/account.ts';
import type { AnonymousCell, LetterPageView, NamedSignatory } from '../pages/letter-view.ts';
import { spell, spellMoment } from '../pages/numbers.ts';
import { joinNames } from '../pages/people.ts';
import { spellShare } from '../pages/said-numbers.ts';
import { runsRight } from './type/clusters.ts';

/** "An open letter, signed by people of Northwind and Contoso" */
export function kicker(view: LetterPageView): string {
	const groups = view.groups.filter((group) => group.named + group.anonymous > 0).map((group) => group.name);
	return groups.length === 0 ? 'An open letter' : `An open letter, signed by people of ${joinNames(groups)}`;
}

/** Who has a file from before the release is told on it, since a file goes from hand to hand without the page that it came from. */
export const dateLine = ({ isPublic, releasedAt }: LetterPageView): string =>
	isPublic
		? `Released ${spellMoment(releasedAt)}`
		: `Under embargo until ${spellMoment(releasedAt)}. Not to be published or shared before.`;

export function accountSentences({ groups, totals, restored }: LetterPageView): string[] {
	const said: string[] = [];
	const proofs = proofsSentence(groups);
	if (proofs !== '') said.push(proofs);
	if (restored) said.push(restoredSentence());
	for (const { name, named, anonymous, headcount } of groups) {
		if (headcount === null) continue;
		const share = spellShare(named + anonymous, headcount.count);
		const part = share === '' ? '' : ` (${share})`;
		said.push(
			`${name}: ${spell(named + anonymous)} of about ${spell(headcount.count)}${part}; source: ${headcount.source}.`,
		);
	}
	const counts: [string, number][] = [
		['Struck by the organizers', sum(groups, struckOf)],
		['Lapsed', sum(groups, (group) => group.lapsed)],
		['Withdrawn since the list was approved', totals.withdrawn],
	];
	for (const [what, count] of counts) if (count > 0) said.push(`${what}: ${spell(count)}.`);
	return said;
}

/** What a file can show and what none can. */
export const CAN_SHOW =
	'Anybody can check that each signature was made with a proof of its group, that each proof is used once, that no text, name or number was altered, and that the organizers approved exactly this release.';
export const CANNOT_SHOW =
	'No file can show that the host gave one proof to each mailbox, that each mailbox is another person, or that nobody was left out. Signers can check that they are in it. Compare with the headcount, and call people.';

/** What stands under a name: its title, and its group where there are several. */
export function besideName(view: LetterPageView, { title, group }: NamedSignatory): string[] {
	return [...(title === '' ? [] : [title]), ...(view.groups.length > 1 ? [group] : [])];
}

/** What is left of a group beside its labels is "others": too few for a label of their own, or without one. */
export function cellName(view: LetterPageView, { group, label }: AnonymousCell): string {
	if (label !== null) return view.groups.length > 1 ? `${label}, ${group}` : label;
	const others = view.anonymous.some((cell) => cell.group === group && cell.label !== null);
	return `${others ? 'Others' : 'People'} of ${group}`;
}

/** Keeps what somebody typed from steering what stands beside it: FIRST STRONG ISOLATE to POP DIRECTIONAL ISOLATE, where it could. */
export const isolated = (text: string): string => (runsRight(text) ? text : `\u2068${text}\u2069`);
