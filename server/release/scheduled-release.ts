/**
 * The approved release while it waits for its minute: in slices, each sealed as it comes in under a key that is in memory only until M have approved, and then stands
 * under the host secret, for its letter and its hash. What comes and is not approved nobody can open again. Proven by test/server/release/clock.test.ts.
 */
import { randomBytes } from 'node:crypto';
import type { Approval } from '../../shared/approval.ts';
import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import type { Db, Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listApprovals } from '../letter/charter-store.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { id } from '../platform/random.ts';
import { Secret } from '../platform/secret.ts';
import { SecretBox } from '../platform/secret-box.ts';
import { spent } from '../platform/spent-buffers.ts';
import { inSlices, keptUntil, SLICE as SLICE_BYTES } from './in-slices.ts';
import { findScheduled } from './release-store.ts';
import { scheduledSlices } from './slices-store.ts';

const SCHEDULED = 'scheduled release';
const SLICE = 'scheduled slice';

const contextOf = (letter: string, releaseHash: string): string => `${letter} ${releaseHash}`;

/** What M organizers approve when they approve this release. */
export const approvalsOf = (letter: string, releaseHash: string) =>
	({ letter, kind: 'release', subject: releaseHash }) as const;

/** What the box of a scheduled release holds. */
interface PileKey {
	key: string;
	/** Bytes of the file. */
	length: number;
	/** As M organizers have approved it; not there where it was scheduled before this was kept. */
	releaseAt?: string;
}

/** A release file that comes in. */
export class Pile {
	readonly id = id();
	readonly #key = new Secret(randomBytes(32).toString('base64url'));
	readonly #box = new SecretBox(this.#key);
	readonly #letter: string;
	#slices = 0;
	#length = 0;

	constructor(letter: string) {
		this.#letter = letter;
	}

	/** Passes the pieces on, in slices, once each is stored. */
	async *keep(db: Db, pieces: AsyncIterable<Uint8Array>, now: Date): AsyncGenerator<Uint8Array> {
		const of = { letter: this.#letter, pile: this.id, expiresAt: keptUntil(now) };
		for await (const plain of inSlices(pieces)) {
			const slice = this.#slices++;
			this.#length += plain.length;
			await scheduledSlices.insert(db, { ...of, slice, box: this.#box.seal(SLICE, String(slice), plain) });
			yield plain;
			spent(plain);
		}
	}

	/** For `scheduled_releases`. @returns null where it is not whole in the database (any more) */
	async seal(
		{ secretBox }: Pick<Deps, 'secretBox'>,
		trx: Transaction,
		{ releaseHash, releaseAt }: { releaseHash: string; releaseAt: string },
	) {
		if ((await scheduledSlices.count(trx, { letter: this.#letter, pile: this.id })) !== this.#slices) return null;
		const held: PileKey = { key: this.#key.reveal(), length: this.#length, releaseAt };
		const box = secretBox.seal(SCHEDULED, contextOf(this.#letter, releaseHash), utf8(JSON.stringify(held)));
		return { pile: this.id, box };
	}

	/** What is left of an upload that came to nothing. Behind the lock, since a transaction whose answer was lost may be scheduling it at this very moment. */
	async dropUnlessScheduled(db: Db): Promise<void> {
		if (this.#slices === 0) return;
		await db.transaction().execute(async (trx) => {
			await lockLetter(trx, this.#letter);
			const of = { letter: this.#letter, pile: this.id };
			if ((await findScheduled(trx, of.letter))?.pile !== of.pile) await scheduledSlices.delete(trx, of);
		});
	}
}

export interface ScheduledRelease {
	releaseHash: string;
	/** The file as it came with the last approval, without approvals. Ends with Stopped where it goes meanwhile. */
	file: AsyncIterable<Uint8Array>;
	/** Its bytes. */
	length: number;
	approvals: Approval[];
	/** The minute that was approved, whatever stands in the letter's row; null of one from before this was kept. */
	notBefore: Date | null;
}

/** A slice is gone while the release is read: it was stopped, unless it still stands. */
export class Stopped extends Error {
	override name = 'Stopped';
}

/**
 * Null where none is scheduled. What is opened is what was approved under the hash that is kept beside it: nothing else was sealed for that hash.
 * @throws when the box or, while it is read, a slice was altered, or sealed for another letter or release
 */
export async function openScheduled(
	{ secretBox }: Pick<Deps, 'secretBox'>,
	db: Db,
	letter: string,
): Promise<ScheduledRelease | null> {
	const scheduled = await findScheduled(db, letter);
	if (scheduled === null) return null;
	const { releaseHash, box, pile } = scheduled;
	const approvals = await listApprovals(db, approvalsOf(letter, releaseHash));
	const held = secretBox.open(SCHEDULED, contextOf(letter, releaseHash), box);
	if (pile === null) return { releaseHash, approvals, file: inOne(held), length: held.length, notBefore: null };
	const { key, length, releaseAt }: PileKey = JSON.parse(fromUtf8(held));
	const file = opened(db, { letter, pile }, new SecretBox(new Secret(key)), length);
	return { releaseHash, approvals, file, length, notBefore: releaseAt === undefined ? null : new Date(releaseAt) };
}

/** One that was scheduled before there were slices. */
async function* inOne(file: Uint8Array): AsyncGenerator<Uint8Array> {
	yield file;
}

async function* opened(
	db: Db,
	of: { letter: string; pile: string },
	box: SecretBox,
	length: number,
): AsyncGenerator<Uint8Array> {
	const found = (slice: number) => (slice * SLICE_BYTES < length ? scheduledSlices.find(db, of, slice) : null);
	let next = found(0);
	for (let slice = 0; next !== null; slice++) {
		const sealed = await next;
		if (sealed === null) throw new Stopped('a slice of the scheduled release is gone');
		// The one after it is on its way while this one is used.
		next = found(slice + 1);
		// Nobody waits for it where reading stops early.
		next?.catch(() => {});
		yield box.open(SLICE, String(slice), sealed);
		spent(sealed);
	}
}

/** Due: what came and was not approved, where a server died before it could drop it. */
export async function forgetStrayPiles({ db }: Deps, now: Date): Promise<void> {
	await scheduledSlices.deleteStray(db, now);
}
