/** What was done, and whose answer was lost: the desk says that it did not work for as long as nobody knows better, and no longer. */
import { beforeAll, expect, test } from 'vitest';
import type { DeskView } from '../../../shared/api/desk.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { type Call, Unanswered } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import type { DeskBuild } from '../../../web/desk/desk-build.ts';
import { DeskDecision } from '../../../web/desk/desk-decision.ts';
import { DeskPostForm } from '../../../web/desk/desk-post-form.ts';
import { DeskRelease } from '../../../web/desk/desk-release.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, show } from './desk-stage.ts';

let organizers: OrganizerDesk;
beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(2) });
});

function type(element: HTMLElement, id: string, value: string): void {
	const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`);
	if (field === null) throw new Error(`There is no ${id}.`);
	field.focus();
	field.value = value;
	field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const lost = () => {
	throw new Unanswered('The server does not answer. Try again.');
};

/** Does what it is asked, and says nothing; of the desk only while `reachable`. */
function silent(change: (body: Record<string, unknown> | undefined) => Partial<DeskView>) {
	let view = organizers.view(0);
	const server = { reachable: false };
	const call: Call = async (method, path, body) => {
		if (method !== 'GET') {
			view = { ...view, ...change(body) };
			return lost();
		}
		if (path === '/api/desk' && server.reachable) return view;
		return lost();
	};
	const desk = deskOf(organizers, call);
	return { desk, server };
}

const decided = (): Partial<DeskView> => ({
	decisions: [
		{
			kind: 'close',
			approvals: [{ organizer: organizers.organizer(0).id, authenticator: b64u(randomBytes(64)) }],
		},
	],
});

async function deciding(reachable: boolean) {
	const { desk, server } = silent(decided);
	server.reachable = reachable;
	await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	const element = new DeskDecision();
	element.kind = 'close';
	element.desk = desk;
	await show(element);
	element.querySelector('form')?.requestSubmit();
	await settled(element);
	return { desk, server, element };
}

test('an approval that the desk shows at once was no failure', async () => {
	const { element } = await deciding(true);
	expect(element.textContent).toContain('You have decided for it.');
	expect(element.querySelector('.errors')).toBeNull();
});

test('what failed says so until the desk shows that it was done, and then no more', async () => {
	const { desk, server, element } = await deciding(false);
	expect(element.textContent).toContain('That did not work');
	await desk.refresh();
	await settled(element);
	expect(element.textContent).toContain('That did not work');
	server.reachable = true;
	await desk.refresh();
	await settled(element);
	expect(element.textContent).toContain('You have decided for it.');
	expect(element.querySelector('.errors')).toBeNull();
});

/** An update is typed and proposed, and the answer is lost. */
async function proposing() {
	const { desk, server } = silent((body) => {
		const { document, authenticator } = body as { document: string; authenticator: string };
		const approvals = [{ organizer: organizers.organizer(0).id, authenticator }];
		const subject = b64u(randomBytes(32));
		return { posts: [{ subject, document, proposer: organizers.organizer(0).id, number: null, approvals }] };
	});
	await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	desk.typed.set('update.title', 'We met the board');
	desk.typed.set('update.text', 'They listened.');
	const element = new DeskPostForm();
	element.kind = 'update';
	element.desk = desk;
	let proposed = 0;
	element.addEventListener('proposed', () => proposed++);
	await show(element);
	element.querySelector('form')?.requestSubmit();
	await expect.poll(() => element.textContent).toContain('That did not work');
	expect([proposed, desk.typed.get('update.title')]).toEqual([0, 'We met the board']);
	const found = async () => {
		server.reachable = true;
		await desk.refresh();
		await settled(element);
	};
	return { desk, element, found, proposed: () => proposed };
}

test('a post whose answer was lost is proposed once: the form closes when it stands on the desk', async () => {
	const { desk, element, found, proposed } = await proposing();
	await found();
	expect([proposed(), desk.typed.get('update.title')]).toEqual([1, undefined]);
	expect(element.querySelector('.errors')).toBeNull();
});

test('what was typed since stays, and is said not to be in the post that is found', async () => {
	const { desk, element, found, proposed } = await proposing();
	type(element, 'post-text', 'They listened, and promised an answer.');
	await settled(element);
	await found();
	expect([proposed(), desk.typed.get('update.text')]).toEqual([0, 'They listened, and promised an answer.']);
	expect(element.querySelector('.errors')).toBeNull();
	expect(element.querySelector('[role="status"]')?.textContent).toContain('without what you changed since');
	expect(document.activeElement?.id).toBe('post-text');
	const faults = await accessibilityFaults();
	expect(faults.filter((one) => !/^(landmark-one-main|page-has-heading-one|region|heading-order):/.test(one))).toEqual(
		[],
	);
});

/** A release is built and proposed, and the answer is lost. */
async function building() {
	const { desk, server } = silent((body) => ({
		release: {
			attempt: String(body?.attempt),
			releaseHash: String(body?.releaseHash),
			releaseAt: String(body?.releaseAt),
			proposer: organizers.organizer(0).id,
			approvedBy: [],
			stoppedBy: [],
		},
	}));
	await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	desk.opening.opening = { names: [], unreadable: [], waiting: [], wrongShares: [], unreadableContributions: [] };
	desk.typed.set('release.release-press', 'press@letters.example');
	const card = await show(Object.assign(new DeskRelease(), { desk }));
	const element = card.querySelector<DeskBuild>('desk-build');
	if (element === null) throw new Error('There is no form.');
	let built = 0;
	element.addEventListener('built', () => built++);
	element.querySelector('form')?.requestSubmit();
	await expect.poll(() => element.textContent).toContain('That did not work');
	expect(built).toBe(0);
	expect(desk.typed.get('release.release-press')).toBe('press@letters.example');
	const found = async () => {
		server.reachable = true;
		await desk.refresh();
		await settled(element);
	};
	return { desk, element, found, built: () => built };
}

test('a release that was built without an answer counts as built once it stands there', async () => {
	const { desk, element, found, built } = await building();
	await found();
	expect(built()).toBe(1);
	expect(element.querySelector('.errors')).toBeNull();
	expect(desk.typed.get('release.release-press')).toBeUndefined();
});

test('and what was typed since stays, and is said not to be in it', async () => {
	const { desk, element, found, built } = await building();
	type(element, 'release-deliveries', 'board@northwind.example');
	await settled(element);
	await found();
	expect(built()).toBe(0);
	expect(element.querySelector('.errors')).toBeNull();
	expect(desk.typed.get('release.release-deliveries')).toBe('board@northwind.example');
	expect(desk.typed.get('release.release-press')).toBe('press@letters.example');
	expect(element.isConnected).toBe(true);
	expect(element.querySelector('[role="status"]')?.textContent).toContain('without what you changed since');
});
