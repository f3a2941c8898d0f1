/** Proof of work in front of mails, where many ask at once (PROTOCOL: docs/protocol.md, section 3). In browsers and in Node: WebCrypto does it. */
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';

/** Milliseconds after which a device gives up: it is far too slow, or was put to sleep. */
const PATIENCE = 120_000;

/** @returns what the server takes as the proof; null where it took too long */
export async function solveWork(challenge: Challenge): Promise<string | null> {
	const solution = await solveChallenge({ challenge, deriveKey, timeout: PATIENCE });
	return solution && JSON.stringify({ challenge, solution });
}
