import { expect, test } from 'vitest';
import { readDaySheet, saveDaySheet } from '../../../shared/client/day.ts';
import { beginSheet } from '../../../web/desk/day-sheet.ts';
import { refusal, startLetter } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';

test('the sheet for the day is everybody’s: who saves over an older one is told, and another letter has its own', async () => {
	const server = await startServer({ database: 'postgres' });
	const [r, k] = await startLetter(server, 'R.', 'K.');
	const [stranger] = await startLetter(server, 'S.');
	expect(await readDaySheet(r.call)).toBeNull();
	const sheet = beginSheet('2027-03-01T09:00:00Z');
	expect(await saveDaySheet(r.call, 0, sheet)).toBe(1);
	// The answer was lost: the same again.
	expect(await saveDaySheet(r.call, 0, sheet)).toBe(1);
	expect(await readDaySheet(k.call)).toEqual({ version: 1, sheet });
	const spoken = { ...sheet, speaks: 'K.' };
	expect(await saveDaySheet(k.call, 1, spoken)).toBe(2);
	expect(await refusal(saveDaySheet(r.call, 1, { ...sheet, speaks: 'R.' }))).toBe('409 sheet-changed');
	expect(await refusal(saveDaySheet(r.call, 0, { ...sheet, speaks: 'R.' }))).toBe('409 sheet-changed');
	expect(await readDaySheet(r.call)).toEqual({ version: 2, sheet: spoken });
	expect(await readDaySheet(stranger.call)).toBeNull();
	expect(await refusal(saveDaySheet(stranger.call, 2, sheet))).toBe('404 not-found');
});
