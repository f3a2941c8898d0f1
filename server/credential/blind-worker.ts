/** One worker of the pool in blind-signature.ts: raw RSA, which takes a millisecond of a core, off the event loop. */
import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { signRaw } from './raw-rsa.ts';

export interface BlindTask {
	number: number;
	issuer: KeyObject;
	message: Uint8Array;
}
/** `signature` is null when there is none, or none that may leave. */
export interface BlindOutcome {
	number: number;
	signature: Uint8Array | null;
}

function attempt(issuer: KeyObject, message: Uint8Array): Uint8Array | null {
	try {
		return signRaw(issuer, message);
	} catch {
		// An answer all the same: whoever waits must not wait for ever.
		return null;
	}
}

parentPort?.on('message', ({ number, issuer, message }: BlindTask) => {
	parentPort?.postMessage({ number, signature: attempt(issuer, message) } satisfies BlindOutcome);
});
