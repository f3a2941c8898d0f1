import type { Arrival } from './desk.ts';

/**
 * Reads `#start=…` or `#join=…` and takes it out of the address bar and the history, so that nobody who looks at the screen or the
 * browser's history later can use it.
 */
export function readArrival(location: Location, history: History): Arrival | null {
	const [, kind, invitation] = /^#(start|join)=([A-Za-z0-9_-]{43})$/.exec(location.hash) ?? [];
	if (location.hash !== '') history.replaceState(null, '', location.pathname);
	return (kind === 'start' || kind === 'join') && invitation ? { kind, invitation } : null;
}
