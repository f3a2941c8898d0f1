import { beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { DeskView } from '../../../shared/api/desk.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { Refused } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { strikeSubject, toStub } from '../../../shared/entry.ts';
import { type Post, postSubject, readPost, writePost } from '../../../shared/post.ts';
import type { Release } from '../../../shared/release.ts';
import { writeReleaseFile } from '../../../shared/release-file.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { approvalsOf, releaseFiles, someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, settled, show, smallTargets } from './desk-stage.ts';

let organizers: OrganizerDesk;
let release: Release;
let file: string;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(6) });
	({ release } = await releaseFiles(organizers.letter));
	const at = release.signatures.findIndex((one) => 'entry' in one);
	const gone = release.signatures[at];
	if (gone === undefined || !('entry' in gone)) throw new Error('There is an entry.');
	const { keys } = organizers.letter.signers.find((one) => one.keys.publicKey === gone.entry.statement.key) ?? {};
	if (keys === undefined) throw new Error('It has a signer.');
	const withdrawal = await signWithdrawal(keys.privateKey, organizers.letter.root, keys.publicKey, 2);
	release.signatures[at] = { digest: gone.digest, stub: await toStub(gone.entry, { withdrawal }) };
	file = writeReleaseFile(release);
});

const written = '2027-03-01T09:00:00Z';
const update: Post = { kind: 'update', written, title: 'We met the board', text: 'They **listened**.\n\nMore soon.' };
const coverage: Post = {
	...{ kind: 'coverage', written, outlet: 'The Paper', title: 'Staff write' },
	address: 'https://paper.example/a',
};

type OnDesk = DeskView['posts'][number];
/** Proposed by organizer 1, approved by so many from there on. */
async function post(of: Post, number: number | null, approvers = number === null ? 1 : 2): Promise<OnDesk> {
	const document = writePost(of);
	const subject = await postSubject(document);
	const all = await approvalsOf(organizers.letter, 'post', subject);
	const approvals = number === null ? all.slice(1, 1 + approvers) : all;
	return { subject, document, proposer: organizers.organizer(1).id, number, approvals };
}

/** The number under which somebody stands by name, and who it is. */
function named(): { number: number; name: string; digest: string } {
	for (const [i, one] of release.signatures.entries()) {
		if ('entry' in one && one.entry.display) return { number: i + 1, name: one.entry.display.name, digest: one.digest };
	}
	throw new Error('Nobody stands there by name.');
}

type Sent = { call: string; body: Record<string, unknown> | undefined };

async function app(change: Partial<DeskView> = {}, known = true): Promise<{ element: DeskApp; sent: Sent[] }> {
	const sent: Sent[] = [];
	const view = organizers.view(0, change);
	const released = {
		...view,
		letter: { ...view.letter, state: 'released', slug: 'a-letter', releaseAt: written },
	} as const;
	const desk = deskOf(organizers, async (method, path, body) => {
		if (method === 'GET') return released;
		sent.push({ call: `${method} ${path}`, body });
		if (path.includes('late-strikes')) return { agreed: false };
		return { subject: b64u(randomBytes(32)), agreed: false };
	});
	Object.assign(desk.parts, {
		async file(path: string) {
			if (path !== '/letters/a-letter/release.json') throw new Error(`Nothing stands at ${path}.`);
			return new Blob([file]).stream();
		},
	});
	desk.view = released;
	if (known) await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	const element = new DeskApp();
	element.desk = desk;
	await show(element);
	await settled(element);
	return { element, sent };
}

function button(element: HTMLElement, words: string): HTMLButtonElement {
	const found = [...element.querySelectorAll('button')].find((one) => one.textContent?.trim().startsWith(words));
	if (found === undefined) throw new Error(`There is no button “${words}”.`);
	return found;
}
async function press(element: DeskApp, words: string): Promise<void> {
	button(element, words).click();
	await settled(element);
}
function type(element: HTMLElement, id: string, value: string): void {
	const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`);
	if (field === null) throw new Error(`There is no field ${id}.`);
	field.value = value;
	field.dispatchEvent(new Event('input', { bubbles: true }));
}
async function submit(element: DeskApp, id: string): Promise<void> {
	element.querySelector<HTMLInputElement>(`#${id}`)?.form?.requestSubmit();
	await settled(element);
}

describe('the desk of a released letter', () => {
	test('full: axe finds nothing, targets are large, 320 px are enough', async () => {
		const { number, digest } = named();
		const strike = { number, digest, reason: 'twice' as const, proposer: organizers.organizer(1).id, agreed: false };
		const approvals = (await approvalsOf(organizers.letter, 'strike', await strikeSubject(digest, 'twice'))).slice(1);
		const standing = await post(update, 1);
		const posts = [
			standing,
			await post({ kind: 'removal', written, post: standing.subject }, null),
			await post(coverage, null),
			await post({ kind: 'listing', written, listed: true }, null),
		];
		const { element } = await app({ posts, lateStrikes: [{ ...strike, approvals }] });
		await press(element, 'Write an update');
		for (const width of [1280, 320]) {
			await page.viewport(width, 900);
			expect(fitsItsWidth()).toBe(true);
			expect(smallTargets()).toEqual([]);
			expect(await accessibilityFaults()).toEqual([]);
		}
		await page.viewport(1280, 900);
	});

	test('a browser that does not know the letter approves nothing, and shows nothing as agreed on', async () => {
		const { element } = await app({ posts: [await post(update, null)] }, false);
		expect(element.textContent).toContain('This browser does not know the letter yet');
		expect(element.querySelector('desk-post')).toBeNull();
		expect(element.textContent).not.toContain('Approve this');
	});

	test('a post that the server shows as agreed on without enough approvals raises the alarm', async () => {
		const alone = await post(update, 1);
		const { element } = await app({ posts: [{ ...alone, approvals: alone.approvals.slice(0, 1) }] });
		expect(element.textContent).toContain('What the server shows was not agreed on');
		expect(element.textContent).toContain('(post 1)');
		expect([...element.querySelectorAll('button')].some((one) => one.textContent?.includes('Propose to list'))).toBe(
			false,
		);
	});
});

describe('posts', () => {
	test('what waits is read as it will stand, with who approved, and approved by its bytes', async () => {
		const waiting = await post(update, null);
		const { element, sent } = await app({ posts: [waiting] });
		const article = element.querySelector('desk-post');
		expect(article?.querySelector('strong')?.textContent).toBe('listened');
		expect(article?.textContent).toContain('Update, proposed by Organizer 2');
		expect(article?.textContent).toContain('Approved by Organizer 2; one more is needed.');
		await press(element, 'Approve this');
		expect(sent).toEqual([
			{ call: 'POST /api/desk/posts/approve', body: { subject: waiting.subject, authenticator: expect.any(String) } },
		]);
	});

	test('who approves sees where links lead, whatever their words say', async () => {
		const text = 'Read it on [paper.example](https://evil.example/a), twice: [here](https://evil.example/a).';
		const { element } = await app({
			posts: [await post({ ...update, text } as Post, null), await post(coverage, null)],
		});
		const leads = [...element.querySelectorAll('.leads li')].map((one) => one.textContent);
		expect(leads.sort()).toEqual(['https://evil.example/a', 'https://paper.example/a']);
	});

	test('one’s own approval is taken back', async () => {
		const waiting = await post(update, null);
		const own = (await approvalsOf(organizers.letter, 'post', waiting.subject)).slice(0, 1);
		const { element, sent } = await app({ posts: [{ ...waiting, approvals: own }] });
		expect(element.textContent).toContain('You have approved.');
		await press(element, 'Take it back');
		expect(sent).toEqual([{ call: `DELETE /api/desk/posts/${waiting.subject}`, body: undefined }]);
	});

	test('an update is proposed as typed; the form is empty then, and says what happens next', async () => {
		const { element, sent } = await app();
		await press(element, 'Write an update');
		expect(document.activeElement?.textContent).toBe('Write an update');
		type(element, 'post-title', '  We met the board ');
		type(element, 'post-text', 'They **listened**.');
		await settled(element);
		expect(element.querySelector('[aria-label="As it will read"] strong')?.textContent).toBe('listened');
		await submit(element, 'post-title');
		expect(readPost(String(sent[0]?.body?.document))).toMatchObject({
			...{ kind: 'update', title: 'We met the board' },
			text: 'They **listened**.',
		});
		expect(element.querySelector('desk-post-form')).toBeNull();
		expect(element.textContent).toContain('It waits for the others.');
		await press(element, 'Write an update');
		expect(element.querySelector<HTMLInputElement>('#post-title')?.value).toBe('');
	});

	test.each<[string, string, Record<string, string>, string, string]>([
		['Write an update', 'no title', { 'post-text': 'Text.' }, 'post-title', 'Give it a title.'],
		[
			'Write an update',
			'HTML',
			{ 'post-title': 'A', 'post-text': 'One\n\n<b>two</b>' },
			'post-text',
			'Line 3: This is HTML',
		],
		[
			'Write an update',
			'a reference',
			{ 'post-title': 'A', 'post-text': 'One[1]' },
			'post-text',
			'There are no references here',
		],
		['Publish the reply', 'nobody', { 'post-text': 'No.' }, 'post-from', 'Say who replied.'],
		[
			'Link to the press',
			'no link',
			{ 'post-outlet': 'P', 'post-title': 'A', 'post-address': 'paper' },
			'post-address',
			'This is not a link',
		],
		[
			'Link to the press',
			'a script',
			{ 'post-outlet': 'P', 'post-title': 'A', 'post-address': 'javascript:alert(1)' },
			'post-address',
			'This is not a link',
		],
		[
			'Link to the press',
			'a user before the host',
			{ 'post-outlet': 'P', 'post-title': 'A', 'post-address': 'https://paper.example@evil.example/' },
			'post-address',
			'This is not a link',
		],
		[
			'Write an update',
			'a long title',
			{ 'post-title': 'ä'.repeat(101), 'post-text': 'T' },
			'post-title',
			'202 bytes, where 200 fit',
		],
	])(
		'%s with %s: nothing is sent, the field says what to do, what was typed stays',
		async (form, _, typed, at, words) => {
			const { element, sent } = await app();
			await press(element, form);
			for (const [id, value] of Object.entries(typed)) type(element, id, value);
			await settled(element);
			await submit(element, at);
			expect(sent).toEqual([]);
			const field = element.querySelector<HTMLInputElement>(`#${at}`);
			expect(field?.getAttribute('aria-invalid')).toBe('true');
			expect(element.querySelector(`#${at}-wrong`)?.textContent).toContain(words);
			expect(document.activeElement?.className).toBe('errors');
			for (const [id, value] of Object.entries(typed)) {
				expect(element.querySelector<HTMLInputElement>(`#${id}`)?.value).toBe(value);
			}
			expect(await accessibilityFaults()).toEqual([]);
		},
	);

	test('what the server refuses stands beside its field, and what was typed stays, also while one looks elsewhere', async () => {
		const { element } = await app();
		const { call } = element.desk.parts;
		const refusing: typeof call = async (method, path, body) => {
			if (method === 'POST') throw new Refused('post-refused', 400, 'Line 1: not like this.', null, 'text');
			return call(method, path, body);
		};
		Object.assign(element.desk.parts, { call: refusing });
		await press(element, 'Publish the reply');
		type(element, 'post-from', 'The board');
		type(element, 'post-text', 'We see it differently.');
		await settled(element);
		await submit(element, 'post-from');
		expect(element.querySelector('#post-text-wrong')?.textContent).toBe('Line 1: not like this.');
		await press(element, 'Your keys and devices');
		await press(element, 'Back to the letter');
		await press(element, 'Publish the reply');
		expect(element.querySelector<HTMLTextAreaElement>('#post-text')?.value).toBe('We see it differently.');
		await press(element, 'Leave it for now');
		expect(element.querySelector('desk-post-form')).toBeNull();
	});

	test('what stands is proposed for removal, and the letter for the front page', async () => {
		const standing = await post(update, 1);
		const { element, sent } = await app({ posts: [standing] });
		await press(element, 'Propose to remove');
		await press(element, 'Propose to list it');
		const proposed = sent.map(({ body }) => readPost(String(body?.document)));
		expect(proposed).toMatchObject([
			{ kind: 'removal', post: standing.subject },
			{ kind: 'listing', listed: true },
		]);
	});

	test('markup in what others wrote stays text', async () => {
		const hostile = await post(
			{ ...update, title: '<img src=x onerror=alert(1)>', text: '<script>alert(1)</script>' } as Post,
			null,
		);
		const { element } = await app({ posts: [hostile] });
		expect(element.querySelector('desk-post img, desk-post script')).toBeNull();
		expect(element.querySelector('desk-post')?.textContent).toContain('<script>alert(1)</script>');
	});
});

describe('striking', () => {
	test('the number leads to who it is, and nothing is proposed without a reason', async () => {
		const { number, name, digest } = named();
		const { element, sent } = await app();
		type(element, 'strike-number', String(number));
		await submit(element, 'strike-number');
		expect(element.querySelector('desk-late-strike .as')?.textContent).toContain(name);
		await submit(element, 'strike-why');
		expect(sent).toEqual([]);
		expect(element.querySelector('#strike-why-wrong')?.textContent).toBe('Choose a reason.');
		const select = element.querySelector<HTMLSelectElement>('#strike-why');
		if (select) select.value = 'twice';
		await submit(element, 'strike-why');
		expect(sent).toMatchObject([{ call: 'POST /api/desk/late-strikes', body: { number, digest, reason: 'twice' } }]);
		expect(element.textContent).toContain('It is proposed, with your approval.');
	});

	test.each([
		['', 'Type the number'],
		['nine', 'Type the number'],
		['0', 'Type the number'],
		['7', 'The letter has no signature of this number.'],
	])('“%s” is no number of the letter', async (typed, words) => {
		const { element } = await app();
		type(element, 'strike-number', typed);
		await submit(element, 'strike-number');
		expect(element.querySelector('#strike-number-wrong')?.textContent).toContain(words);
	});

	test('what was taken off already is not struck', async () => {
		const at = release.signatures.findIndex((one) => 'stub' in one);
		const { element } = await app();
		type(element, 'strike-number', String(at + 1));
		await submit(element, 'strike-number');
		expect(element.textContent).toContain(`Number ${at + 1} was taken off already.`);
		expect(element.querySelector('#strike-why')).toBeNull();
	});

	test('who approves another’s strike sees first who it is; another entry than the proposed one is never approved', async () => {
		const { number, name, digest } = named();
		const approvals = (await approvalsOf(organizers.letter, 'strike', await strikeSubject(digest, 'asked'))).slice(1);
		const strike = {
			number,
			digest,
			reason: 'asked' as const,
			proposer: organizers.organizer(1).id,
			agreed: false,
			approvals,
		};
		const { element, sent } = await app({ lateStrikes: [strike] });
		const waiting = () => element.querySelector('desk-late-strike article');
		expect(waiting()?.textContent).not.toContain('Approve striking');
		await press(element, 'See who it is');
		expect(waiting()?.textContent).toContain(name);
		await press(element, `Approve striking number ${number}`);
		expect(sent).toMatchObject([{ body: { number, digest, reason: 'asked' } }]);

		const other = await app({ lateStrikes: [{ ...strike, digest: b64u(randomBytes(32)) }] });
		await press(other.element, 'See who it is');
		expect(other.element.textContent).toContain('What stands under this number is not what was proposed.');
		expect(other.element.textContent).not.toContain('Approve striking');
	});
});
