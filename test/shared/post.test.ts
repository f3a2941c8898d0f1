import { beforeAll, describe, expect, test } from 'vitest';
import { approve } from '../../shared/approval.ts';
import {
	isListed,
	type Post,
	postSubject,
	readPost,
	type StandingPost,
	showPosts,
	writePost,
} from '../../shared/post.ts';
import { readUpdates, writeUpdates } from '../../shared/updates-file.ts';
import { caughtFault } from '../support/fault-of.ts';
import { approvalsOf, buildLetter, type TestLetter } from '../support/letter.ts';

const written = '2027-03-02T10:00:00Z';
const update: Post = { kind: 'update', written, title: 'We met the board', text: 'They **listened**.\n\nMore soon.' };
const reply: Post = { kind: 'reply', written, from: 'The board of Acme', text: 'We will answer in a week.' };
const coverage: Post = {
	...{ kind: 'coverage', written, outlet: 'The Paper', title: 'Staff write to the board' },
	address: 'https://paper.example/a?b=1#c',
};

let letter: TestLetter;
beforeAll(async () => {
	letter = await buildLetter({ signers: [], organizers: 3, threshold: 2 });
});

async function agreed(post: Post): Promise<StandingPost> {
	const document = writePost(post);
	return { document, approvals: await approvalsOf(letter, 'post', await postSubject(document)) };
}
const allAgreed = (...posts: Post[]): Promise<StandingPost[]> => Promise.all(posts.map(agreed));
const shown = (posts: StandingPost[]) => showPosts(posts, letter.charter, letter.root);
const removalOf = async (post: Post, at = written): Promise<Post> => ({
	...{ kind: 'removal', written: at },
	post: await postSubject(writePost(post)),
});

describe('what stands under the letter', () => {
	test('posts in the order in which they were agreed, without what was removed', async () => {
		const listing: Post = { kind: 'listing', written, listed: true };
		const posts = await allAgreed(update, listing, reply, await removalOf(update), coverage);
		expect(await shown(posts)).toEqual([
			{ ...reply, number: 3, subject: await postSubject(writePost(reply)) },
			{ ...coverage, number: 5, subject: await postSubject(writePost(coverage)) },
		]);
		expect(isListed(posts)).toBe(true);
		expect(isListed([...posts, await agreed({ ...listing, listed: false })])).toBe(false);
		expect(isListed([])).toBe(false);
	});

	test('without M approvals nothing is shown: one organizer alone, one twice, one of another kind, a stranger', async () => {
		const { document, approvals } = await agreed(update);
		const [first, second] = approvals;
		if (!first || !second) throw new Error('There are two approvals.');
		const refused = async (given: typeof approvals, over = document) =>
			caughtFault(async () => shown([await agreed(reply), { document: over, approvals: given }]));
		expect(await refused([first])).toMatchObject({ code: 'approval-missing', place: 'post 2: approvals of the post' });
		expect(await refused([first, first])).toMatchObject({ code: 'approval-twice' });
		const key = letter.organizers[1]?.secrets.approval;
		if (!key) throw new Error('There is no second organizer.');
		const subject = await postSubject(document);
		for (const authenticator of [
			await approve(key, 'strike', letter.root, subject),
			await approve(key, 'post', subject, subject),
		]) {
			expect(await refused([first, { ...second, authenticator }])).toMatchObject({ code: 'approval-invalid' });
		}
		expect(await refused([first, { ...second, organizer: letter.charter.letter }])).toMatchObject({
			code: 'approval-invalid',
		});
		const other = writePost({ ...reply, text: 'We will never answer.' });
		expect(await refused(approvals, other)).toMatchObject({ code: 'approval-invalid' });
	});

	test('the same post twice, and a removal of what does not stand before it, are refused', async () => {
		const removal = await removalOf(update);
		const cases: [Post[], string, string][] = [
			[[update, update], 'post-twice', 'post 2: post'],
			[[removal, update], 'post-unknown', 'post 1'],
			[[update, removal, await removalOf(update, '2027-03-03T10:00:00Z')], 'post-unknown', 'post 3'],
			[[update, removal, await removalOf(removal)], 'post-unknown', 'post 3'],
		];
		for (const [posts, code, place] of cases) {
			expect(await caughtFault(async () => shown(await allAgreed(...posts)))).toMatchObject({ code, place });
		}
	});
});

describe('what a post may hold', () => {
	const refused: [string, object][] = [
		['a title of two lines', { ...update, title: 'One\nTwo' }],
		['a title that turns the line around', { ...update, title: 'We won \u202eton' }],
		['a title of nothing visible', { ...update, title: '\u200d' }],
		['a title of 201 bytes', { ...update, title: 'a'.repeat(201) }],
		['a text of blanks', { ...update, text: ' \n' }],
		['a text of other blanks', { ...update, text: '\u2003\u3000\u2028' }],
		['a text with a control character', { ...update, text: 'One\u0007' }],
		['a text of 20,001 bytes', { ...update, text: 'a'.repeat(20_001) }],
		['nobody who replies', { ...reply, from: '' }],
		['a time that does not exist', { ...reply, written: '2027-02-30T10:00:00Z' }],
		['a script as address', { ...coverage, address: 'javascript:alert(1)' }],
		['a user before the host', { ...coverage, address: 'https://paper.example@evil.example/' }],
		['a blank in the address', { ...coverage, address: 'https://paper.example/a b' }],
		['a host in another script', { ...coverage, address: 'https://pаper.example/' }],
		['a field more', { ...reply, html: '' }],
		['another kind', { ...reply, kind: 'rumour' }],
		['a subject cut short', { kind: 'removal', written, post: 'AAAA' }],
	];
	test.each(refused)('refused: %s', async (_, post) => {
		expect(await caughtFault(async () => readPost(JSON.stringify(post)))).toMatchObject({ code: 'document-form' });
	});
	test('taken: a text of what is no White_Space, though it cannot be seen', () => {
		expect(readPost(JSON.stringify({ ...update, text: '\ufeff' }))).toMatchObject({ text: '\ufeff' });
	});
	test('fields in another order, or a blank between them, are another document', async () => {
		const { written: at, ...rest } = reply;
		for (const document of [JSON.stringify({ ...rest, written: at }), writePost(reply).replace(',', ', ')]) {
			expect(await caughtFault(async () => readPost(document))).toMatchObject({ code: 'document-not-canonical' });
		}
	});
	test.each(['http://[::1]/', 'https://paper.example:8443', 'http://a.b?c', 'https://xn--ppr-0na.example/%C3%A4'])(
		'an address %s is taken, or refused, by its spelling alone',
		async (address) => {
			const fault = await caughtFault(async () => readPost(JSON.stringify({ ...coverage, address })));
			expect(fault?.code).toBe(address.includes('[') ? 'document-form' : undefined);
		},
	);
});

describe('updates.json', () => {
	test('is read back the same, and gives the same bytes again', async () => {
		const posts = await allAgreed(update, reply, coverage, await removalOf(reply));
		const file = writeUpdates(letter.root, posts);
		const read = await readUpdates(file);
		expect(read).toEqual({ root: letter.root, posts });
		expect(writeUpdates(read.root, read.posts)).toBe(file);
		expect(await shown(read.posts)).toHaveLength(2);
		expect(await readUpdates(writeUpdates(letter.root, []))).toEqual({ root: letter.root, posts: [] });
	});

	test('the longest post that is allowed fits its line', async () => {
		const organizers = await buildLetter({ signers: [], organizers: 20, threshold: 20 });
		const document = writePost({ ...update, title: '"'.repeat(200), text: '"'.repeat(20_000) });
		const approvals = await approvalsOf(organizers, 'post', await postSubject(document));
		const { posts } = await readUpdates(writeUpdates(organizers.root, [{ document, approvals }]));
		expect(await showPosts(posts, organizers.charter, organizers.root)).toHaveLength(1);
	});

	test('every changed byte is found', async () => {
		const posts = await allAgreed(reply, coverage);
		const file = writeUpdates(letter.root, posts);
		const holds = async (changed: string) => {
			const fault = await caughtFault(async () => {
				const read = await readUpdates(changed);
				await showPosts(read.posts, letter.charter, letter.root);
				if (read.root !== letter.root) throw new Error('another letter');
			}).catch((failure: Error) => failure.message);
			return fault === undefined;
		};
		expect(await holds(file)).toBe(true);
		for (let i = 0; i < file.length; i++) {
			const other = file[i] === 'A' ? 'B' : 'A';
			expect(await holds(file.slice(0, i) + other + file.slice(i + 1)), `character ${i}`).toBe(false);
			expect(await holds(file.slice(0, i)), `cut at ${i}`).toBe(false);
		}
		expect(await holds(`${file}\n`)).toBe(false);
	});

	test('a file that is no such file ends soon, and names the line', async () => {
		const file = writeUpdates(letter.root, await allAgreed(reply, coverage));
		const lines = file.split('\n');
		const joined = (...changed: (string | undefined)[]) => changed.join('\n');
		const [format, root, head, one, two] = lines;
		const cases: [string, string, string][] = [
			['', 'updates-form', 'line 1'],
			['[['.repeat(100_000), 'line-too-long', 'line 1'],
			[file.replace('"root":"', '"root":"A'), 'updates-form', 'line 2'],
			[joined(format, root, head, one, `${two},`, ']', '}', ''), 'updates-form', 'line 6'],
			[joined(format, root, head, two, two, ']', '}', ''), 'updates-form', 'line 5'],
			[joined(format, root, head, one, two, ']', ''), 'updates-form', 'line 7'],
			[joined(format, root, head, ...Array(201).fill(one), two, ']', '}', ''), 'updates-form', 'line 204'],
			[joined(format, root, head, '{"post":{},"approvals":[]}', ''), 'document-form', 'line 4, post 1'],
		];
		for (const [source, code, place] of cases) {
			const fault = await caughtFault(() => readUpdates(source));
			expect(fault?.code).toBe(code);
			expect(fault?.place).toContain(place);
		}
	});
});
