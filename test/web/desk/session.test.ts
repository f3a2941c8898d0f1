import { beforeAll, describe, expect, test } from 'vitest';
import { type Call, Refused } from '../../../shared/client/call.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
});

/** At a draft; `call` is the server. */
async function writing(call: Call): Promise<DeskApp> {
	const desk = deskOf(organizers, call);
	const view = organizers.view(0);
	const draft = { version: 1, draft: wholeDraft(new Date('2027-03-01T09:00:00Z')) };
	desk.view = { ...view, letter: { ...view.letter, state: 'draft' }, chain: null, draft };
	const element = new DeskApp();
	element.desk = desk;
	await show(element);
	await settled(element);
	return element;
}

const press = async (element: DeskApp, words: string) => {
	[...element.querySelectorAll('button')].find((one) => one.textContent === words)?.click();
	await settled(element);
};
const ended: Call = () => Promise.reject(new Refused('not-signed-in', 401, 'Log in.'));

describe('a session that ends', () => {
	test('while somebody writes says so, and that what was typed is kept', async () => {
		const element = await writing(ended);
		element.desk.draft?.change({ press: 'Typed in the last minute' });
		await element.desk.refresh();
		await settled(element);
		const note = element.querySelector('.note')?.textContent ?? '';
		expect(note).toContain('Your session has ended');
		expect(note).toContain('What you typed is still here');
		expect(element.desk.draft?.draft.press).toBe('Typed in the last minute');
	});

	test.each(['before', 'after'])(
		'and was begun anew: what is answered to the one before, %s the new one is shown, sends nobody out',
		async (when) => {
			const [late, shown] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
			const answers: Call[] = [() => late.promise, ended, () => shown.promise];
			const element = await writing(async (...asked) => answers.shift()?.(...asked));
			const { desk } = element;
			const before = desk.refresh();
			await desk.refresh();
			expect(desk).toMatchObject({ session: 'none', ended: true, organizer: null });
			const entering = desk.entered(organizers.organizer(0));
			if (when === 'after') {
				shown.resolve(organizers.view(0));
				await entering;
			}
			late.reject(new Refused('not-signed-in', 401, 'Log in.'));
			await before;
			shown.resolve(organizers.view(0));
			await entering;
			expect(desk).toMatchObject({ session: 'there', ended: false, organizer: { id: organizers.organizer(0).id } });
		},
	);

	test('while the words are asked back leads to logging in, without a dead end', async () => {
		const element = await writing(ended);
		const { desk } = element;
		const words = Array.from({ length: 24 }, (_, place) => `word${place}`);
		desk.enrolled = { organizer: organizers.organizer(0), words, wrapped: true };
		desk.changed();
		await settled(element);
		await press(element, 'I have written them down');
		for (const input of element.querySelectorAll<HTMLInputElement>('desk-words input')) {
			input.value = words[Number(input.id.replace('word-', ''))] ?? '';
		}
		await press(element, 'These are my words');
		expect(element.querySelector('h1')?.textContent).toBe('Your desk');
		expect(element.textContent).toContain('Your session has ended');
	});
});

test('what is still answered to who has logged out is not shown to whoever comes next', async () => {
	const late = Promise.withResolvers<unknown>();
	const element = await writing((method) => (method === 'GET' ? late.promise : Promise.resolve(null)));
	const { desk } = element;
	const before = desk.refresh();
	await desk.logOut();
	late.resolve(organizers.view(0));
	await before;
	expect(desk).toMatchObject({ session: 'none', organizer: null, view: null });
	await settled(element);
	expect(element.textContent).not.toContain('logged in');
});

test('who logs out is logged out on the server, and leaves nothing in the page', async () => {
	const asked: string[] = [];
	const element = await writing(async (method, path) => {
		asked.push(`${method} ${path}`);
		return null;
	});
	await press(element, 'Your keys and devices');
	await press(element, 'Log out');
	expect(asked).toContain('POST /api/desk/logout');
	const { desk } = element;
	expect([desk.session, desk.organizer, desk.view, desk.draft]).toEqual(['none', null, null, null]);
	expect(element.querySelector('h1')?.textContent).toBe('Your desk');
	expect(element.textContent).not.toContain('Your session has ended');
});
