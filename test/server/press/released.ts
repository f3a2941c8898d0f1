/** A released letter on a server under test, and its organizers at their desks afterwards, each driving the browser's own code over HTTP. */
import type { DeskView } from '../../../shared/api/desk.ts';
import { type Call, Refused } from '../../../shared/client/call.ts';
import { readStanding, type Standing } from '../../../shared/client/deciding.ts';
import { type Organizer, readDesk } from '../../../shared/client/organizer.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import type { StandingPost } from '../../../shared/post.ts';
import { recount } from '../../../shared/recount.ts';
import type { RecountReport } from '../../../shared/recount-report.ts';
import { readUpdates } from '../../../shared/updates-file.ts';
import type { DatabaseKind } from '../../support/databases.ts';
import type { TestLetterOptions } from '../../support/letter.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { MINUTE, placeInReview, REVIEW, type Review } from '../release/in-review.ts';

export interface ReleasedSeat {
	call: Call;
	organizer: Organizer;
	view(): Promise<DeskView>;
	standing(): Promise<Standing>;
}

export interface Released {
	server: TestServer;
	review: Review;
	/** Three organizers, of whom two decide unless told otherwise. */
	seats: [ReleasedSeat, ReleasedSeat, ReleasedSeat];
	/** A file of the letter, as text; null where there is none. */
	file(path: string): Promise<string | null>;
	/** What updates.json holds; [] where there is none. */
	updates(): Promise<StandingPost[]>;
	/** Of the release file and its JWS as they are served. */
	recount(): Promise<RecountReport>;
	/** Until what was asked for is rendered. */
	rendered(): Promise<void>;
}

export async function release(database: DatabaseKind, options: TestLetterOptions = {}): Promise<Released> {
	const server = await startServer({ database, now: REVIEW });
	const review = await placeInReview(server, options);
	const composed = await review.compose();
	await review.propose(0, composed);
	const { threshold } = review.letter.charter;
	for (let by = 0; by < threshold; by++) await review.approve(by, composed, by === threshold - 1);
	await server.due(MINUTE);
	await review.logIn();
	const file = async (path: string) => {
		const answer = await server.fetch(`/letters/a-letter/${path}`);
		const text = await answer.text();
		return answer.ok ? text : null;
	};
	const seats = [0, 1, 2].map((by) => seatOf(review, by));
	return {
		...{ server, review, file },
		seats: seats as [ReleasedSeat, ReleasedSeat, ReleasedSeat],
		async updates() {
			const updates = await file('updates.json');
			return updates === null ? [] : (await readUpdates(updates)).posts;
		},
		async recount() {
			const jws = await file('release.json.jws');
			return recount((await file('release.json')) ?? '', jws === null ? {} : { jws });
		},
		rendered: () => server.deps.jobs.idle(),
	};
}

function seatOf(review: Review, by: number): ReleasedSeat {
	const one = review.letter.organizers[by];
	if (one === undefined) throw new Error(`There is no organizer ${by}.`);
	const { id, name, secrets, seed } = one;
	const call: Call = async (method, path, body) => {
		const answer = await review.ask(by, method, path, body);
		if (answer.status < 400) return answer.body;
		const { code, title, detail, field } = answer.body as { code: ErrorCode } & Record<string, string | undefined>;
		throw new Refused(code, answer.status, detail ?? title ?? '', null, field ?? null);
	};
	const view = () => readDesk(call);
	return {
		...{ call, view },
		organizer: { id, letter: review.id, name, key: secrets.key, secrets, seed },
		standing: async () => readStanding(await view(), review.letter.root),
	};
}
