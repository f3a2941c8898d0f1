import type { Approval } from '../../shared/approval.ts';
import { fromUtf8, utf8 } from '../../shared/bytes.ts';
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

const COMMA = 0x2c;
/** The statement comes first in an entry, and before its key only hashes and an id: no name can look like it. */
const keyOf = /^\{"entry":\{"statement":\{"root":"[\w-]+","text":"[\w-]+","group":"[\w-]+","key":"([\w-]{43})"/;
/** More bytes than that takes. */
const upToKey = 400;

/**
 * The release file (docs/protocol.md, section 8) with entries that were withdrawn or struck since as stubs, of the same digest: the approvals of the
 * release still hold. All other lines stay the bytes that they are. Proven by test/server/published/release-as-it-is.test.ts.
 * @returns takes the lines of a release file that this server has checked before, in order and without their "\n", and gives each as it is now
 */
export function lineAsItIs(since: Since): (line: Uint8Array) => Uint8Array | Promise<Uint8Array> {
	const strikes = new Map(since.strikes.map((strike) => [strike.number, strike]));
	let part: 'head' | 'signatures' | 'approvals' | 'end' = 'head';
	let number = 0;
	return (line) => {
		const head = Buffer.from(line.buffer, line.byteOffset, Math.min(upToKey, line.length)).toString('latin1');
		if (part === 'head') {
			if (head === '"signatures":[') part = 'signatures';
			return line;
		}
		if (part !== 'signatures') {
			const approvals = part === 'approvals' ? since.approvals : null;
			part = 'end';
			return approvals === null ? line : utf8(`"approvals":${writeApprovals(approvals)}`);
		}
		if (head === '],') {
			part = 'approvals';
			return line;
		}
		number += 1;
		const withdrawal = since.withdrawn.get(keyOf.exec(head)?.[1] ?? '');
		const strike = strikes.get(number);
		if (!head.startsWith('{"entry":') || (withdrawal === undefined && strike === undefined)) return line;
		return stubOf(line, withdrawal, strike);
	};
}

async function stubOf(
	line: Uint8Array,
	withdrawal: Withdrawal | undefined,
	strike: Since['strikes'][number] | undefined,
): Promise<Uint8Array> {
	const comma = line.at(-1) === COMMA ? ',' : '';
	const { entry }: { entry: Entry } = JSON.parse(fromUtf8(line.subarray(0, line.length - comma.length)));
	const stub = await toStub(entry, withdrawal ? { withdrawal } : await causeOf(entry, strike));
	return utf8(`{"stub":${writeStub(stub)}}${comma}`);
}

/** A number is compared with what it stands for, so that no other name can go by mistake. */
async function causeOf(entry: Entry, strike: Since['strikes'][number] | undefined): Promise<StubCause> {
	if (strike?.digest !== (await entryDigest(entry))) throw new Error('no signature of this number was struck');
	return { strike: { reason: strike.reason, approvals: strike.approvals } };
}
