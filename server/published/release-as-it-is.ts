import type { Approval } from '../../shared/approval.ts';
import { joinBytes, utf8 } from '../../shared/bytes.ts';
import { type Entry, entryDigest, type StrikeReason, type StubCause, toStub, writeStub } from '../../shared/entry.ts';
import { writeApprovals } from '../../shared/release.ts';
import type { Withdrawal } from '../../shared/statement.ts';

/** What has come to a release since its file was written. */
export interface Since {
	/** By the signer's key. */
	withdrawn: ReadonlyMap<string, Withdrawal>;
	/** `number` of the signature in the release, from 1; `digest` of its entry. */
	strikes: readonly { number: number; digest: string; reason: StrikeReason; approvals: Approval[] }[];
	/** Of the release, in place of those in the file; null leaves them. */
	approvals: Approval[] | null;
}

const NEWLINE = 10;
const COMMA = 0x2c;
const decoder = new TextDecoder();
/** The statement comes first in an entry, and before its key only hashes and an id: no name can look like it. */
const keyOf = /^\{"entry":\{"statement":\{"root":"[\w-]+","text":"[\w-]+","group":"[\w-]+","key":"([\w-]{43})"/;
/** More bytes than that takes. */
const upToKey = 400;

/**
 * The release file (docs/protocol.md, section 8) with entries that were withdrawn or struck since as stubs, of the same digest: the approvals of the
 * release still hold. All other lines stay the bytes that they are. Proven by test/server/published/release-as-it-is.test.ts.
 * @param file a release file that this server has checked before
 */
export async function releaseAsItIs(file: Uint8Array, since: Since): Promise<Uint8Array> {
	const strikes = new Map(since.strikes.map((strike) => [strike.number, strike]));
	const parts: Uint8Array[] = [];
	let kept = 0;
	const put = (start: number, end: number, line: string) => {
		parts.push(file.subarray(kept, start), utf8(line));
		kept = end;
	};
	let number: number | null = null;
	for (const [start, end] of lines(file)) {
		const head = Buffer.from(file.buffer, file.byteOffset + start, Math.min(upToKey, end - start)).toString('latin1');
		if (number === null) {
			if (head === '"signatures":[') number = 0;
			continue;
		}
		if (head === '],') {
			if (since.approvals !== null) {
				put(end + 1, file.indexOf(NEWLINE, end + 1), `"approvals":${writeApprovals(since.approvals)}`);
			}
			break;
		}
		number += 1;
		const withdrawal = since.withdrawn.get(keyOf.exec(head)?.[1] ?? '');
		const strike = strikes.get(number);
		if (!head.startsWith('{"entry":') || (withdrawal === undefined && strike === undefined)) continue;
		const comma = file[end - 1] === COMMA ? ',' : '';
		const { entry }: { entry: Entry } = JSON.parse(decoder.decode(file.subarray(start, end - comma.length)));
		const stub = await toStub(entry, withdrawal ? { withdrawal } : await causeOf(entry, strike));
		put(start, end, `{"stub":${writeStub(stub)}}${comma}`);
	}
	return parts.length === 0 ? file : joinBytes([...parts, file.subarray(kept)]);
}

/** A number is compared with what it stands for, so that no other name can go by mistake. */
async function causeOf(entry: Entry, strike: Since['strikes'][number] | undefined): Promise<StubCause> {
	if (strike?.digest !== (await entryDigest(entry))) throw new Error('no signature of this number was struck');
	return { strike: { reason: strike.reason, approvals: strike.approvals } };
}

/** Where each line starts and, without its "\n", ends. */
function* lines(file: Uint8Array): Generator<[number, number]> {
	for (let start = 0; start < file.length; ) {
		const end = file.indexOf(NEWLINE, start);
		if (end === -1) throw new Error('the release file is cut off');
		yield [start, end];
		start = end + 1;
	}
}
