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

function invited(call: Call, made: string[] = []): DeskEnrol {
	const element = new DeskEnrol();
	element.desk = new Desk(
		{
			call,
			passkeys: passkeys(made),
			roots: rootsInMemory(),
			origin: 'https://letters.example',
			letterStyle: '',
			file: () => Promise.reject(new Error('No files here.')),
			print: () => Promise.reject(new Error('Nothing is printed here.')),
		},
		{ kind: 'join', invitation: 'A'.repeat(43) },
	);
	return element;
}

test('an answer that was lost leaves everything in the page, and the same keys go on', async () => {
	const [keys, made]: [string[], string[]] = [[], []];
	const element = invited(losing(keys), made);
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

test('an invitation that gets no answer is not said to be used up: it is looked at again by a button', async () => {
	let failure: Error | null = new Unanswered('No answer came.');
	const element = invited(async () => {
		if (failure !== null) throw failure;
		return { letter: { title: 'A letter', organizers: ['R.'] } };
	});
	const again = () => [...element.querySelectorAll('button')].find((one) => one.textContent === 'Try again');
	await show(element);
	expect(element.querySelector('h1')?.textContent).toBe('Your invitation waits');
	expect(element.textContent).not.toContain('works once');
	// Whoever got the link first may have used it.
	expect(element.textContent).not.toContain('it is not used');
	expect(element.textContent).toContain('looking at it does not use it');
	failure = new Refused('unavailable', 503, 'Not at the moment.');
	again()?.click();
	await settled(element);
	expect(element.querySelector('h1')?.textContent).toBe('Your invitation waits');
	failure = null;
	again()?.click();
	await settled(element);
	expect(element.querySelector('h1')?.textContent).toBe('Organize this letter');

	failure = new Refused('invitation-ended', 410, 'This invitation was used.');
	element.desk.arrival = { kind: 'join', invitation: 'B'.repeat(43) };
	element.desk.changed();
	await settled(element);
	expect(element.querySelector('h1')?.textContent).toBe('This invitation does not open');
	expect(again()).toBeUndefined();
});

test('another link that is pasted into the page is looked at, and only what was looked at is spent', async () => {
	const spent: unknown[] = [];
	const element = invited(async (_method, path, body) => {
		const letter = String(body?.invitation)[0];
		if (path === '/api/desk/invitations/look') return { letter: { title: `Letter ${letter}`, organizers: ['R.'] } };
		if (path === '/api/desk/enrol/options') {
			spent.push(letter);
			// Pasted while the passkey is being made.
			element.desk.arrival = { kind: 'join', invitation: 'C'.repeat(43) };
			element.desk.changed();
			return { challenge: 'abc' };
		}
		if (path === '/api/desk/enrol') spent.push(letter);
		throw new Unanswered('No answer came.');
	});
	await show(element);
	expect(element.textContent).toContain('Letter A');
	element.desk.arrival = { kind: 'join', invitation: 'B'.repeat(43) };
	element.desk.changed();
	await settled(element);
	expect(element.textContent).toContain('Letter B');
	const name = element.querySelector<HTMLInputElement>('#name');
	if (!name) throw new Error('There is no field for the name.');
	name.value = 'K.';
	name.form?.requestSubmit();
	await settled(element);
	expect(spent).toEqual(['B', 'B']);
	expect(element.textContent).toContain('Letter B');
});
