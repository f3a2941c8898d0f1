import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Call, Unanswered } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { contribute } from '../../../shared/client/opening.ts';
import type { Desk } from '../../../web/desk/desk.ts';
import { DeskReview } from '../../../web/desk/desk-review.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

const SIGNERS = 9;
let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(SIGNERS) });
});

/** What organizer 0 asked for, as a server hears it: the second organizer has contributed. */
class Server {
	readonly asked: string[] = [];
	/** The request that fails, once: the `time`-th of its kind, before or after it was heard. */
	fails: { what: string; time: number; heard: boolean } | null = null;
	readonly #real: Call = organizers.call(0);

	readonly call: Call = async (method, path, body) => {
		const what = `${method} ${path.split('?')[0]}`;
		this.asked.push(what);
		const fails = this.fails?.what === what && this.fails.time === this.count(what) ? this.fails : null;
		if (fails !== null) this.fails = null;
		if (fails?.heard === false) throw new Unanswered('No answer.');
		const answer = what === 'GET /api/desk' ? organizers.view(0) : await this.#real(method, path, body);
		if (fails !== null) throw new Unanswered('No answer.');
		return answer;
	};

	count(what: string): number {
		return this.asked.filter((one) => one === what).length;
	}
}

const PAGES = Math.ceil(SIGNERS / 3);
let server: Server;

beforeEach(async () => {
	sessionStorage.clear();
	organizers.contributions.clear();
	await contribute(organizers.call(1), organizers.organizer(1), organizers.standing, organizers.sealed, () => {});
	server = new Server();
});

/** A page that was just opened: what it knows of the letter is the root, in its storage. */
async function desk(): Promise<Desk> {
	const fresh = deskOf(organizers, server.call);
	await keepRoot(fresh.unlocked.organizer, fresh.parts.roots, organizers.standing.root);
	return fresh;
}

describe('opening goes on where it stopped', () => {
	test('after a page of names that did not come, with the next one', async () => {
		const one = await desk();
		server.fails = { what: 'GET /api/desk/signatures', time: 2, heard: false };
		await expect(one.opening.run(one)).rejects.toThrow('No answer.');
		expect(one.opening.progress).toBeNull();
		await one.opening.run(one);
		expect(one.opening.opening?.names).toHaveLength(SIGNERS);
		expect(server.count('GET /api/desk/signatures')).toBe(PAGES + 1);
	});

	test('after a contribution whose answer was lost, without a second one', async () => {
		const one = await desk();
		server.fails = { what: 'PUT /api/desk/contribution', time: 1, heard: true };
		await expect(one.opening.run(one)).rejects.toThrow('No answer.');
		await one.opening.run(one);
		expect(one.opening.opening?.names).toHaveLength(SIGNERS);
		expect(server.count('PUT /api/desk/contribution')).toBe(1);
		expect(server.count('GET /api/desk/signatures')).toBe(PAGES);
	});

	test('after a reload, by itself, without a second contribution; the names stay hidden until somebody asks', async () => {
		const before = await desk();
		await before.opening.run(before);
		const after = await desk();
		const element = new DeskReview();
		element.desk = after;
		await show(element);
		await expect.poll(() => after.opening.opening?.names.length).toBe(SIGNERS);
		expect(server.count('PUT /api/desk/contribution')).toBe(1);
		await settled(element);
		const [name = ''] = organizers.letter.signers.flatMap(({ opened }) => opened.contents.display?.name ?? []);
		expect(element.textContent).not.toContain(name);
		[...element.querySelectorAll('button')].find((one) => one.textContent === 'Show the names')?.click();
		await expect.poll(() => element.textContent).toContain(name);
	});

	test('not by itself where nobody had begun, nor after logging out', async () => {
		const before = await desk();
		await before.opening.run(before);
		before.opening.giveUp();
		const element = new DeskReview();
		element.desk = await desk();
		await show(element);
		await settled(element);
		expect(element.desk.opening.progress).toBeNull();
		expect(element.desk.opening.opening).toBeNull();
	});
});

test('an own part that cannot be read is sent again by a button, and then opens the names', async () => {
	const one = await desk();
	await one.opening.run(one);
	const own = organizers.contributions.get(organizers.organizer(0).id);
	const other = organizers.contributions.get(organizers.organizer(1).id);
	if (!own || !other) throw new Error('Both have contributed.');
	for (const part of own.sealed) part.sealed = other.sealed[0]?.sealed ?? '';
	const again = await desk();
	again.view = organizers.view(0);
	await again.opening.run(again);
	expect(again.opening.opening).toMatchObject({ names: [], unreadableContributions: [organizers.organizer(0).id] });
	const element = await show(Object.assign(new DeskReview(), { desk: again }));
	const button = () =>
		[...element.querySelectorAll('button')].find((b) => b.textContent === 'Send your own part again');
	expect(button()).toBeDefined();
	button()?.click();
	await expect.poll(() => again.opening.opening?.names.length).toBe(SIGNERS);
	await settled(element);
	expect(again.opening.opening?.unreadableContributions).toEqual([]);
	expect(button()).toBeUndefined();
});

test('while others still have to open theirs, it is done for now', async () => {
	organizers.contributions.clear();
	const one = await desk();
	await one.opening.run(one);
	expect(one.opening.opening).toBeNull();
	expect(one.opening.isInterrupted(one.unlocked.organizer.letter)).toBe(false);
});

test('what was under way when the desk was locked leaves nothing behind', async () => {
	const one = await desk();
	one.addEventListener('change', () => {
		if (one.opening.progress?.phase === 'open') one.lock();
	});
	await one.opening.run(one);
	expect(one.opening.opening).toBeNull();
	expect(one.opening.progress).toBeNull();
	expect(one.organizer).toBeNull();
});

test('whoever locks the desk while the own shares are sealed sends none of them', async () => {
	const one = await desk();
	one.addEventListener('change', () => {
		// At once, but not within what it is told of.
		if (one.opening.progress?.phase === 'share') queueMicrotask(() => one.lock());
	});
	await one.opening.run(one);
	expect(one.opening.opening).toBeNull();
	expect(server.count('PUT /api/desk/contribution')).toBe(0);
});
