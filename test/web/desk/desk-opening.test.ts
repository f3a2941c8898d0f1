import { afterEach, expect, test, vi } from 'vitest';
import { DeskOpening } from '../../../web/desk/desk-opening.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

afterEach(() => vi.useRealTimers());

test('opening before the charter’s own last call is over is warned of, whatever the server says', async () => {
	const organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
	const { closesAt, lastCallHours } = organizers.letter.charter;
	const over = Date.parse(closesAt) + lastCallHours * 3_600_000;
	const said = async (now: number) => {
		vi.useFakeTimers({ toFake: ['Date'], now });
		const element = new DeskOpening();
		element.desk = deskOf(organizers);
		await show(element);
		await settled(element);
		expect(element.querySelector('button')?.textContent).toBe('Open your part of the names');
		return element.querySelector('.note')?.textContent ?? null;
	};
	expect(await said(over - 60_000)).toContain('last call ends on');
	expect(await said(over + 60_000)).toBeNull();
});
