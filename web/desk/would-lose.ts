import type { Desk } from './desk.ts';

export type Loss = 'unsaved' | 'made';

/** What would go with logging out: nobody does so unasked. Proven by test/web/desk/told-once.test.ts. */
export function wouldLose({ unsaved, made }: Desk): Loss | null {
	if (unsaved) return 'unsaved';
	return made.waits ? 'made' : null;
}
