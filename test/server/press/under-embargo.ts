/** Organizers who make links, and journalists who open them, over HTTP. */

import type { DatabaseKind } from '../../support/databases.ts';
import type { TestLetterOptions } from '../../support/letter.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { placeInReview, REVIEW, type Review } from '../release/in-review.ts';

export const LATER = '2027-03-20T09:00:00Z';

export interface Opened {
	status: number;
	text: string;
	headers: Headers;
}

export interface UnderEmbargo {
	server: TestServer;
	review: Review;
	/** The link that organizer `by` made for an outlet, without the origin. */
	link(outlet?: string, by?: number, expiresAt?: string): Promise<string>;
	/** What a journalist's browser gets there. */
	open(link: string, path?: string, headers?: Record<string, string>): Promise<Opened>;
	/** As the desk lists them. */
	links(): Promise<{ id: string; outlet: string; createdBy: string; expiresAt: string; revoked: boolean }[]>;
	/** Until what was asked for is prepared. */
	settled(): Promise<void>;
}

export async function underEmbargo(database: DatabaseKind, options: TestLetterOptions = {}): Promise<UnderEmbargo> {
	const server = await startServer({ database, now: REVIEW });
	const review = await placeInReview(server, options);
	return {
		...{ server, review, settled: () => server.deps.jobs.idle() },
		async link(outlet = 'The Northern Post', by = 0, expiresAt = LATER) {
			const { status, body } = await review.ask(by, 'POST', '/api/desk/embargo-links', { outlet, expiresAt });
			if (status !== 200) throw new Error(`no link: ${JSON.stringify(body)}`);
			return new URL(String(body.link)).pathname;
		},
		async open(link, path = '', headers = {}) {
			const answer = await server.fetch(`${link}${path}`, { headers: { accept: 'text/html', ...headers } });
			return { status: answer.status, text: await answer.text(), headers: answer.headers };
		},
		async links() {
			const { body } = await review.ask(1, 'GET', '/api/desk');
			return body.embargoLinks as Awaited<ReturnType<UnderEmbargo['links']>>;
		},
	};
}
