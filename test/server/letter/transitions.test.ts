import { expect, test } from 'vitest';
import { transition, transitions } from '../../../server/letter/transitions.ts';
import { letterState } from '../../../shared/api/signing.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { refusal } from '../../support/desk.ts';

test('a letter ends released or abandoned, and whatever is not released can be abandoned', () => {
	const ends = letterState.options.filter((state) => transitions[state].length === 0);
	expect(ends).toEqual(['released', 'abandoned']);
	const others = letterState.options.filter((state) => !ends.includes(state));
	for (const state of others) expect(transitions[state]).toContain('abandoned');
});

onEachDatabase('a letter moves', (open) => {
	test('only as the table says, and only from the state that it is in', async () => {
		const { db } = await open();
		for (const from of letterState.options) {
			for (const to of letterState.options) {
				const id = `${from} ${to}`;
				await db.insertInto('letters').values({ id, state: from, draft: null }).execute();
				const moved = await refusal(db.transaction().execute((trx) => transition(trx, id, from, to)));
				expect(moved).toBe(transitions[from].includes(to) ? 'not refused' : '409 wrong-state');
			}
		}
		await db.insertInto('letters').values({ id: 'x', state: 'open', draft: null }).execute();
		const stale = db.transaction().execute((trx) => transition(trx, 'x', 'review', 'scheduled'));
		expect(await refusal(stale)).toBe('409 wrong-state');
	});
});
