/** Whether the signatures of a release are those that the server holds: compared by marks, so that neither list is in memory. */
import { createHash } from 'node:crypto';
import type { SignatureContent } from '../../shared/release.ts';
import type { Transaction } from '../database.ts';
import { Problem } from '../platform/errors.ts';
import { readStandingPage, type StandingRow } from './signature-store.ts';

/** What is compared of the signatures of a release, in their order. */
export interface Marks {
	/** The signers', b64u. */
	keys: string[];
	/** `MARK` bytes of each. */
	marks: Uint8Array;
}

/** What a signature stands in a release as. */
const ENTRY = 0;
const WITHDRAWN = 1;
const STRUCK = 2;
/** One byte says as what, sixteen are a hash of its version, sixteen of its withdrawal. */
const HASH = 16;
export const MARK = 1 + 2 * HASH;
const PAGE = 2_000;

const hashOf = (...said: readonly unknown[]): Uint8Array =>
	createHash('sha256').update(JSON.stringify(said)).digest().subarray(0, HASH);

type Version = Pick<StandingRow, 'turn' | 'group' | 'shown' | 'credential'>;
const versionOf = ({ turn, group, shown, credential }: Version) => hashOf(turn, group, shown, credential);

/** @param mark where it is written: `MARK` bytes */
export function writeMark(signature: SignatureContent, mark: Uint8Array): void {
	if ('entry' in signature) {
		const { statement, credential } = signature.entry;
		mark[0] = ENTRY;
		mark.set(versionOf({ ...statement, credential }), 1);
		return;
	}
	const { stub } = signature;
	mark[0] = stub.withdrawal === null ? STRUCK : WITHDRAWN;
	mark.set(versionOf(stub), 1);
	if (stub.withdrawal) mark.set(hashOf(stub.withdrawal.turn, stub.withdrawal.authenticator), 1 + HASH);
}

export const keyOf = (signature: SignatureContent): string =>
	'stub' in signature ? signature.stub.key : signature.entry.statement.key;

/**
 * Every signature of the release is held here, the same and live; what was withdrawn since stands as its stub. Names the first that does
 * not fit. @throws Problem `release-outdated`
 */
export async function requireHeld(trx: Transaction, letter: string, { keys, marks }: Marks): Promise<void> {
	const left = new Map(keys.map((key, at) => [key, at]));
	let first = { at: Number.POSITIVE_INFINITY, wrong: '' };
	const note = (at: number, wrong: string): void => {
		if (at < first.at) first = { at, wrong };
	};
	for (let after = ''; ; ) {
		const rows = await readStandingPage(trx, letter, after, PAGE);
		for (const row of rows) {
			const at = left.get(row.key);
			if (at === undefined || row.status === 'lapsed') continue;
			left.delete(row.key);
			const wrong = unfit(row, marks.subarray(at * MARK, (at + 1) * MARK));
			if (wrong !== null) note(at, wrong);
		}
		after = rows.at(-1)?.key ?? '';
		if (rows.length < PAGE) break;
	}
	for (const at of left.values()) note(at, 'it is not held here.');
	if (first.wrong !== '')
		throw new Problem('release-outdated', { detail: `Signature ${first.at + 1}: ${first.wrong}` });
}

function unfit(row: StandingRow, mark: Uint8Array): string | null {
	const [as] = mark;
	if (!same(versionOf(row), mark.subarray(1, 1 + HASH))) return 'another version of it is held here.';
	if (row.status === 'live') return as === ENTRY ? null : 'it was neither withdrawn nor struck.';
	if (as === ENTRY) return 'it was withdrawn; put its stub in its place.';
	const withdrawn = as === WITHDRAWN && same(hashOf(row.withdrawalTurn, row.withdrawal), mark.subarray(1 + HASH));
	return withdrawn ? null : 'its withdrawal is not the one that is held here.';
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
