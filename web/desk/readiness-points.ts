/** What organizers try before they freeze, as points of the checklist: their words and keys, and work inboxes. */
import type { DeskView, Draft } from '../../shared/api/desk.ts';
import { ended, joinNames } from '../../shared/pages/people.ts';
import { type Point, point } from './checklist-point.ts';

export function peoplePoints(view: DeskView): Point[] {
	const { organizers, invitations, readiness } = view;
	const wordless = organizers.filter((one) => !one.wordsChecked).map((one) => one.name);
	const opened = new Set(readiness.testNames.filter((one) => one.opened).map((one) => one.organizer));
	const untried = organizers.filter(({ id }) => !opened.has(id)).map((one) => one.name);
	return [
		point('At least two organizers', 'people', organizers.length < 2 ? 'Invite somebody whom you trust.' : null),
		point(
			'Everyone has checked their words',
			'people',
			wordless.length === 0
				? null
				: `${ended(`Not yet: ${joinNames(wordless)}`)} They find it under “Your keys and devices”.`,
		),
		point(
			'Everyone’s keys opened a sealed test name',
			'people',
			untried.length === 0
				? null
				: `${ended(`Not yet: ${joinNames(untried)}`)} It happens by itself when they come to the desk.`,
		),
		point(
			'No invitation is open',
			'people',
			invitations.length === 0
				? null
				: 'Whoever comes in after freezing ends the freeze, and all compare and approve again. Once the letter is open, nobody can come in.',
			'may',
		),
	];
}

/** Enough to know that the mail gets through, in the draft's own domains: one inbox of each, and two in all. */
const INBOXES = 2;

/** None while there is no domain to try. */
export function testMailPoints({ readiness, organizers }: DeskView, draft: Draft): Point[] {
	const domains = draft.groups.flatMap((group) => (group.proof === 'mailbox' ? group.domains : []));
	if (domains.length === 0) return [];
	const reached = readiness.testMails.filter(({ domain }) => domains.includes(domain));
	const inboxes = reached.reduce((sum, one) => sum + one.inboxes, 0);
	const missing = domains.filter((domain) => !reached.some((one) => one.domain === domain));
	const nameOf = (id: string) => organizers.find((one) => one.id === id)?.name ?? 'somebody who left';
	const counted = reached.map(
		({ domain, inboxes, by }) => `${inboxes} at ${domain}, tried by ${joinNames(by.map(nameOf))}`,
	);
	const done = missing.length === 0 && inboxes >= INBOXES;
	const none = missing.map((domain) => `none at ${domain}`);
	const said = counted.length === 0 ? 'Nobody has tried it.' : ended([...counted, ...none].join('; '));
	return [
		{
			done,
			weight: 'advised',
			text: 'A code reached two work inboxes',
			detail: done || counted.length === 0 ? said : `So far ${said}`,
			fix: 'test-mail',
		},
	];
}
