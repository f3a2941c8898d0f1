/** Whether a post may be proposed beside those that there are. */
import { LIMITS } from '../../shared/limits.ts';
import { markdownFault } from '../../shared/markdown.ts';
import { isListed, isToShow, type Post, readPost } from '../../shared/post.ts';
import { Problem } from '../platform/errors.ts';
import type { PostRow } from './post-store.ts';

/** What `written` may say: the hour that has begun, or nearly; clocks are off by a little. */
const EARLIEST_MS = 2 * 3_600_000;
const LATEST_MS = 10 * 60_000;

export interface Beside {
	/** All posts of the letter. */
	rows: readonly PostRow[];
	/** Id of the organizer who proposes. */
	proposer: string;
	now: Date;
}

/** @throws Problem `post-refused` with the field, `waiting-limit` */
export function requireProposable(post: Post, { rows, proposer, now }: Beside): void {
	const written = Date.parse(post.written) - now.getTime();
	if (written < -EARLIEST_MS || written > LATEST_MS) {
		refuse('written', 'The time of this is not now. Set the clock of this device, reload the page and try again.');
	}
	const waiting = rows.filter((row) => row.number === null);
	if (waiting.filter((row) => row.proposer === proposer).length >= LIMITS.waitingOfOrganizer) {
		throw new Problem('waiting-limit');
	}
	const all = rows.map((row) => ({ ...row, post: readPost(row.document) }));
	if (post.kind === 'removal') requireRemovable(post.post, all);
	else if (post.kind === 'listing') requireListable(post.listed, all);
	else requireShowable(post, all);
}

type ReadRow = PostRow & { post: Post };

function requireShowable(post: Post, all: readonly ReadRow[]): void {
	if ('text' in post) {
		const fault = markdownFault(post.text, null);
		if (fault) refuse('text', fault);
	}
	if (all.filter((row) => isToShow(row.post)).length >= LIMITS.postsToShow) {
		refuse(
			'kind',
			`A letter has at most ${LIMITS.postsToShow} updates, replies and press links, removed ones included.`,
		);
	}
}

function requireListable(listed: boolean, all: readonly ReadRow[]): void {
	const listings = all.filter((row) => row.post.kind === 'listing');
	if (listings.some((row) => row.number === null)) {
		refuse('listed', 'A change of the front page is proposed already. Approve that one, or have it taken back.');
	}
	if (isListed(listings) === listed) {
		refuse('listed', listed ? 'The letter is listed already.' : 'The letter is not listed.');
	}
	if (listings.length >= LIMITS.postsOfListing) {
		refuse('listed', `This can be changed ${LIMITS.postsOfListing} times.`);
	}
}

function requireRemovable(subject: string, all: readonly ReadRow[]): void {
	const target = all.find((row) => row.subject === subject && row.number !== null);
	if (target === undefined || !isToShow(target.post)) refuse('post', 'This does not stand under the letter.');
	for (const { post, number } of all) {
		if (post.kind !== 'removal' || post.post !== subject) continue;
		refuse('post', number === null ? 'Its removal is proposed already. Approve that one.' : 'This is removed already.');
	}
}

function refuse(field: string, detail: string): never {
	throw new Problem('post-refused', { field, detail });
}
