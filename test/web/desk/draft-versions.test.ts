import { beforeAll, expect, test } from 'vitest';
import type { Draft } from '../../../shared/api/desk.ts';
import type { KeptVersion } from '../../../shared/api/draft-versions.ts';
import type { Call } from '../../../shared/client/call.ts';
import type { Desk } from '../../../web/desk/desk.ts';
import { DeskDraft } from '../../../web/desk/desk-draft.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, show } from './desk-stage.ts';

let organizers: OrganizerDesk;
beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 2, signers: [] });
});

/** One draft and what it was, as the server keeps them, for organizer 0. */
class Keeping {
	kept: (KeptVersion & { draft: Draft })[] = [];
	readonly asked: string[] = [];

	constructor() {
		const [rosa, kofi] = [organizers.organizer(0).id, organizers.organizer(1).id];
		const whole = wholeDraft(new Date('2027-03-01T09:00:00Z'));
		const draft = (title: string) => ({ ...whole, title });
		this.kept = [
			{ number: 2, organizer: rosa, at: '2027-03-01T10:00:00Z', draft: draft('As it stands') },
			{ number: 1, organizer: kofi, at: '2027-03-01T09:00:00Z', draft: draft('As Kofi wrote it') },
		];
	}

	get standing(): { version: number; draft: Draft } {
		return { version: this.kept.length, draft: this.kept[0]?.draft ?? wholeDraft(new Date()) };
	}

	readonly call: Call = async (method, path, body) => {
		this.asked.push(`${method} ${path}`);
		const put = (draft: Draft) => {
			const number = this.kept.length + 1;
			this.kept.unshift({ number, organizer: organizers.organizer(0).id, at: '2027-03-01T10:00:00Z', draft });
			return { version: number };
		};
		if (path === '/api/desk') return this.view();
		if (path === '/api/desk/draft/versions') return this.kept.map(({ draft: _, ...one }) => one);
		if (path === '/api/desk/draft') return put((body as { draft: Draft }).draft);
		const number = (body as { number?: number } | undefined)?.number ?? Number(path.split('/').at(-1));
		const found = this.kept.find((one) => one.number === number);
		if (!found) throw new Error(`There is no version ${number}.`);
		return method === 'POST' ? put(found.draft) : found;
	};

	view() {
		const view = organizers.view(0);
		return { ...view, letter: { ...view.letter, state: 'draft' as const }, draft: this.standing, chain: null };
	}
}

async function writing(): Promise<{ element: DeskDraft; desk: Desk; keeping: Keeping }> {
	const keeping = new Keeping();
	const desk = deskOf(organizers, keeping.call);
	desk.view = keeping.view();
	const element = new DeskDraft();
	element.desk = desk;
	await show(element);
	return { element, desk, keeping };
}

async function press(element: DeskDraft, words: string): Promise<void> {
	const all = [...element.querySelectorAll<HTMLElement>('button, summary')];
	const found = all.find((one) => one.textContent?.trim().startsWith(words));
	if (!found) throw new Error(`There is no “${words}”.`);
	found.click();
	await settled(element);
}

test('title, text, a domain and a colleague are asked for first, in this order; what can wait is folded, with its default', async () => {
	const { element } = await writing();
	const inputs = [...element.querySelectorAll<HTMLElement>('input, textarea, select')];
	const open = inputs.filter((input) => input.closest('details:not([open])') === null).map(({ id }) => id);
	// A group of vouchers stands beside the employer's here: the one field for a domain gives way to a sentence.
	expect(open.slice(0, 3)).toEqual(['title', 'text', 'invite-note']);
	expect(element.textContent).toContain('2 groups: Northwind and Contractors.');
	for (const id of [
		'addressees',
		'deliveries',
		'language',
		'threshold',
		'closes',
		'expires',
		'advice',
		'press',
		'labels',
	])
		expect(element.querySelector(`#${id}`)?.closest('details')).not.toBeNull();
});

test('an earlier version says who and when, is looked at as the page it was, and comes back after what is typed is saved', async () => {
	const { element, desk, keeping } = await writing();
	await press(element, 'Earlier versions');
	const lines = [...element.querySelectorAll('draft-versions li')].map((one) => one.textContent ?? '');
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(/^Organizer 2\s+around Mon,? 1 Mar/);
	await press(element, 'Look at it');
	expect(element.querySelector('.version')?.textContent).toContain('Other than now: Title.');
	const page = () => element.querySelector<HTMLIFrameElement>('.version iframe')?.contentDocument;
	await expect.poll(() => page()?.querySelector('h1')?.textContent).toBe('As Kofi wrote it');
	const faults = await accessibilityFaults();
	expect(faults.filter((one) => !/^(landmark-one-main|region)/.test(one))).toEqual([]);

	desk.draft?.change({ title: 'Typed a moment ago' });
	await press(element, 'Bring this version back');
	await expect.poll(() => desk.draft?.draft.title).toBe('As Kofi wrote it');
	expect(keeping.asked.filter((one) => /^(PUT|POST)/.test(one))).toEqual([
		'PUT /api/desk/draft',
		'POST /api/desk/draft/restore',
	]);
	expect(keeping.kept.map(({ draft }) => draft.title).slice(0, 2)).toEqual(['As Kofi wrote it', 'Typed a moment ago']);
	expect(element.querySelectorAll('draft-versions li')).toHaveLength(3);
});
