import { beforeAll, describe, expect, test } from 'vitest';
import type { DeskView } from '../../../shared/api/desk.ts';
import type { RosterView } from '../../../shared/api/roster.ts';
import { approve, verifyApproval } from '../../../shared/approval.ts';
import { b64u, newId } from '../../../shared/bytes.ts';
import type { Call } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { mailingSubject, readMailing, writeMailing } from '../../../shared/mailing.ts';
import { countByDomain, rosterHash } from '../../../shared/roster.ts';
import { DeskRoster } from '../../../web/desk/roster/desk-roster.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';
import { press, submit, type } from './released-stage.ts';

type OnDesk = RosterView['mailings'][number];
type Sent = { call: string; body: Record<string, unknown> | undefined };

let organizers: OrganizerDesk;
let domain = '';
beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: [] });
	domain = organizers.letter.charter.groups.find(({ proof }) => proof === 'mailbox')?.domains[0] ?? '';
});

const people = (count: number) =>
	Array.from({ length: count }, (_, i) => `person.${String(i).padStart(3, '0')}@${domain}`);
const salt = b64u(new Uint8Array(32));

/** Proposed by organizer 1, approved by so many from there on. */
async function mailing(change: Partial<OnDesk> = {}, approvers = 1): Promise<OnDesk> {
	const list = await rosterHash(salt, people(20));
	const note = 'Typed off the paper list';
	const document = writeMailing({ mailing: newId(), note, domains: countByDomain(people(20)), list });
	const { letter } = organizers;
	const subject = await mailingSubject(letter.root, document);
	const approvals = await Promise.all(
		[1, 2].slice(0, approvers).map(async (at) => {
			const { id, secrets } = organizers.organizer(at);
			return {
				organizer: id,
				authenticator: await approve(secrets.approval, 'mailing', letter.root, subject),
			};
		}),
	);
	return {
		...{ document, salt, proposer: organizers.organizer(1).id, state: 'proposed', over: null, approvals },
		...{ turnedBy: null, sent: 0, refused: 0, unknown: 0, repeated: 0, ...change },
	};
}

async function roster(mailings: OnDesk[] = []) {
	const sent: Sent[] = [];
	const view: DeskView = { ...organizers.view(0), roster: { perMinute: 60, mailings } };
	view.letter.state = 'open';
	const call: Call = async (method, path, body) => {
		if (path === '/api/desk') return view;
		sent.push({ call: `${method} ${path}`, body });
		return { state: 'proposed' };
	};
	const desk = deskOf(organizers, call);
	desk.view = view;
	await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.letter.root);
	const element = new DeskRoster();
	element.desk = desk;
	await show(element);
	// As it stands on the desk, below the heading of its page.
	const [main, heading] = [document.createElement('main'), document.createElement('h1')];
	heading.textContent = 'People can sign';
	main.append(heading, element);
	document.body.replaceChildren(main);
	await settled(element);
	return { element, sent };
}

const unfold = async (element: DeskRoster) => {
	for (const one of element.querySelectorAll('details')) one.open = true;
	await settled(element);
};

describe('writing to everybody on a list', () => {
	test('stands behind its warning; what is left out is said with the reason, and what is proposed is what was read', async () => {
		const { element, sent } = await roster();
		expect(element.querySelector('details')?.open).toBe(false);
		expect(element.querySelector('textarea')).toBeNull();
		await unfold(element);
		expect(element.textContent).toContain('It tells your employer today.');
		await press(element, 'Prepare a list all the same');
		expect(document.activeElement?.id).toBe('roster-note');
		type(element, 'roster-list', [...people(20), `hr@${domain}`, 'a@elsewhere.example', people(1)[0]].join('\n'));
		await settled(element);
		const report = element.querySelector('roster-report')?.textContent?.replace(/\s+/g, ' ');
		expect(report).toContain(`20 people can be written to: 20 at ${domain}.`);
		for (const words of [
			'Not an address of this letter’s groups: 1',
			'An office’s mailbox, not a person’s: 1',
			'On the list already: 1',
		])
			expect(report).toContain(words);
		expect(report).toContain('Line 22 a@elsewhere.example');
		expect(element.textContent).toContain('it takes about 1 minute');
		await submit(element, 'roster-list');
		expect(sent).toEqual([]);
		expect(element.querySelector('.errors')?.textContent).toContain('Say how you got the list');
		type(element, 'roster-note', ' From the canteen ');
		await submit(element, 'roster-list');
		expect(sent.map(({ call }) => call)).toEqual(['POST /api/desk/mailings']);
		const { document: proposed, addresses, authenticator } = sent[0]?.body ?? {};
		expect(addresses).toEqual(people(20));
		expect(readMailing(String(proposed))).toMatchObject({ note: 'From the canteen', domains: [{ domain, count: 20 }] });
		const { charter, root } = organizers.letter;
		const approval = { organizer: organizers.organizer(0).id, authenticator: String(authenticator) };
		const subject = await mailingSubject(root, String(proposed));
		expect(await verifyApproval(charter.organizers, approval, 'mailing', root, subject)).toBe(true);
	});

	test('a file is read here, in any of its encodings, and what is no list is refused', async () => {
		const { element, sent } = await roster();
		await unfold(element);
		await press(element, 'Prepare a list all the same');
		const choose = async (bytes: Uint8Array<ArrayBuffer>) => {
			const input = element.querySelector<HTMLInputElement>('#roster-file');
			const files = new DataTransfer();
			files.items.add(new File([bytes], 'list.csv'));
			if (input) input.files = files.files;
			input?.dispatchEvent(new Event('change'));
			await settled(element);
		};
		const text = `Name;Mail\n${people(12).join('\n')}`;
		await choose(
			new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(text, (one) => one.charCodeAt(0)).buffer)]),
		);
		expect(element.querySelector('roster-report')?.textContent).toContain('12 people');
		await choose(new TextEncoder().encode('PK\u0003\u0004 a spreadsheet'));
		expect(element.querySelector('.errors')?.textContent).toContain('Save it as .csv or .txt');
		expect(element.querySelector('roster-report')?.textContent).toContain('12 people');
		expect(sent).toEqual([]);
	});

	test('the others see who proposed it and how the list was obtained, compare a list of theirs, and approve only knowingly', async () => {
		const waiting = await mailing();
		const { element, sent } = await roster([waiting]);
		await unfold(element);
		const said = element.querySelector('desk-mailing')?.textContent?.replace(/\s+/g, ' ') ?? '';
		for (const words of [
			'proposed by Organizer 2',
			`To 20 at ${domain}.`,
			'Typed off the paper list',
			'Approved by Organizer 2; one more is needed.',
		])
			expect(said).toContain(words);
		type(element, 'roster-own', people(20).toReversed().join(';'));
		await press(element, 'Compare');
		expect(element.textContent).toContain('The same list, every address of it.');
		type(element, 'roster-own', people(19).join('\n'));
		await press(element, 'Compare');
		expect(element.textContent).toContain('Another list.');
		await press(element, 'Approve this mailing');
		expect(sent).toEqual([]);
		element.querySelector<HTMLInputElement>('#roster-knows')?.click();
		await press(element, 'Approve this mailing');
		const { mailing: id } = readMailing(waiting.document);
		const authenticator = expect.any(String);
		expect(sent).toEqual([{ call: 'POST /api/desk/mailings/approve', body: { mailing: id, authenticator } }]);
	});

	test('an approval that does not verify counts for nothing', async () => {
		const waiting = await mailing();
		const [approval] = waiting.approvals;
		const forged = { organizer: organizers.organizer(2).id, authenticator: approval?.authenticator ?? '' };
		const { element } = await roster([{ ...waiting, approvals: [...waiting.approvals, forged] }]);
		expect(element.textContent).toContain('Approved by Organizer 2; one more is needed.');
	});

	test('on its way it says how far it is, is held up by anybody, and is stopped only with a second press', async () => {
		const counts = { sent: 9, refused: 1, unknown: 1, repeated: 1, turnedBy: null };
		const { element, sent } = await roster([
			await mailing({ state: 'sending', over: organizers.letter.root, ...counts }, 2),
		]);
		const bar = element.querySelector('progress');
		expect([bar?.value, bar?.max]).toEqual([12, 20]);
		expect(element.textContent).toContain('Of 1 nobody knows whether they were sent');
		await press(element, 'Hold it up');
		await press(element, 'Stop for good');
		expect(sent.map(({ body }) => body)).toEqual([{ state: 'paused' }]);
		await press(element, 'Stop it now');
		expect(sent.map(({ body }) => body)).toEqual([{ state: 'paused' }, { state: 'stopped' }]);
		expect(document.activeElement?.id).toBe('roster-heading');
		expect(element.querySelector('[role="status"]')?.textContent).toBe('It is stopped.');
		expect(await accessibilityFaults()).toEqual([]);
	});

	test.each(['none', 'proposed', 'over'] as const)('fits, reads and is reached: %s', async (what) => {
		const over = { state: 'stopped', turnedBy: organizers.organizer(2).id } as const;
		const { element } = await roster(what === 'none' ? [] : [await mailing(what === 'over' ? over : {})]);
		await unfold(element);
		if (what !== 'proposed') await press(element, 'Prepare a list all the same');
		if (what === 'over') expect(element.textContent).toContain('Stopped by Organizer 3. Nothing was sent.');
		await unfold(element);
		expect(await accessibilityFaults()).toEqual([]);
		expect(smallTargets()).toEqual([]);
		expect(fitsItsWidth()).toBe(true);
	});
});
