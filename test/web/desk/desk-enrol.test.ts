import { expect, test } from 'vitest';
import { newId } from '../../../shared/bytes.ts';
import { type Call, Refused, Unanswered } from '../../../shared/client/call.ts';
import { rootsInMemory } from '../../../shared/client/deciding.ts';
import type { Passkeys } from '../../../shared/client/organizer.ts';
import { Desk } from '../../../web/desk/desk.ts';
import { DeskEnrol } from '../../../web/desk/desk-enrol.ts';
import { settled } from '../settled.ts';
import { show } from './desk-stage.ts';

/** An authenticator without PRF. @param made counts the passkeys */
const passkeys = (made: string[]): Passkeys => ({
	create: async () => {
		made.push(newId());
		return { passkey: { id: made.at(-1) ?? '' }, prf: null, enabled: false };
	},
	get: () => Promise.reject(new Error('Nobody logs in here.')),
	prf: () => Promise.resolve(null),
});

/** A server that takes the enrolment, and whose first answer to it is lost. */
function losing(keys: string[]): Call {
	return async (_, path, body) => {
		if (path === '/api/desk/invitations/look') return { letter: { title: 'A letter', organizers: ['R.'] } };
		if (path.endsWith('/options')) return { challenge: 'abc' };
		if (path === '/api/desk/enrol') {
			keys.push(String(body?.key));
			if (keys.length === 1) throw new Unanswered('No answer came.');
			throw new Refused('invitation-ended', 410, 'This invitation was used.');
		}
		const session = { organizer: newId(), letter: newId(), name: 'K.', key: keys[0], passkeyId: null };
		return { ...session, wrappedSeed: null };
	};
}

test('an answer that was lost leaves everything in the page, and the same keys go on', async () => {
	const [keys, made]: [string[], string[]] = [[], []];
	const element = new DeskEnrol();
	element.desk = new Desk(
		{
			call: losing(keys),
			passkeys: passkeys(made),
			roots: rootsInMemory(),
			origin: 'https://letters.example',
			letterStyle: '',
			file: () => Promise.reject(new Error('No files here.')),
			print: () => Promise.reject(new Error('Nothing is printed here.')),
		},
		{ kind: 'join', invitation: 'A'.repeat(43) },
	);
	await show(element);
	const name = element.querySelector<HTMLInputElement>('#name');
	if (!name) throw new Error('There is no field for the name.');
	name.value = 'K.';
	name.form?.requestSubmit();
	await settled(element);
	expect(element.querySelector('.errors')?.textContent).toContain('No answer came.');
	expect(element.textContent).toContain('wait in this page');
	expect(name.readOnly).toBe(true);
	expect(element.desk.enrolled).toBeNull();

	name.form?.requestSubmit();
	await settled(element);
	expect(element.desk.enrolled?.words).toHaveLength(24);
	expect(element.desk.enrolled?.organizer.key).toBe(keys[0]);
	expect(new Set(keys).size).toBe(1);
	expect(made).toHaveLength(1);
	expect(element.desk.arrival).toBeNull();
});
