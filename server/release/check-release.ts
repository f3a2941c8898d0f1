/**
 * What the server verifies of a release before it keeps it for its minute: everything that a recount verifies, and then that it fits what
 * the server holds. Proven by test/server/release/approve.test.ts.
 */
import type { Chain } from '../../shared/chain.ts';
import type { ReleaseContent, Terms } from '../../shared/release.ts';
import { Child } from '../platform/child.ts';
import { Problem } from '../platform/errors.ts';
import { type CheckedFile, checkFile } from './check-file.ts';
import { Marks } from './held.ts';
import type { IssuedRow } from './issued-counts-store.ts';

/** What M organizers approve, as the draft announces it. */
export interface Announced {
	attempt: string;
	releaseHash: string;
	releaseAt: Date;
}

/** A release that holds by itself: all of it but its signatures, and what is compared of those. */
export interface CheckedRelease {
	release: ReleaseContent;
	marks: Marks;
}

/**
 * The file by itself: its form, everything in it, and that it is what was announced, over this chain. Verified as it comes in, in a process of its own.
 * @throws Problem `release-invalid`, and what the pieces throw
 */
export async function checkReleaseFile(
	pieces: AsyncIterable<Uint8Array>,
	chain: Chain,
	announced: Announced,
): Promise<CheckedRelease> {
	const { report, release, marks } = await recounted(pieces);
	if (report.fault !== null) throw refused(`${report.fault.place}: ${report.fault.message}`);
	if (report.releaseHash !== announced.releaseHash) throw refused('It is not the release that is approved.');
	if (release === null) throw new Error('a release without a fault was not read');
	const { terms } = release;
	if (release.approvals.length > 0) throw refused('It comes without approvals; the server adds them.');
	if (!sameChain(release.chain, chain)) throw refused('Its charters are not the ones that stand.');
	if (terms.attempt !== announced.attempt) throw refused('Its attempt is not that of the draft.');
	if (new Date(terms.releaseAt).getTime() !== announced.releaseAt.getTime()) {
		throw refused('Its time is not that of the draft.');
	}
	return { release, marks: new Marks(marks) };
}

/** A file of one piece here, others in a process of their own. Of one with a fault no more is read than was needed to find it. */
async function recounted(pieces: AsyncIterable<Uint8Array>): Promise<CheckedFile> {
	const source = pieces[Symbol.asyncIterator]();
	const begun = [await source.next(), await source.next()];
	const all = async function* (child?: Child) {
		for (const next of begun) if (!next.done) yield next.value;
		for (let next = begun[1]; next && !next.done && !child?.saidMore; ) {
			next = await source.next();
			if (!next.done) yield next.value;
		}
	};
	if (begun[1]?.done) return await checkFile(all());
	const child = new Child(new URL('./check-program.ts', import.meta.url));
	try {
		await child.feed(all(child));
		return await child.next<CheckedFile>();
	} finally {
		child.end();
	}
}

const refused = (detail: string): Problem => new Problem('release-invalid', { detail });

/** Both were read and verified, so equal documents are equal strings. */
const sameChain = (a: Chain, b: Chain): boolean => chainText(a) === chainText(b);
const chainText = ({ charters, approvals, texts }: Chain): string =>
	JSON.stringify([
		charters,
		approvals.map((one) => one.map(({ organizer, authenticator }) => [organizer, authenticator])),
		texts,
	]);

/** The credentials that the release states are those that were issued. @throws Problem `release-invalid` */
export function requireIssued({ tallies }: Terms, issued: readonly IssuedRow[]): void {
	for (const { group, credentials } of tallies) {
		const row = issued.find((one) => one.group === group) ?? { mailbox: 0, roster: 0, voucher: 0 };
		const same =
			credentials.mailbox === row.mailbox && credentials.roster === row.roster && credentials.voucher === row.voucher;
		if (!same) throw refused('It states other numbers of credentials than were issued.');
	}
}
