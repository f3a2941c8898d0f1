import { beforeAll, describe, expect, test } from 'vitest';
import type { DeskView } from '../../../shared/api/desk.ts';
import { fingerprint, readCharter, readTextDocument } from '../../../shared/charter.ts';
import type { Change } from '../../../shared/client/amending.ts';
import { Refused, Unanswered } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import type { DeskAmend } from '../../../web/desk/desk-amend.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { type Proposed, proposalOf } from './amend-proposal.ts';
import { accessibilityFaults, deskOf, show } from './desk-stage.ts';

let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: [] });
});

/** A closing time so many hours after the standing one. */
const later = (hours: number) =>
	new Date(Date.parse(organizers.standing.charter.closesAt) + hours * 3_600_000).toISOString().replace('.000', '');

type Sent = { call: string; body: Record<string, unknown> | undefined };

const proposal = (change: Change) => proposalOf(organizers, change);

async function card(amendment: Proposed | null, compared = true): Promise<{ element: DeskAmend; sent: Sent[] }> {
	const sent: Sent[] = [];
	const view = organizers.view(0, { amendment });
	const open: DeskView = { ...view, letter: { ...view.letter, state: 'open' } };
	const desk = deskOf(organizers, async (method, path, body) => {
		if (method === 'GET') return open;
		sent.push({ call: `${method} ${path}`, body: body as Sent['body'] });
		return { fingerprint: organizers.letter.root, applied: false };
	});
	desk.view = open;
	if (compared) await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	const app = await show(Object.assign(new DeskApp(), { desk }));
	const element = app.querySelector('desk-amend');
	if (element === null) throw new Error('Nothing can be changed here.');
	element.querySelector('details')?.setAttribute('open', '');
	await settled(element);
	return { element, sent };
}

async function press(element: DeskAmend, words: string): Promise<void> {
	const found = [...element.querySelectorAll('button')].find((one) => one.textContent?.trim() === words);
	if (found === undefined) throw new Error(`There is no button “${words}”.`);
	found.click();
	await settled(element);
}

async function type(element: DeskAmend, id: string, value: string): Promise<void> {
	const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`);
	if (field === null) throw new Error(`There is no field ${id}.`);
	field.value = value;
	field.dispatchEvent(new Event('input', { bubbles: true }));
	await settled(element);
}

const bodyOf = (sent: Sent[]) => {
	const { charter, text } = (sent[0]?.body ?? {}) as { charter: string; text: string };
	return { charter: readCharter(charter), text: readTextDocument(text) };
};

describe('changing an open letter', () => {
	test('a later closing time is proposed, and nothing but it changes', async () => {
		const { element, sent } = await card(null);
		await press(element, 'Change the closing time or a headcount');
		const { charter } = organizers.standing;
		const next = new Date(later(24));
		const local = new Date(next.getTime() - next.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
		await type(element, 'amend-closes', local);
		await press(element, 'Propose it');
		const proposed = bodyOf(sent).charter;
		expect(Math.abs(Date.parse(proposed.closesAt) - next.getTime())).toBeLessThan(60_000);
		expect({ ...proposed, closesAt: '', previous: null }).toEqual({ ...charter, closesAt: '', previous: null });
		expect(element.querySelector('.errors')).toBe(null);
	});

	test('a headcount wants a number and a source, and a closing time after the letter’s end is refused, at their inputs', async () => {
		const { element, sent } = await card(null);
		await press(element, 'Change the closing time or a headcount');
		await type(element, 'amend-count-0', 'about 400');
		await press(element, 'Propose it');
		expect(element.querySelector('#amend-count-0-wrong')?.textContent).toContain('whole number');
		await type(element, 'amend-count-0', '4,200');
		await type(element, 'amend-source-0', '');
		await press(element, 'Propose it');
		expect(element.querySelector('#amend-source-0-wrong')?.textContent).toContain('where the number comes from');
		await type(element, 'amend-source-0', 'Annual report');
		await type(element, 'amend-closes', '2099-01-01T09:00');
		await press(element, 'Propose it');
		expect(element.querySelector('#amend-closes-wrong')?.textContent).toContain('expires');
		expect(sent).toEqual([]);
	});

	test('another text says what it costs, marks what changes while one types, and outlives leaving the form', async () => {
		const { element, sent } = await card(null);
		await press(element, 'Change the text');
		expect(element.textContent).toContain('Everybody who has signed is asked to sign again.');
		const { text } = organizers.standing;
		await type(element, 'amend-title', `${text.title}, not now`);
		expect(element.querySelector('ins')?.textContent).toContain(', not now');
		await type(element, 'amend-text', '<script>alert(1)</script>');
		await press(element, 'Propose this text');
		expect(element.querySelector('.errors')?.textContent).toMatch(/Line 1/);
		await type(element, 'amend-text', text.text);
		await press(element, 'Propose this text');
		expect(bodyOf(sent).text).toEqual({ ...text, title: `${text.title}, not now` });
	});

	test('who did not propose it sees old and new marked, and approves just that', async () => {
		const { text } = organizers.standing;
		const amendment = await proposal({ text: { ...text, title: 'Another title' } });
		const { element, sent } = await card(amendment);
		expect(element.textContent).toContain('The text changes.');
		expect(element.querySelector('del')?.textContent).not.toBe('');
		expect(await accessibilityFaults()).toEqual([]);
		await press(element, 'Approve this change');
		expect(sent).toEqual([
			{
				call: 'POST /api/desk/amendments/approve',
				body: { fingerprint: await fingerprint(amendment.charter), authenticator: expect.any(String) },
			},
		]);
	});

	test('with another closing time it is said that signatures stay; a proposal is dropped only when asked twice', async () => {
		const { charter } = organizers.standing;
		const closesAt = later(1);
		const amendment = await proposal({ closesAt });
		const { element, sent } = await card(amendment);
		expect(element.textContent).toContain('and so do all signatures');
		const room = Date.parse(charter.expiresOn) - Date.parse(closesAt) - charter.lastCallHours * 3_600_000;
		expect(element.textContent).toContain(`leaves you ${Math.floor(room / 86_400_000)} days to open the names`);
		await press(element, 'Drop the proposal');
		expect(sent).toEqual([]);
		await press(element, 'Yes, drop it');
		expect(sent).toEqual([
			{ call: `DELETE /api/desk/amendments/${await fingerprint(amendment.charter)}`, body: undefined },
		]);
	});

	test('where another change was proposed meanwhile, whoever drops the one on the screen is told that nothing was dropped', async () => {
		const { element } = await card(await proposal({ closesAt: later(1) }));
		element.desk.act = () => Promise.reject(new Refused('charter-changed', 409, 'Compare again.'));
		await press(element, 'Drop the proposal');
		await press(element, 'Yes, drop it');
		const said = element.querySelector('.errors')?.textContent;
		expect(said).toContain('Nothing was dropped');
		expect(said).not.toContain('ompare again');
	});

	test('who dropped what others had approved is shown; being sure about one proposal is not being sure about the next', async () => {
		const { element } = await card(await proposal({ closesAt: later(1) }));
		expect(element.textContent).not.toContain('dropped a change');
		await press(element, 'Drop the proposal');
		const { desk } = element;
		const { view } = desk.unlocked;
		const [, second, third] = view.organizers;
		desk.view = {
			...view,
			amendment: await proposal({ closesAt: later(2) }),
			amendmentsDropped: [
				{ organizer: second?.id ?? '', approved: 2 },
				{ organizer: third?.id ?? '', approved: 1 },
			],
		};
		desk.changed();
		await settled(element);
		expect(element.textContent).toContain('Drop the proposal');
		expect(element.textContent).not.toContain('Yes, drop it');
		// As everybody reads it, with nothing unfolded: the proposal that had the card open is dropped, too.
		desk.view = { ...desk.unlocked.view, amendment: null };
		desk.changed();
		await settled(element);
		const said = () => element.innerText.replaceAll(/\s+/g, ' ');
		expect(said()).toContain(`${third?.name} dropped a change that one other had approved.`);
		expect(said()).toContain('All that were dropped: 2');
		element.querySelector<HTMLElement>('.dropped summary')?.click();
		await settled(element);
		expect(said()).toContain(`${second?.name} dropped a change that 2 others had approved.`);
		expect(await accessibilityFaults()).toEqual([]);
	});

	test('a closing time that leaves no time to release is said to, before anybody approves it', async () => {
		const { charter } = organizers.standing;
		const latest = Date.parse(charter.expiresOn) - charter.lastCallHours * 3_600_000;
		const closing = (at: number) => proposal({ closesAt: new Date(at).toISOString().replace('.000', '') });
		const { element } = await card(await closing(latest));
		const said = () => element.querySelector('.errors')?.textContent;
		expect(said()).toContain('leaves you no time to open the names');
		const { element: tight } = await card(await closing(latest - 7 * 3_600_000));
		expect(tight.querySelector('.errors')?.textContent).toContain('leaves you only 7 hours to open the names');
	});

	test('a device that has not compared the fingerprint yet says so without an alarm, and goes on once it has', async () => {
		const { element } = await card(null, false);
		expect(element.querySelector('.errors')).toBe(null);
		expect(element.textContent).toContain('once this browser knows the letter');
		const { desk } = element;
		await desk.refresh();
		await settled(element);
		expect(element.querySelector('.errors')).toBe(null);
		await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
		desk.changed();
		await settled(element);
		await press(element, 'Change the text');
		expect(element.textContent).toContain('Everybody who has signed is asked to sign again.');
	});

	test('what changes more than it may is not offered for approval', async () => {
		const amendment = await proposal({ closesAt: '2027-03-05T09:00:00Z' });
		const charter = amendment.charter.replace(/"threshold":2/, '"threshold":3');
		const { element } = await card({ ...amendment, charter });
		expect(element.querySelector('.errors')?.textContent).toContain('threshold');
		expect(element.textContent).not.toContain('Approve this change');
	});

	test.each(['Approve this change', 'Yes, drop it'])(
		'“%s” whose answer was lost is no failure once the desk shows what came of it',
		async (words) => {
			const amendment = await proposal({ text: { ...organizers.standing.text, text: 'Another.' } });
			const { element } = await card(amendment);
			const { desk } = element;
			const open = desk.unlocked.view;
			let reachable = false;
			let done: DeskView = open;
			desk.parts.call = async (method, _path, body) => {
				if (method === 'GET' && reachable) return done;
				if (method === 'POST' && open.chain !== null) {
					const { charters, texts, approvals } = open.chain;
					const own = { organizer: desk.unlocked.organizer.id, authenticator: String(body?.authenticator) };
					const both = [own, ...amendment.approvals].sort((a, b) => (a.organizer < b.organizer ? -1 : 1));
					const chain = {
						charters: [...charters, amendment.charter],
						texts: [...texts, amendment.text],
						approvals: [...approvals, both],
					};
					done = { ...open, amendment: null, chain };
				} else if (method === 'DELETE') done = { ...open, amendment: null };
				throw new Unanswered('No answer came.');
			};
			if (words === 'Yes, drop it') await press(element, 'Drop the proposal');
			await press(element, words);
			expect(element.querySelector('.errors')?.textContent).toContain('That did not work');
			reachable = true;
			await desk.refresh();
			await settled(element);
			expect(element.querySelector('.errors')).toBeNull();
			expect(element.textContent).toContain('One of you proposes a change');
		},
	);

	test('a closing time and headcounts that are being typed outlive the proposal of somebody else', async () => {
		const { element } = await card(null);
		await press(element, 'Change the closing time or a headcount');
		expect(document.activeElement?.textContent).toBe('Closing time and headcounts');
		await type(element, 'amend-count-0', '4,200');
		const { desk } = element;
		await type(element, 'amend-source-0', 'Annual ');
		desk.changed();
		await settled(element);
		expect(element.querySelector<HTMLInputElement>('#amend-source-0')?.value).toBe('Annual ');
		await type(element, 'amend-source-0', 'Annual report');
		const free = desk.unlocked.view;
		desk.view = { ...free, amendment: await proposal({ closesAt: '2027-03-05T09:00:00Z' }) };
		desk.changed();
		await settled(element);
		expect(element.querySelector('amend-terms')).toBeNull();
		const note = document.querySelector<HTMLInputElement>('#link-note');
		note?.focus();
		desk.view = free;
		desk.changed();
		await settled(element);
		await expect.poll(() => element.querySelector('amend-terms')).not.toBeNull();
		const value = (id: string) => element.querySelector<HTMLInputElement>(`#${id}`)?.value;
		await settled(element);
		expect([value('amend-count-0'), value('amend-source-0')]).toEqual(['4,200', 'Annual report']);
		// Nobody pressed anything: whoever writes a note meanwhile goes on in it.
		expect(document.activeElement).toBe(note);
		await press(element, 'Leave it as it is');
		await press(element, 'Change the closing time or a headcount');
		expect(value('amend-count-0')).not.toBe('4,200');
	});
});
