import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { abandonSubject } from '../../../shared/approval.ts';
import { type Call, Refused, Unanswered } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { titleOf } from '../../../web/desk/letter-title.ts';
import { keepMarks, lastMarks } from '../../../web/desk/rehearsal/kept-marks.ts';
import { approvalsOf, someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
});

// Every page of these tests is of one origin.
afterEach(() => localStorage.clear());

type Server = { last: boolean; lost?: Error; decidedBy?: number[] };

/** As the server does it (test/server/letter/decision.test.ts): with the last decision organizers and sessions are gone. `lost` comes in place of its answer, once. */
async function givingUp({ last, lost, decidedBy = [] }: Server) {
	const server = { gone: false, lost };
	const call: Call = async (method) => {
		if (server.gone) throw new Refused('not-signed-in', 401, 'Log in.');
		if (method === 'GET') return inReview;
		server.gone = last;
		if (server.lost !== undefined) throw server.lost;
		return { state: last ? 'abandoned' : 'review' };
	};
	const plain = organizers.view(0);
	const subject = await abandonSubject(organizers.letter.fingerprint);
	const all = await approvalsOf(organizers.letter, 'abandon', subject);
	const decisions = [{ kind: 'abandon' as const, approvals: decidedBy.flatMap((at) => all[at] ?? []) }];
	const inReview = { ...plain, letter: { ...plain.letter, state: 'review' as const }, contributed: [], decisions };
	const desk = deskOf(organizers, call);
	desk.view = inReview;
	const { letter } = organizers.organizer(0);
	await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	keepMarks(letter, { parts: {}, signatures: [] });
	const element = await show(Object.assign(new DeskApp(), { desk }));
	await settled(element);
	const decide = async () => {
		const decision = element.querySelector<HTMLElement>('desk-decision[kind="abandon"]');
		const typed = decision?.querySelector('input');
		if (typed) typed.value = titleOf(inReview);
		decision?.querySelector('form')?.requestSubmit();
		await settled(element);
	};
	await decide();
	const refresh = async () => {
		await desk.refresh();
		await settled(element);
	};
	const text = () => element.textContent?.replaceAll(/\s+/g, ' ') ?? '';
	return { desk, letter, text, element, server, decide, refresh };
}

test('whoever gives the letter up with the last decision is told so, and nothing of it stays in this browser', async () => {
	const { desk, letter, element, text } = await givingUp({ last: true });
	expect(element.querySelector('h1')?.textContent).toBe('The letter was abandoned');
	expect(document.activeElement).toBe(element.querySelector('h1'));
	expect(text()).not.toContain('Your session has ended');
	expect([desk.parts.roots.read(letter), lastMarks(letter)]).toEqual([null, null]);
	expect([desk.organizer, desk.view]).toEqual([null, null]);
	expect(element.querySelectorAll('main')).toHaveLength(1);
});

test('a decision that is not the last erases nothing here', async () => {
	const { desk, letter, text } = await givingUp({ last: false });
	expect(text()).not.toContain('The letter was abandoned');
	expect(desk.parts.roots.read(letter)).not.toBeNull();
	expect(lastMarks(letter)).not.toBeNull();
});

test('whoever is sent out by what others decided, or by its end, is told that this may be why, and keeps what this browser knows', async () => {
	const { desk, letter, text, element } = await givingUp({ last: false });
	const ended: Call = () => Promise.reject(new Refused('not-signed-in', 401, 'Log in.'));
	desk.parts.call = ended;
	await desk.refresh();
	await settled(element);
	expect(text()).toContain('or the letter was given up or erased');
	expect(desk.parts.roots.read(letter)).not.toBeNull();
});

describe('where the answer to what may be the last decision is lost', () => {
	const losses = [
		['nothing came', new Unanswered('No answer came.')],
		['a gateway answered', new Refused('internal', 502, 'Something failed on our side.')],
	] as const;

	test.each(losses)(
		'it was, once the session is seen to be gone, and nothing stays in this browser: %s',
		async (_, lost) => {
			const { desk, letter, text } = await givingUp({ last: true, lost, decidedBy: [1] });
			expect(text()).toContain('The letter was abandoned');
			expect(text()).not.toContain('Your session has ended');
			expect([desk.parts.roots.read(letter), lastMarks(letter)]).toEqual([null, null]);
		},
	);

	test('it is decided again, and was done before', async () => {
		const lost = new Unanswered('No answer came.');
		const { desk, letter, server, decide } = await givingUp({ last: false, lost, decidedBy: [1] });
		const { call } = desk.parts;
		desk.parts.call = (method, ...asked) => (method === 'GET' ? Promise.reject(lost) : call(method, ...asked));
		await decide();
		server.gone = true;
		await decide();
		expect([desk.abandoned, desk.parts.roots.read(letter), lastMarks(letter)]).toEqual([true, null, null]);
	});

	test.each([
		['nobody else had decided for it', { decidedBy: [] }, false],
		['the desk was shown once more', { decidedBy: [1] }, true],
	])('a session that ends later ends by itself, and the browser keeps what it knows: %s', async (_, who, seen) => {
		const lost = new Unanswered('No answer came.');
		const { desk, letter, text, server, refresh } = await givingUp({ last: !seen, lost, ...who });
		server.gone = true;
		await refresh();
		expect(text()).toContain('Your session has ended');
		expect(desk.parts.roots.read(letter)).not.toBeNull();
		expect(lastMarks(letter)).not.toBeNull();
	});
});
