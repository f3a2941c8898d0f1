import type { Desk } from './desk.ts';

export type Loss = 'unsaved' | 'missed' | 'made';

/** What would go with logging out: nobody does so unasked. Proven by test/web/desk/told-once.test.ts and desk-frozen.test.ts. */
export function wouldLose({ unsaved, missed, made }: Desk): Loss | null {
	if (unsaved) return 'unsaved';
	if (missed.all.length > 0) return 'missed';
	return made.waits ? 'made' : null;
}
