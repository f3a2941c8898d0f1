/**
 * A released letter of any size, on the disk: every signature in it is real, and the same size gives the same bytes. Made once on each machine, which takes two
 * minutes for 100,000, and kept below the system's folder for temporary files.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { composeRelease, type OpenedSignature } from '../../../shared/compose-release.ts';
import { ed25519FromSeed } from '../../../shared/keys.ts';
import { deliveriesHash } from '../../../shared/release.ts';
import { writeReleaseFile } from '../../../shared/release-file.ts';
import { signReleaseJws } from '../../../shared/release-jws.ts';
import { approvalsOf, buildHead, type LetterHead } from '../letter.ts';
import { testBytes, testId } from '../letter-charter.ts';
import type { MakeTask } from './make-worker.ts';
import { LABELS, sizedSigner } from './signers.ts';
import { sizedText } from './text.ts';

export interface SizedLetter {
	head: LetterHead;
	slug: string;
	/** Of the release file, as the public gets it: approved, with its withdrawals. */
	file: string;
	/** Of the host's JWS over it. */
	jws: string;
	/** What was approved. */
	releaseHash: string;
}

/** When it is released; until two days after `CLOSED` runs its last call. */
export const RELEASED = new Date('2027-03-01T09:00:00Z');
const CLOSED = '2027-02-01T12:00:00Z';
/** One host for all of them, so that they stand on one server. */
export const hostSeed = testBytes('a letter of 100000', 'host');
/** Another one, and letters that were made before are not used any more. */
const EDITION = 2;
const HASH_FILE = 'release-hash';

/** @param count signatures, stubs among them: from 100 on. @param origin of the host that the charter names */
export async function sizedLetter(count: number, origin = 'https://letters.example'): Promise<SizedLetter> {
	const seed = `a letter of ${count}`;
	const host = await ed25519FromSeed(hostSeed);
	const head = await buildHead({ ...optionsOf(seed, count, origin), host });
	const folder = join(tmpdir(), 'undersigned-letters', `${count}-${EDITION}-${head.root.slice(0, 16)}`);
	if (!existsSync(folder)) await makeFolder(folder, head, seed, count);
	return {
		...{ head, slug: slugOf(count), file: join(folder, 'release.json'), jws: join(folder, 'release.json.jws') },
		releaseHash: readFileSync(join(folder, HASH_FILE), 'utf8'),
	};
}

const slugOf = (count: number): string => `signed-by-${count}`;

const optionsOf = (seed: string, count: number, origin: string) => ({
	...{ seed, text: sizedText, labels: LABELS, smallestCell: 5 },
	groups: [
		{ name: 'Northwind', proof: 'mailbox' as const },
		{ name: 'Contractors at Northwind', proof: 'voucher' as const },
	],
	change: {
		...{ origin, closesAt: CLOSED },
		headcounts: [{ group: testId(seed, 'group 0'), count: count * 6, source: 'Annual report 2026' }],
	},
});

/** Whole or not there, also where two ask for it at once. */
async function makeFolder(folder: string, head: LetterHead, seed: string, count: number): Promise<void> {
	const parent = join(folder, '..');
	mkdirSync(parent, { recursive: true });
	const half = mkdtempSync(join(parent, '.making-'));
	const { file, releaseHash } = await makeRelease(head, seed, count);
	const digest = createHash('sha256').update(file).digest('hex');
	writeFileSync(join(half, 'release.json'), file);
	writeFileSync(join(half, 'release.json.jws'), `${await signReleaseJws(head.host.privateKey, digest)}\n`);
	writeFileSync(join(half, HASH_FILE), releaseHash);
	try {
		renameSync(half, folder);
	} catch (failure) {
		rmSync(half, { recursive: true, force: true });
		if (!existsSync(folder)) throw failure;
	}
}

async function makeRelease(head: LetterHead, seed: string, count: number) {
	const { chain, charter } = head;
	const composed = await composeRelease({
		...{ chain, strikes: [], unreadable: [], issuedCounts: issuedCounts(head, count) },
		opened: await signAll({ seed, letter: { root: head.root, charter }, count }),
		...{ slug: slugOf(count), press: 'Ruth Weissman, press@letter.example, +1 555 0199' },
		...{ attempt: testId(seed, 'attempt'), releaseAt: `${RELEASED.toISOString().slice(0, 19)}Z` },
		deliveries: await deliveriesHash(sizedDeliveries),
	});
	const { release, releaseHash } = composed;
	const approvals = await approvalsOf(head, 'release', releaseHash);
	// As a server lists them, so that what one publishes is this very file.
	approvals.sort((a, b) => (a.organizer < b.organizer ? -1 : 1));
	return { releaseHash, file: writeReleaseFile({ ...release, approvals }) };
}

/** The addresses that a sized letter is sent to. */
export const sizedDeliveries = ['board@northwind.example'];

/** A few proved, and did not sign in the end; a few came with a code from the roster mailing. */
function issuedCounts({ charter }: LetterHead, count: number) {
	const groups = Array.from({ length: count }, (_, n) => sizedSigner(n, count).group);
	return charter.groups.map(({ id, proof }, at) => {
		const here = groups.filter((group) => group === at).length;
		const roster = proof === 'mailbox' ? Math.floor(here / 20) : 0;
		const mailbox = proof === 'mailbox' ? here - roster + Math.ceil(here / 50) : 0;
		return { group: id, mailbox, roster, voucher: proof === 'mailbox' ? 0 : here };
	});
}

/** On every core. */
async function signAll(task: Omit<MakeTask, 'at' | 'of'>): Promise<OpenedSignature[]> {
	const of = task.count < 1_000 ? 1 : availableParallelism();
	const parts = await Promise.all(
		Array.from({ length: of }, async (_, at) => {
			const made: OpenedSignature[] = [];
			const worker = new Worker(new URL('make-worker.ts', import.meta.url), { workerData: { ...task, at, of } });
			worker.on('message', (batch: OpenedSignature[]) => made.push(...batch));
			await new Promise<void>((resolve, reject) =>
				worker
					.once('error', reject)
					.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`)))),
			);
			return made;
		}),
	);
	return parts.flat();
}
