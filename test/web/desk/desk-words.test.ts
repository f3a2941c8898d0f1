import { expect, test } from 'vitest';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

const leaving = () => {
	const event = new Event('beforeunload', { cancelable: true });
	window.dispatchEvent(event);
	return event.defaultPrevented;
};

test('the browser asks before words go that are shown this once', async () => {
	const organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
	const element = new DeskApp();
	element.desk = deskOf(organizers, () => Promise.reject(new Error('Nothing is asked.')));
	const words = Array.from({ length: 24 }, (_, place) => `word${place}`);
	element.desk.enrolled = { organizer: organizers.organizer(0), words, wrapped: false };
	await show(element);
	await settled(element);
	expect(element.querySelectorAll('.words li')).toHaveLength(24);
	expect(leaving()).toBe(true);
	element.remove();
	expect(leaving()).toBe(false);
});
