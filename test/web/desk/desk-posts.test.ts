import { beforeAll, describe, expect, test } from 'vitest';
import { Refused } from '../../../shared/client/call.ts';
import { type Post, readPost } from '../../../shared/post.ts';
import { approvalsOf } from '../../support/letter.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults } from './desk-stage.ts';
import {
	app,
	coverage,
	makeReleased,
	organizers,
	post,
	press,
	submit,
	type,
	update,
	written,
} from './released-stage.ts';

beforeAll(makeReleased);

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
		await press(element, 'The letter');
		await press(element, 'Publish the reply');
		expect(element.querySelector<HTMLTextAreaElement>('#post-text')?.value).toBe('We see it differently.');
		await press(element, 'Leave it for now');
		expect(element.querySelector('desk-post-form')).toBeNull();
	});

	test('a removal is approved only beside what it takes down', async () => {
		const standing = await post(update, 1);
		const removal = await post({ kind: 'removal', written, post: standing.subject }, null);
		const approve = (element: HTMLElement) =>
			[...element.querySelectorAll('desk-post button')].map((one) => one.textContent?.trim());
		const shown = await app({ posts: [standing, removal] });
		expect(shown.element.querySelector('desk-post strong')?.textContent).toBe('listened');
		expect(approve(shown.element)).toEqual(['Approve this']);
		const hidden = await app({ posts: [removal] });
		expect(hidden.element.querySelector('desk-post')?.textContent).toContain('cannot be approved unseen');
		expect(approve(hidden.element)).toEqual([]);
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
