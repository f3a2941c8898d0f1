/** One worker of sized/letter.ts: makes every `of`-th signer, from the `at`-th on, and posts them in batches. */
import { parentPort, workerData } from 'node:worker_threads';
import { sha256 } from '@noble/hashes/sha2.js';
import { hex } from '../../../shared/bytes.ts';
import type { OpenedSignature } from '../../../shared/compose-release.ts';
import { readStatement, signWithdrawal } from '../../../shared/statement.ts';
import { type LetterHead, makeSigner } from '../letter.ts';
import { testBytes } from '../letter-charter.ts';
import { signWithSalt } from '../pss.ts';
import { sizedSigner, withdraws } from './signers.ts';

export interface MakeTask {
	seed: string;
	letter: Pick<LetterHead, 'root' | 'charter'>;
	count: number;
	at: number;
	of: number;
}

const BATCH = 250;
const { seed, letter, count, at, of }: MakeTask = workerData;

/** The salt follows from what is signed, so that the same letter comes out the same. */
const issue: NonNullable<Parameters<typeof makeSigner>[0]['issue']> = async (group, prepared) =>
	signWithSalt(group, prepared, testBytes(hex(sha256(prepared)), 'salt', 48));

async function make(n: number): Promise<OpenedSignature> {
	const { keys, opened } = await makeSigner({ seed, issue }, letter, sizedSigner(n, count), n);
	if (!withdraws(n)) return opened;
	const { turn } = readStatement(opened.statement);
	return { ...opened, withdrawal: await signWithdrawal(keys.privateKey, letter.root, keys.publicKey, turn + 1) };
}

let batch: OpenedSignature[] = [];
for (let n = at; n < count; n += of) {
	batch.push(await make(n));
	if (batch.length < BATCH && n + of < count) continue;
	parentPort?.postMessage(batch);
	batch = [];
}
