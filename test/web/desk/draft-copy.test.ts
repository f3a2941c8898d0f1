import { expect, onTestFinished, test, vi } from 'vitest';
import type { Draft } from '../../../shared/api/desk.ts';
import { Refused, Unanswered } from '../../../shared/client/call.ts';
import { DraftCopy, type DraftServer } from '../../../web/desk/draft-copy.ts';
import { wholeDraft } from '../../support/drafts.ts';

/** One draft for all, as the server keeps it: a save over another version than the last is refused. */
class SharedDraft implements DraftServer {
	version = 1;
	draft: Draft = wholeDraft(new Date('2027-03-01T09:00:00Z'));
	away = false;
	refuses: Refused | null = null;

	async save(version: number, draft: Draft): Promise<number> {
		if (this.away) throw new Unanswered('No answer.');
		if (this.refuses) throw this.refuses;
		if (version !== this.version) throw new Refused('draft-changed', 409, 'Changed.');
		this.draft = draft;
		this.version += 1;
		return this.version;
	}

	async read() {
		return { version: this.version, draft: this.draft };
	}

	writer(): DraftCopy {
		return new DraftCopy(this, this.version, this.draft, 0);
	}
}

test('two people who write in different fields both keep what they typed', async () => {
	const server = new SharedDraft();
	const [rosa, kofi] = [server.writer(), server.writer()];
	rosa.change({ title: 'From Rosa' });
	kofi.change({ advice: 'From Kofi' });
	await rosa.flush();
	await kofi.flush();
	await kofi.flush();
	expect(server.draft).toMatchObject({ title: 'From Rosa', advice: 'From Kofi' });
	expect([rosa.state, kofi.state]).toEqual(['saved', 'saved']);
	rosa.seen(server.version, server.draft);
	expect(rosa.draft.advice).toBe('From Kofi');
});

test('two who write the same field see both versions, and nothing is saved until one decides', async () => {
	const server = new SharedDraft();
	const [rosa, kofi] = [server.writer(), server.writer()];
	rosa.change({ text: 'Rosa’s text' });
	await rosa.flush();
	kofi.change({ text: 'Kofi’s text' });
	await kofi.flush();
	expect(kofi.state).toBe('conflict');
	expect(kofi.theirs).toMatchObject({ fields: ['text'], draft: { text: 'Rosa’s text' } });
	expect(kofi.draft.text).toBe('Kofi’s text');
	expect(server.draft.text).toBe('Rosa’s text');
	// He goes on typing meanwhile; that is not lost either.
	kofi.change({ text: 'Kofi’s longer text' });
	await kofi.flush();
	expect(server.draft.text).toBe('Rosa’s text');
	kofi.decide('text', 'mine');
	await kofi.flush();
	expect(server.draft.text).toBe('Kofi’s longer text');
	expect(kofi.state).toBe('saved');
});

test('taking theirs leaves the draft as they wrote it', async () => {
	const server = new SharedDraft();
	const [rosa, kofi] = [server.writer(), server.writer()];
	rosa.change({ title: 'Rosa’s' });
	await rosa.flush();
	kofi.change({ title: 'Kofi’s' });
	await kofi.flush();
	kofi.decide('title', 'theirs');
	await kofi.flush();
	expect([kofi.draft.title, server.draft.title]).toEqual(['Rosa’s', 'Rosa’s']);
});

test('without an answer the text stays, and is saved when the server is back', async () => {
	const server = new SharedDraft();
	const rosa = server.writer();
	server.away = true;
	rosa.change({ title: 'Typed on a train' });
	await rosa.flush();
	expect([rosa.state, rosa.draft.title, rosa.dirty]).toEqual(['offline', 'Typed on a train', true]);
	server.away = false;
	await rosa.flush();
	expect([rosa.state, server.draft.title]).toEqual(['saved', 'Typed on a train']);
});

test('what others saved appears where nothing is typed', () => {
	const server = new SharedDraft();
	const rosa = server.writer();
	rosa.seen(2, { ...server.draft, title: 'From Kofi' });
	expect([rosa.draft.title, rosa.version, rosa.state]).toEqual(['From Kofi', 2, 'saved']);
});

test('what is to be decided stays so when the other changes something else meanwhile', async () => {
	const server = new SharedDraft();
	const [rosa, kofi] = [server.writer(), server.writer()];
	rosa.change({ text: 'Rosa’s text' });
	await rosa.flush();
	kofi.change({ text: 'Kofi’s text' });
	await kofi.flush();
	rosa.change({ title: 'Rosa’s title' });
	await rosa.flush();
	kofi.seen(server.version, server.draft);
	await kofi.flush();
	expect(kofi.theirs).toMatchObject({ fields: ['text'], draft: { text: 'Rosa’s text', title: 'Rosa’s title' } });
	expect(server.draft.text).toBe('Rosa’s text');
	kofi.decide('text', 'theirs');
	await kofi.flush();
	expect(kofi.draft).toMatchObject({ text: 'Rosa’s text', title: 'Rosa’s title' });
});

test.each([
	['unavailable', 503],
	['too-many-requests', 429],
	['internal', 500],
] as const)('what a server did not take for the moment (%s) is tried again by itself', async (code, status) => {
	const server = new SharedDraft();
	const rosa = server.writer();
	server.refuses = new Refused(code, status, 'Not now.');
	rosa.change({ title: 'From Rosa' });
	await rosa.flush();
	expect(rosa.state).toBe('offline');
	server.refuses = null;
	await rosa.flush();
	expect(server.draft.title).toBe('From Rosa');
});

test('two who write in different paragraphs see no conflict, and what both wrote is saved', async () => {
	const server = new SharedDraft();
	const [rosa, kofi] = [server.writer(), server.writer()];
	rosa.change({ text: server.draft.text.replace('We build', 'We know that we build') });
	await rosa.flush();
	kofi.change({ text: `${kofi.draft.text}\n\nAnswer us by May.` });
	await kofi.flush();
	await kofi.flush();
	expect(server.draft.text).toBe(
		'We know that we build what this company sells.[1]\n\nCancel the contract.\n\nAnswer us by May.',
	);
	expect([kofi.state, kofi.theirs]).toEqual(['saved', null]);
});

test('taking theirs in one paragraph keeps what was written in the others', async () => {
	const server = new SharedDraft();
	const [rosa, kofi] = [server.writer(), server.writer()];
	rosa.change({ text: rosa.draft.text.replace('Cancel', 'End') });
	await rosa.flush();
	kofi.change({ text: kofi.draft.text.replace('Cancel', 'Stop').replace('We build', 'They sell') });
	await kofi.flush();
	expect(kofi.theirs?.fields).toEqual(['text']);
	kofi.change({ title: 'Typed meanwhile' });
	kofi.decide('text', 'theirs');
	await kofi.flush();
	expect(server.draft.text).toBe('They sell what this company sells.[1]\n\nEnd the contract.');
	expect(server.draft.title).toBe('Typed meanwhile');
});

test('a group that one renames and another gives a headcount has both', async () => {
	const server = new SharedDraft();
	const [rosa, kofi] = [server.writer(), server.writer()];
	const change = (copy: DraftCopy, part: object) =>
		copy.change({ groups: copy.draft.groups.map((group, i) => (i === 0 ? { ...group, ...part } : group)) });
	change(rosa, { name: 'Northwind Traders' });
	await rosa.flush();
	change(kofi, { domains: ['nw.example'] });
	await kofi.flush();
	await kofi.flush();
	expect(server.draft.groups[0]).toMatchObject({ name: 'Northwind Traders', domains: ['nw.example'] });
});

test('what arrived although its answer was lost is not taken for somebody else’s', async () => {
	const server = new SharedDraft();
	const rosa = server.writer();
	const { save } = server;
	server.save = async (version, draft) => {
		await save.call(server, version, draft);
		throw new Unanswered('The line dropped.');
	};
	rosa.change({ text: 'We', title: 'We' });
	await rosa.flush();
	server.save = save;
	rosa.change({ text: 'We refuse', title: 'We refuse' });
	await rosa.flush();
	await rosa.flush();
	expect([rosa.state, rosa.theirs]).toEqual(['saved', null]);
	expect(server.draft).toMatchObject({ text: 'We refuse', title: 'We refuse' });
});

test('one that is ended saves nothing any more: neither after its pause nor when the server is back', async () => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const server = new SharedDraft();
	const before = server.draft;
	const rosa = server.writer();
	rosa.change({ title: 'Of another letter' });
	rosa.end();
	await vi.advanceTimersByTimeAsync(60_000);
	const kofi = server.writer();
	server.away = true;
	kofi.change({ title: 'Of another letter' });
	const trying = kofi.flush();
	kofi.end();
	await trying;
	server.away = false;
	await vi.advanceTimersByTimeAsync(60_000);
	await kofi.flush();
	expect([server.version, server.draft]).toEqual([1, before]);
});

/** Whether the browser would ask before it closes or reloads the page. */
const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

test('leaving the page asks first while something typed is not saved, also where nothing shows the draft any more', async () => {
	const server = new SharedDraft();
	const rosa = server.writer();
	expect(asksBeforeLeaving()).toBe(false);
	server.away = true;
	rosa.change({ title: 'Typed on a train' });
	expect(asksBeforeLeaving()).toBe(true);
	await rosa.flush();
	expect(asksBeforeLeaving()).toBe(true);
	server.away = false;
	await rosa.flush();
	expect(asksBeforeLeaving()).toBe(false);
	rosa.setUnread('group-count', 'about 400');
	expect(asksBeforeLeaving()).toBe(true);
	rosa.setUnread('group-count', null);
	expect(asksBeforeLeaving()).toBe(false);
	rosa.change({ title: 'Let go' });
	rosa.end();
	expect(asksBeforeLeaving()).toBe(false);
});

test('what a freeze came before of is kept, and saved once writing goes on', async () => {
	const server = new SharedDraft();
	const copy = server.writer();
	server.refuses = new Refused('draft-frozen', 409, 'The letter is frozen.');
	copy.change({ title: 'Typed a moment too late' });
	await copy.flush();
	expect([copy.state, copy.dirty, copy.draft.title]).toEqual(['frozen', true, 'Typed a moment too late']);
	server.refuses = null;
	copy.thaw();
	await expect.poll(() => copy.state).toBe('saved');
	expect(server.draft.title).toBe('Typed a moment too late');
	copy.thaw();
	expect(copy.state).toBe('saved');
});
