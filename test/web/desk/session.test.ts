import { beforeAll, describe, expect, test } from 'vitest';
import { type Call, Refused } from '../../../shared/client/call.ts';
import { wordsOf } from '../../../shared/client/organizer.ts';
import { beginSheet } from '../../../web/desk/day-sheet.ts';
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
		expect(dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(false);
		element.desk.draft?.end();
	});

	test('keeps what stands in a field that was not left, too', async () => {
		const element = await writing(ended);
		const field = element.querySelector<HTMLTextAreaElement>('#labels');
		if (field === null) throw new Error('There are no labels.');
		field.closest('details')?.setAttribute('open', '');
		field.focus();
		field.value = 'Machinist';
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
		await element.desk.refresh();
		await settled(element);
		expect(element.querySelector('.note')?.textContent).toContain('What you typed is still here');
		expect(element.desk.draft?.draft.labels).toEqual(['Machinist']);
		element.desk.draft?.end();
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

test('what was typed into a draft that was opened meanwhile holds nobody up once it was seen: there is no draft any more', async () => {
	const view = organizers.view(0);
	const element = await writing(async (method) => {
		if (method === 'GET') return { ...view, letter: { ...view.letter, state: 'open' } };
		throw new Refused('wrong-state', 409, 'This is not a draft any more.');
	});
	const { desk } = element;
	desk.draft?.change({ title: 'Too late' });
	await desk.draft?.flush();
	await desk.refresh();
	await settled(element);
	expect(desk.draft).toBeNull();
	await press(element, 'I have seen it');
	expect(dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(true);
});

describe('another desk that is opened in the same browser, in another tab,', () => {
	const draftOf = (title: string) => ({ version: 1, draft: wholeDraft(new Date('2027-03-01T09:00:00Z'), { title }) });

	test.each(['letter', 'organizer'])(
		'ends this one, which shows nothing of it and keeps what was typed: another %s',
		async (other) => {
			const view = organizers.view(0);
			const theirs =
				other === 'letter'
					? { ...view, letter: { ...view.letter, id: 'A'.repeat(22) }, draft: draftOf('Of the other desk') }
					: { ...organizers.view(1), draft: draftOf('Of the other desk') };
			const element = await writing(async () => theirs);
			const { desk } = element;
			const copy = desk.draft;
			copy?.change({ title: 'Typed here' });
			await desk.refresh();
			await settled(element);
			expect(desk).toMatchObject({ session: 'none', organizer: null, view: null });
			expect([desk.draft, copy?.draft.title]).toEqual([copy, 'Typed here']);
			expect(element.textContent).toContain('another desk was opened in this browser');
			expect(element.textContent).not.toContain('Of the other desk');
		},
	);

	test('is asked nothing by this one: each request says whose it is, the draft’s own also when nobody is there any more', async () => {
		const asked: string[] = [];
		const element = await writing(async (method, path, _body, organizer) => {
			asked.push(`${method} ${path} ${organizer}`);
			const view = organizers.view(0);
			if (method === 'GET') return { ...view, letter: { ...view.letter, state: 'draft' }, draft: draftOf('Here') };
			throw new Refused('not-signed-in', 401, 'Log in.');
		});
		const { desk } = element;
		const { id } = organizers.organizer(0);
		const copy = desk.draft;
		await desk.refresh();
		desk.lock();
		copy?.change({ title: 'Typed here' });
		await copy?.flush();
		await desk.refresh();
		expect(asked).toContain(`GET /api/desk ${id}`);
		expect(asked).toContain(`PUT /api/desk/draft ${id}`);
		expect(asked.at(-1)).toBe('GET /api/desk undefined');
	});

	test('is asked nothing for the sheet of the day either: what was typed into it waits for whoever typed it', async () => {
		const sheet = beginSheet('2027-03-03T09:00:00Z');
		const asked: string[] = [];
		let other = false;
		const element = await writing(async (method, path, _body, organizer) => {
			asked.push(`${method} ${path} ${organizer}`);
			if (other && organizer !== organizers.organizer(1).id) {
				if (organizer !== undefined) throw new Refused('not-signed-in', 401, 'Log in.');
				return method === 'GET' ? organizers.view(1, { day: { version: 1, sheet } }) : { version: 2 };
			}
			return organizers.view(0, { day: { version: 1, sheet } });
		});
		const { desk } = element;
		desk.view = organizers.view(0, { day: { version: 1, sheet } });
		desk.goTo('day');
		await settled(element);
		const field = element.querySelector<HTMLTextAreaElement>('#speaks');
		if (field === null) throw new Error('There is no sheet.');
		field.value = 'Said by this letter only';
		field.dispatchEvent(new Event('input', { bubbles: true }));
		other = true;
		await desk.refresh();
		await settled(element);
		await desk.sheet?.flush();
		const { id } = organizers.organizer(0);
		const saved = asked.filter((one) => one.startsWith('PUT'));
		expect(saved.length).toBeGreaterThan(0);
		expect(saved.filter((one) => one !== `PUT /api/desk/day ${id}`)).toEqual([]);
		expect(desk.sheet).toMatchObject({ dirty: true, sheet: { speaks: 'Said by this letter only' } });
		desk.sheet?.end();
	});

	test('is not told that this one’s words are checked', async () => {
		const asked: string[] = [];
		const element = await writing(async (method, path, _body, organizer) => {
			asked.push(`${method} ${path} ${organizer}`);
			return ended(method, path);
		});
		const organizer = organizers.organizer(0);
		element.desk.enrolled = { organizer, words: wordsOf(organizer), wrapped: true };
		// As right after enrolling: nobody is at the desk before the words are on paper.
		element.desk.organizer = null;
		element.desk.changed();
		await settled(element);
		await press(element, 'I have written them down');
		for (const input of element.querySelectorAll<HTMLInputElement>('desk-words input')) {
			input.value = wordsOf(organizer)[Number(input.id.replace('word-', ''))] ?? '';
		}
		await press(element, 'These are my words');
		expect(asked).toContain(`POST /api/desk/words-checked ${organizer.id}`);
	});

	test('and is then opened here, too: nothing of the one before is saved there', async () => {
		const saved: unknown[] = [];
		const element = await writing(async (method, _path, body) => {
			if (method === 'GET') return organizers.view(1);
			saved.push(body);
			return { version: 2 };
		});
		const { desk } = element;
		const copy = desk.draft;
		copy?.change({ title: 'Typed here' });
		await desk.entered(organizers.organizer(1));
		await copy?.flush();
		expect(saved).toEqual([]);
		expect(desk.draft).not.toBe(copy);
		expect(desk.view?.you.organizer).toBe(organizers.organizer(1).id);
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
