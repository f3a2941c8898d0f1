/** What is left between the end of last call and the day on which everything is erased: in it the names are opened and checked, and the letter goes out. */
import type { Charter } from './charter.ts';
import { LIMITS } from './limits.ts';

type Dates = Pick<Charter, 'closesAt' | 'lastCallHours' | 'expiresOn'>;

const HOUR = 3_600_000;
/** The charter itself (docs/protocol.md) allows none at all; nobody is asked to approve one that could never be released. */
const LEAST = LIMITS.daysToRelease * 24 * HOUR;

/** In milliseconds; below 0 where last call would end later. */
export const timeToRelease = ({ closesAt, lastCallHours, expiresOn }: Dates): number =>
	Date.parse(expiresOn) - Date.parse(closesAt) - lastCallHours * HOUR;

export const leavesTimeToRelease = (dates: Dates): boolean => timeToRelease(dates) >= LEAST;

/** The latest closing time that leaves enough. */
export const latestClosing = ({ lastCallHours, expiresOn }: Omit<Dates, 'closesAt'>): Date =>
	new Date(Date.parse(expiresOn) - lastCallHours * HOUR - LEAST);
