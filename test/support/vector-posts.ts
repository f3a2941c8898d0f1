/** Vectors of section 10 of docs/protocol.md: posts, the file that they stand in, and what is wrong with changed ones. */

import { isListed, type Post, postSubject, showPosts, writePost } from '../../shared/post.ts';
import { readUpdates, writeUpdates } from '../../shared/updates-file.ts';
import { caughtFault } from './fault-of.ts';
import { approvalsOf, type TestLetter } from './letter.ts';
import { type Edit, edited } from './vector-release.ts';

export async function postVectors(letter: TestLetter) {
	const { root } = letter;
	const update: Post = {
		...{ kind: 'update', written: '2027-03-02T10:00:00Z', title: 'Żaneta „met" the board' },
		text: '# What was said\n\nThey **listened**.\t王小明',
	};
	const all: Post[] = [
		update,
		{ kind: 'reply', written: '2027-03-02T11:00:00Z', from: 'مجلس الإدارة', text: 'We will answer.' },
		{ kind: 'listing', written: '2027-03-02T11:00:00Z', listed: true },
		{
			...{ kind: 'coverage', written: '2027-03-03T08:00:00Z', outlet: 'The Paper', title: 'Staff write' },
			address: 'https://paper.example:8443/a?b=%C3%A4#c',
		},
		{ kind: 'removal', written: '2027-03-03T09:00:00Z', post: await postSubject(writePost(update)) },
	];
	const posts = await Promise.all(
		all.map(async (post) => {
			const document = writePost(post);
			const subject = await postSubject(document);
			return { document, subject, approvals: await approvalsOf(letter, 'post', subject) };
		}),
	);
	const file = writeUpdates(root, posts);
	const lines = file.split('\n');
	const approval = lines[3]?.match(/,\{"organizer":[^}]*\}/)?.[0] ?? '';
	const broken: { what: string; edit: Edit }[] = [
		{ what: 'cut off in a post', edit: { bytes: file.indexOf('listened') } },
		{ what: 'something after the end', edit: { text: '\n' } },
		{ what: 'the root of nothing', edit: { line: 2, from: '",', to: 'A",' } },
		{ what: 'a letter of a text', edit: { line: 4, from: 'listened', to: 'lis tened' } },
		{ what: 'an approval left out', edit: { line: 4, from: approval, to: '' } },
		{ what: 'a blank in a document', edit: { line: 5, from: '"kind":', to: '"kind": ' } },
		{ what: 'another kind', edit: { line: 5, from: '"reply"', to: '"answer"' } },
		{ what: 'a script as address', edit: { line: 7, from: 'https', to: 'script' } },
		{ what: 'the first post twice', edit: { line: 5, from: lines[4] ?? '', to: lines[3] ?? '' } },
		{ what: 'a removal before what it removes', edit: { line: 4, from: lines[3] ?? '', to: `${lines[7]},` } },
		{ what: 'no comma after a post', edit: { line: 4, from: ']},', to: ']}' } },
	];
	const shown = await showPosts(posts, letter.charter, root);
	return {
		root,
		charter: letter.chain.charters.at(-1),
		posts: posts.map(({ document, subject }) => ({ document, subject })),
		lines,
		shown: shown.map(({ number }) => number),
		listed: isListed(posts),
		broken: await Promise.all(
			broken.map(async ({ what, edit }) => {
				const fault = await caughtFault(async () => {
					await showPosts((await readUpdates(edited(file, edit))).posts, letter.charter, root);
				});
				return { what, edit, place: fault?.place, code: fault?.code };
			}),
		),
	};
}
