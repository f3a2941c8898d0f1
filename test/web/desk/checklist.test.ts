import { expect, test } from 'vitest';
import type { DeskView, Draft } from '../../../shared/api/desk.ts';
import { newGroup } from '../../../shared/client/drafting.ts';
import { checklist, ready } from '../../../web/desk/checklist.ts';
import { explainThreshold, thresholds } from '../../../web/desk/threshold.ts';
import { instant, wholeDraft } from '../../support/drafts.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

const now = new Date('2027-03-01T09:00:00Z');

async function view(change: Partial<DeskView> = {}): Promise<DeskView> {
	const desk = await OrganizerDesk.of({ organizers: 2, signers: [] });
	return desk.view(0, change);
}

const open = (view: DeskView, draft: Draft) =>
	checklist(view, draft).flatMap((point) => (point.done || point.weight !== 'must' ? [] : [point.fix]));

test('a whole draft of two ready organizers may be frozen', async () => {
	const points = checklist(await view(), wholeDraft(now));
	expect(points.filter((point) => !point.done).map((point) => point.fix)).toEqual(['test-mail']);
	expect(ready(points)).toBe(true);
});

test('each thing that is missing leads to where it is put right', async () => {
	const desk = await view();
	const missing = (change: Partial<Draft>) => open(desk, wholeDraft(now, change));
	expect(missing({ title: ' ' })).toEqual(['title']);
	expect(missing({ text: '' })).toEqual(['text']);
	expect(missing({ references: ['one', ''] })).toEqual(['references']);
	expect(missing({ advice: '' })).toEqual([]);
	const polish = { language: 'pl', title: 'List', addressees: '', text: 'Tekst.', references: [] };
	expect(missing({ translations: [polish] })).toEqual([]);
	expect(missing({ translations: [{ ...polish, text: '' }] })).toEqual(['translation-0-text']);
	expect(missing({ translations: [polish, polish] })).toEqual(['translation-1-language']);
	expect(missing({ translations: [{ ...polish, language: 'en', title: '' }] })).toEqual(['translation-0-language']);
	expect(missing({ translations: [{ ...polish, references: [''] }] })).toEqual(['translation-0-references']);
	const long = ['pl', 'de', 'fr'].map((language) => ({ ...polish, language, text: 'a'.repeat(70_000) }));
	expect(missing({ translations: long })).toEqual(['translations-heading']);
	expect(missing({ groups: [] })).toEqual(['first-domain']);
	expect(missing({ threshold: 1 })).toEqual(['threshold']);
	expect(missing({ labels: ['Engineer', 'Engineer'] })).toEqual(['labels']);
	expect(missing({ closesAt: '2027-02-01T09:00:00Z' })).toContain('closes');
	expect(missing({ expiresOn: '2027-03-02T09:00:00Z' })).toEqual(['expires']);
	const [closesAt, hour] = ['2027-03-08T09:00:00Z', 3_600_000];
	const room = (hours: number) => instant(Date.parse(closesAt) + hours * hour);
	expect(missing({ closesAt, lastCallHours: 24, expiresOn: room(24 + 72) })).toEqual([]);
	expect(missing({ closesAt, lastCallHours: 24, expiresOn: room(24 + 71) })).toEqual(['expires']);
	expect(missing({ press: '' })).toEqual([]);
});

test('title, text, a domain and two organizers are all that it takes', async () => {
	const groups = [{ ...newGroup('mailbox'), domains: ['northwind.example'] }];
	const bare = { text: 'Cancel it.', addressees: '', references: [], labels: [], advice: '', press: '' };
	const undecided = { threshold: null, closesAt: null, expiresOn: null };
	expect(open(await view(), wholeDraft(now, { ...bare, ...undecided, groups }))).toEqual([]);
});

test('a domain that proves nothing, stands twice or is missing keeps a group from being frozen', async () => {
	const desk = await view();
	const group = (domains: string[]) => ({ ...newGroup('mailbox'), name: 'Northwind', domains });
	for (const groups of [
		[group([])],
		[group(['gmail.com'])],
		[group(['north wind'])],
		[group(['a.example']), group(['a.example'])],
	]) {
		expect(open(desk, wholeDraft(now, { groups }))).toEqual(['groups']);
	}
	expect(open(desk, wholeDraft(now, { groups: [group(['a.example', 'b.example'])] }))).toEqual([]);
});

test('a number that could not be read holds back the freeze, at its own field', async () => {
	const desk = await view();
	const draft = wholeDraft(now);
	const [first, second] = draft.groups.map(({ id }) => id);
	const fixes = (...unread: string[]) =>
		checklist(desk, draft, new Map(unread.map((what) => [what, 'zwölf'])))
			.filter((point) => !point.done && point.weight === 'must')
			.map((point) => point.fix);
	expect(fixes(`${first}-count`, `${second}-limit`)).toEqual(['group-0-count', 'group-1-limit']);
	expect(fixes('of-a-group-that-is-gone-count')).toEqual([]);
});

test('a test code is advised: one inbox of each domain, and two in all; who tried is said', async () => {
	const desk = await view();
	const [first, second] = desk.organizers;
	const tried = (...testMails: DeskView['readiness']['testMails']) => {
		const groups = [{ ...newGroup('mailbox'), name: 'Northwind', domains: ['a.example', 'b.example'] }];
		const seen = { ...desk, readiness: { ...desk.readiness, testMails } };
		const found = checklist(seen, wholeDraft(now, { groups })).find((point) => point.fix === 'test-mail');
		return found && { done: found.done, weight: found.weight, detail: found.detail };
	};
	const by = [first?.id ?? '', second?.id ?? ''];
	const [one, two] = [
		{ domain: 'a.example', inboxes: 1, by },
		{ domain: 'b.example', inboxes: 1, by: by.slice(0, 1) },
	];
	expect(tried()).toEqual({ done: false, weight: 'advised', detail: 'Nobody has tried it.' });
	expect(tried({ ...one, inboxes: 2 })).toMatchObject({ done: false });
	expect(tried({ ...one, inboxes: 2 })?.detail).toContain('none at b.example');
	expect(tried(one, two)).toMatchObject({ done: true });
	expect(tried(one, two)?.detail).toContain(`1 at b.example, tried by ${first?.name}`);
	// Of a domain that was taken out again.
	expect(tried({ ...one, domain: 'old.example', inboxes: 2 })).toMatchObject({ done: false });
});

test('organizers who are alone, or have not checked their words, are waited for', async () => {
	const desk = await view();
	const [first] = desk.organizers;
	if (!first) throw new Error('Somebody organizes it.');
	expect(open({ ...desk, organizers: [first] }, wholeDraft(now))).toContain('people');
	const unready = desk.organizers.map((one) => ({ ...one, wordsChecked: false }));
	expect(open({ ...desk, organizers: unready }, wholeDraft(now))).toEqual(['people']);
	const testNames = desk.readiness.testNames.map((one, i) => ({ ...one, opened: i > 0 }));
	const untried = { ...desk, readiness: { ...desk.readiness, testNames } };
	expect(open(untried, wholeDraft(now))).toEqual(['people']);
});

test('a threshold is more than half, and is explained for what it is', () => {
	expect([1, 2, 3, 4, 5].map(thresholds)).toEqual([[], [2], [2, 3], [3, 4], [3, 4, 5]]);
	expect(explainThreshold(2, 3).lost).toContain('One may lose');
	expect(explainThreshold(3, 3).lost).toContain('If even one loses');
	expect(explainThreshold(3, 5).collude).toContain('Any 3 of you');
	expect(explainThreshold(3, 5).lost).toContain('2 organizers may lose');
});
