/**
 * The one place that makes names public. Everything happens in one transaction under the letter's lock, so that a letter is published once
 * or not at all, with any number of nodes and whenever one is killed: test/server/release/clock.test.ts.
 */
import { fromUtf8 } from '../../shared/bytes.ts';
import { toStub } from '../../shared/entry.ts';
import { type Release, type ReleasedSignature, releaseHash } from '../../shared/release.ts';
import { readReleaseFile } from '../../shared/release-file.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listApprovals } from '../letter/charter-store.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { transition } from '../letter/transitions.ts';
import { findPublished, replacePublished } from '../published/published-store.ts';
import { RELEASE_PATH, renderFiles } from '../published/render.ts';
import { askForTick } from '../tick-store.ts';
import { approvalsOf, SCHEDULED } from './approve.ts';
import { eraseOpening } from './erase-store.ts';
import { findScheduled } from './release-store.ts';
import { findStandingRow, markPublished, readWithdrawn } from './signature-store.ts';

/** What publishing needs of a server. */
export type PublishingDeps = Pick<Deps, 'config' | 'db' | 'clock' | 'log' | 'secretBox'>;

type Withdrawn = ReadonlyMap<string, { turn: number; authenticator: string }>;

/**
 * Publishes a scheduled letter whose minute has come. @returns false when there is nothing to do (any more)
 * @throws when the sealed release cannot be opened, with nothing changed
 */
export async function publish(deps: PublishingDeps, trx: Transaction, letter: string): Promise<boolean> {
	const row = await lockLetter(trx, letter);
	const due = row.state === 'scheduled' && row.releaseAt !== null && row.releaseAt <= deps.clock.now();
	const scheduled = due ? await findScheduled(trx, letter) : null;
	if (scheduled === null) return false;
	const file = fromUtf8(deps.secretBox.open(SCHEDULED, letter, scheduled.box));
	const approved = await readReleaseFile(file);
	await requireSame(approved, scheduled.releaseHash);
	const release: Release = {
		...approved,
		signatures: await withdraw(approved.signatures, await readWithdrawn(trx, letter)),
		approvals: await listApprovals(trx, approvalsOf(letter, scheduled.releaseHash)),
	};
	await replacePublished(trx, letter, await renderFiles(deps, release));
	await markPublished(trx, letter, release.signatures.flatMap(keyOfEntry));
	await eraseOpening(trx, letter);
	// The rows that held the sealed names are dead now, and must not stay on the disk.
	await askForTick(trx);
	await transition(trx, letter, 'scheduled', 'released');
	return true;
}

/** The release that is opened is the one that was approved; the box was sealed for this letter, and is compared all the same. */
async function requireSame({ chain, terms, signatures }: Release, approved: string): Promise<void> {
	const digests = signatures.map((signature) => signature.digest);
	if ((await releaseHash(chain, terms, digests)) !== approved) throw new Error('not the release that was approved');
}

const keyOfEntry = (signature: ReleasedSignature): string[] =>
	'entry' in signature ? [signature.entry.statement.key] : [];

/** Entries of those who withdrew become stubs, of the same digest: the approvals of the release still hold. */
async function withdraw(signatures: readonly ReleasedSignature[], withdrawn: Withdrawn): Promise<ReleasedSignature[]> {
	return await Promise.all(
		signatures.map(async (signature) => {
			const withdrawal = 'entry' in signature ? withdrawn.get(signature.entry.statement.key) : undefined;
			if (withdrawal === undefined || 'stub' in signature) return signature;
			return { digest: signature.digest, stub: await toStub(signature.entry, { withdrawal }) };
		}),
	);
}

/**
 * After a withdrawal from a released letter, in its transaction: the name leaves the page and the file, the number stays. Does nothing for
 * other letters, or when the signature is not in the release.
 */
export async function republishAfterWithdrawal(
	deps: PublishingDeps,
	trx: Transaction,
	letter: string,
	key: string,
): Promise<void> {
	const row = await findStandingRow(trx, letter, key);
	const published = await findPublished(trx, letter, RELEASE_PATH);
	if (published === null || !row?.withdrawal || row.withdrawalTurn === null) return;
	const release = await readReleaseFile(fromUtf8(published.body));
	const withdrawn = new Map([[key, { turn: row.withdrawalTurn, authenticator: row.withdrawal }]]);
	const signatures = await withdraw(release.signatures, withdrawn);
	await replacePublished(trx, letter, await renderFiles(deps, { ...release, signatures }));
}
