/** When everything is erased by itself, and from when on the desk says so on every page. */
import type { DeskView } from '../../shared/api/desk.ts';

const NOTICE_DAYS = 14;

/** Null where nothing is erased by itself: a released letter, one that goes out before it would expire, a draft that was changed just now. */
export function expiryOf({ letter }: Pick<DeskView, 'letter'>): string | null {
	const { state, draftExpiresOn, expiresOn, releaseAt } = letter;
	if (state === 'draft') return draftExpiresOn;
	if (state === 'open' || state === 'review') return expiresOn;
	if (state !== 'scheduled' || expiresOn === null) return null;
	return releaseAt !== null && releaseAt <= expiresOn ? null : expiresOn;
}

export function isNear(expiry: string, now: string): boolean {
	return Date.parse(expiry) - Date.parse(now) <= NOTICE_DAYS * 86_400_000;
}
