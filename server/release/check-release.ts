/**
 * What the server verifies of a release before it keeps it for its minute: everything that a recount verifies, and then that it fits what
 * the server holds. Proven by test/server/release/approve.test.ts.
 */
import type { Chain } from '../../shared/chain.ts';
import type { ReleaseContent, SignatureContent, Terms } from '../../shared/release.ts';
import { Problem } from '../platform/errors.ts';
import { readOwnRelease } from '../published/own-release.ts';
import { recountInWorkers } from '../recount-workers.ts';
import type { IssuedRow, StandingRow } from './signature-store.ts';

/** What M organizers approve, as the draft announces it. */
export interface Announced {
	attempt: string;
	releaseHash: string;
	releaseAt: Date;
}

/**
 * The file by itself: its form, everything in it, and that it is what was announced, over this chain.
 * @throws Problem `release-invalid`
 */
export async function checkReleaseFile(file: Uint8Array, chain: Chain, announced: Announced): Promise<ReleaseContent> {
	const report = await recountInWorkers(inPieces(file), { unapproved: true });
	if (report.fault !== null) throw refused(`${report.fault.place}: ${report.fault.message}`);
	if (report.releaseHash !== announced.releaseHash) throw refused('It is not the release that is approved.');
	const release = readOwnRelease(file);
	const { terms } = release;
	if (release.approvals.length > 0) throw refused('It comes without approvals; the server adds them.');
	if (!sameChain(release.chain, chain)) throw refused('Its charters are not the ones that stand.');
	if (terms.attempt !== announced.attempt) throw refused('Its attempt is not that of the draft.');
	if (new Date(terms.releaseAt).getTime() !== announced.releaseAt.getTime()) {
		throw refused('Its time is not that of the draft.');
	}
	return release;
}

/** Bytes. */
const PIECE = 2 ** 20;

const refused = (detail: string): Problem => new Problem('release-invalid', { detail });

async function* inPieces(file: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let from = 0; from < file.length; from += PIECE) yield file.subarray(from, from + PIECE);
}

/** Both were read and verified, so equal documents are equal strings. */
const sameChain = (a: Chain, b: Chain): boolean => chainText(a) === chainText(b);
const chainText = ({ charters, approvals, texts }: Chain): string =>
	JSON.stringify([
		charters,
		approvals.map((one) => one.map(({ organizer, authenticator }) => [organizer, authenticator])),
		texts,
	]);

/**
 * Every signature of the release is held here, the same and live; what was withdrawn since stands as its stub. Ends at the first that
 * does not fit and names it. @throws Problem `release-outdated`
 */
export function requireHeld(signatures: readonly SignatureContent[], rows: readonly StandingRow[]): void {
	const held = new Map(rows.map((row) => [row.key, row]));
	signatures.forEach((signature, at) => {
		const wrong = unfit(signature, held);
		if (wrong !== null) throw new Problem('release-outdated', { detail: `Signature ${at + 1}: ${wrong}` });
	});
}

function unfit(signature: SignatureContent, held: ReadonlyMap<string, StandingRow>): string | null {
	const stub = 'stub' in signature;
	const said = stub
		? signature.stub
		: { ...signature.entry.statement, credential: signature.entry.credential, withdrawal: null, strike: null };
	const row = held.get(said.key);
	if (row === undefined || row.status === 'lapsed') return 'it is not held here.';
	const same =
		row.turn === said.turn &&
		row.group === said.group &&
		row.shown === said.shown &&
		row.credential === said.credential;
	if (!same) return 'another version of it is held here.';
	if (row.status === 'live') return stub ? 'it was neither withdrawn nor struck.' : null;
	if (!stub) return 'it was withdrawn; put its stub in its place.';
	const withdrawn =
		said.strike === null &&
		said.withdrawal?.turn === row.withdrawalTurn &&
		said.withdrawal?.authenticator === row.withdrawal;
	return withdrawn ? null : 'its withdrawal is not the one that is held here.';
}

/** The credentials that the release states are those that were issued. @throws Problem `release-invalid` */
export function requireIssued({ tallies }: Terms, issued: readonly IssuedRow[]): void {
	for (const { group, credentials } of tallies) {
		const row = issued.find((one) => one.group === group) ?? { mailbox: 0, roster: 0, voucher: 0 };
		const same =
			credentials.mailbox === row.mailbox && credentials.roster === row.roster && credentials.voucher === row.voucher;
		if (!same) throw refused('It states other numbers of credentials than were issued.');
	}
}
