/**
 * Whether the signatures of a release are those that the server holds: compared by marks, so that neither list is in memory. Theirs are bytes side by side, 80 of each: as values of
 * JavaScript they took ten times as much.
 */
import { hash } from 'node:crypto';
import type { Marking } from '../../shared/recount-batch.ts';
import type { SignatureContent } from '../../shared/release.ts';
import type { Transaction } from '../database.ts';
import { Problem } from '../platform/errors.ts';
import { inOrderOfKeys, readStandingPage, type StandingRow } from './signature-store.ts';

/** What a signature stands in a release as. */
const ENTRY = 0;
const WITHDRAWN = 1;
const STRUCK = 2;
/** One byte says as what, sixteen are a hash of its version, sixteen of its withdrawal. */
const HASH = 16;
const MARK = 1 + 2 * HASH;
/** Characters of a signer's key. */
const KEY = 43;
/** Then its place in the release, from 0, as four bytes; then its mark. */
const RECORD = KEY + 4 + MARK;
/** What a page leaves behind is to be collected while it is young: old garbage lies for long, and V8 keeps its room. */
const PAGE = 250;

const hashOf = (...said: readonly unknown[]): Uint8Array =>
	hash('sha256', JSON.stringify(said), 'buffer').subarray(0, HASH);

type Version = Pick<StandingRow, 'turn' | 'group' | 'shown' | 'credential'>;
const versionOf = ({ turn, group, shown, credential }: Version) => hashOf(turn, group, shown, credential);

/** @param mark where it is written: `MARK` bytes */
function writeMark(signature: SignatureContent, mark: Uint8Array): void {
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

/** What the threads that verify a release keep of each signature. */
export const marking: Marking = { bytes: MARK, write: writeMark };

/** Those of one release. */
export class Marks {
	readonly #records: Buffer;

	/** @param records as `bytes` gave them, in this process or another */
	constructor(records: Uint8Array) {
		this.#records = Buffer.from(records.buffer, records.byteOffset, records.length);
	}

	/** @param marks `MARK` bytes of each, joined, in the order of the release as the keys are, which are b64u */
	static of(keys: readonly string[], marks: Uint8Array): Marks {
		const order = Uint32Array.from(keys.keys()).sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1));
		const records = Buffer.alloc(RECORD * keys.length);
		for (const [at, place] of order.entries()) {
			const record = records.subarray(at * RECORD, (at + 1) * RECORD);
			record.write(keys[place] ?? '', 0, KEY, 'latin1');
			record.writeUInt32BE(place, KEY);
			record.set(marks.subarray(place * MARK, (place + 1) * MARK), KEY + 4);
		}
		return new Marks(records);
	}

	get bytes(): Uint8Array {
		return this.#records;
	}

	get count(): number {
		return this.#records.length / RECORD;
	}

	/** Where the record of a key is, from 0; null where there is none. @param likely where it may well be: keys come in the order of the records */
	find(key: string, likely: number): number | null {
		const wanted = Buffer.from(key, 'latin1');
		const order = (at: number) => this.#records.compare(wanted, 0, wanted.length, at * RECORD, at * RECORD + KEY);
		if (likely < this.count && order(likely) === 0) return likely;
		let [from, to] = [0, this.count];
		while (from < to) {
			const at = (from + to) >>> 1;
			const found = order(at);
			if (found === 0) return at;
			if (found < 0) from = at + 1;
			else to = at;
		}
		return null;
	}

	/** Of a record: the signature's place in the release, and its mark. */
	record(at: number): { place: number; mark: Uint8Array } {
		const record = this.#records.subarray(at * RECORD, (at + 1) * RECORD);
		return { place: new DataView(record.buffer, record.byteOffset).getUint32(KEY), mark: record.subarray(KEY + 4) };
	}
}

/**
 * Every signature of the release is held here, the same and live; what was withdrawn since stands as its stub. Names the first that does
 * not fit. @throws Problem `release-outdated`
 */
export async function requireHeld(trx: Transaction, letter: string, marks: Marks): Promise<void> {
	const held = new Uint8Array(marks.count);
	let first = { place: Number.POSITIVE_INFINITY, wrong: '' };
	const note = (place: number, wrong: string): void => {
		if (place < first.place) first = { place, wrong };
	};
	await inOrderOfKeys(trx);
	let likely = 0;
	for (let after = ''; ; ) {
		const rows = await readStandingPage(trx, letter, after, PAGE);
		for (const row of rows) {
			const at = row.status === 'lapsed' ? null : marks.find(row.key, likely);
			if (at === null) continue;
			likely = at + 1;
			held[at] = 1;
			const { place, mark } = marks.record(at);
			const wrong = unfit(row, mark);
			if (wrong !== null) note(place, wrong);
		}
		after = rows.at(-1)?.key ?? '';
		if (rows.length < PAGE) break;
	}
	for (const [at, is] of held.entries()) if (!is) note(marks.record(at).place, 'it is not held here.');
	if (first.wrong !== '')
		throw new Problem('release-outdated', { detail: `Signature ${first.place + 1}: ${first.wrong}` });
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
