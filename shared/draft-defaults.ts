/** What a draft becomes where nobody has chosen: everything but title, text, a group and a second organizer can wait, and the charter still has real values. */
import type { Draft } from './api/desk.ts';
import { writeTime } from './document.ts';

const DAY = 86_400_000;
const OPEN_DAYS = 14;
const CLOSES_AT_HOUR = 18;
const DAYS_UNTIL_ERASED = 60;

type DraftGroup = Draft['groups'][number];

/** The fewest that are more than half, and never one alone. */
export const leastMajority = (organizers: number): number => Math.max(2, Math.floor(organizers / 2) + 1);

/**
 * As it is printed where nobody named the group: a mail domain says whose people they are, and stands well in "signed by people of …".
 * Empty while there is nothing to go by.
 */
export function defaultGroupName({ proof, domains }: Pick<DraftGroup, 'proof' | 'domains'>): string {
	return proof === 'voucher' ? 'People with a voucher' : (domains[0] ?? '');
}

/**
 * Fills what was left open and changes nothing that somebody chose, also where it cannot stand (a threshold that was a majority before another organizer came in):
 * that is for people to put right.
 * @param organizers how many there are
 * @returns `threshold`, `closesAt` and `expiresOn` are never null
 */
export function withDefaults(draft: Draft, organizers: number, now: Date): Draft {
	const closesAt = draft.closesAt ?? writeTime(evening(now.getTime() + OPEN_DAYS * DAY));
	return {
		...draft,
		groups: draft.groups.map((group) =>
			group.name.trim() === '' ? { ...group, name: defaultGroupName(group) } : group,
		),
		threshold: draft.threshold ?? leastMajority(organizers),
		closesAt,
		expiresOn: draft.expiresOn ?? writeTime(new Date(Date.parse(closesAt) + DAYS_UNTIL_ERASED * DAY)),
	};
}

/** Of the day in UTC: the same for whoever looks, in whatever zone. */
function evening(at: number): Date {
	const day = new Date(at);
	day.setUTCHours(CLOSES_AT_HOUR, 0, 0, 0);
	return day;
}
