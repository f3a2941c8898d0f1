import { expect, test } from 'vitest';
import { randomBytes } from '../../../shared/bytes.ts';
import { DeskSettings } from '../../../web/desk/desk-settings.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

test('who took a passkey that cannot open the keys tries the other one without leaving the page', async () => {
	const organizers = await OrganizerDesk.of({ organizers: 2, signers: [] });
	const desk = deskOf(organizers, async (method, path) => {
		if (method === 'GET') return organizers.view(0);
		return path === '/api/desk/login/options' ? { challenge: 'abc' } : null;
	});
	const output = randomBytes(32);
	/** The one that is taken next. */
	let takes: { id: string; prf: typeof output | null } = { id: 'an old key', prf: null };
	desk.parts.passkeys = {
		...desk.parts.passkeys,
		get: async () => ({ passkey: { id: takes.id }, prf: takes.prf }),
		prf: async () => takes.prf,
	};
	const element = await show(Object.assign(new DeskSettings(), { desk }));
	const button = () =>
		[...element.querySelectorAll('button')].find((one) => one.textContent === 'Let a passkey open your keys');
	button()?.click();
	await settled(element);
	expect(element.textContent).toContain('This passkey, or this browser, cannot do that.');
	takes = { id: 'a new key', prf: output };
	button()?.click();
	await settled(element);
	expect(element.textContent).not.toContain('cannot do that');
	expect(element.textContent).toContain('Done. It opens the desk by itself.');
	expect(button()).toBeUndefined();
});
