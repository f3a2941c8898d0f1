/** What organizers say under a released letter, verified with its recount (docs/protocol.md, section 10): each post approved by M of the last charter's. */
import type { CheckedChain } from './chain.ts';
import { Fault } from './fault.ts';
import type { FileSource } from './lines.ts';
import { msg, str } from './locales/say.ts';
import { showPosts } from './post.ts';
import { readUpdates } from './updates-file.ts';

/** `posts` counts all in the file, `shown` those that stand under the letter. */
export type UpdatesVerdict =
	| { ok: true; posts: number; shown: number; threshold: number }
	| { ok: false; place: string; message: string };

/** @param source of updates.json. Throws only what the source throws. */
export async function checkUpdates(source: FileSource, { charter, root }: CheckedChain): Promise<UpdatesVerdict> {
	try {
		const updates = await readUpdates(source);
		if (updates.root !== root) throw new Fault('updates-form', 'line 2', 'These posts are about another letter.');
		const shown = await showPosts(updates.posts, charter, root);
		return { ok: true, posts: updates.posts.length, shown: shown.length, threshold: charter.threshold };
	} catch (fault) {
		if (fault instanceof Fault) return { ok: false, place: fault.place, message: fault.message };
		throw fault;
	}
}

/** "✓ Posts under the letter: …", as the checks of a recount. Null: there is no updates.json, which a letter without posts has none of. */
export function updatesSentence(verdict: UpdatesVerdict | null): string {
	const title = msg('Posts under the letter');
	if (verdict === null)
		return `– ${title}: ${msg('no updates.json. If anything stands under “Since the release”, it was not checked.')}`;
	if (!verdict.ok) return `✗ ${title}: updates.json, ${verdict.place}: ${verdict.message}`;
	const { posts, shown, threshold } = verdict;
	const said =
		posts === 1
			? msg(str`1 post, each approved by at least ${threshold} organizers; ${shown} of them shown.`)
			: msg(str`${posts} posts, each approved by at least ${threshold} organizers; ${shown} of them shown.`);
	return `✓ ${title}: ${said}`;
}
