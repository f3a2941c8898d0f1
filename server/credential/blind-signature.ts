/**
 * The issuer's half of RSABSSA (RFC 9474, section 4.3): raw RSA over a blinded message, of which the server learns nothing.
 * Deterministic: the same request gets the same answer. Proven by test/server/credential/blind-signature.test.ts.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fromB64u, hex } from '../../shared/bytes.ts';
import { LIMITS } from '../../shared/limits.ts';
import { Problem } from '../platform/errors.ts';
import type { BlindOutcome, BlindTask } from './blind-worker.ts';

const moduli = new WeakMap<KeyObject, bigint>();

function modulusOf(issuer: KeyObject): bigint {
	const known = moduli.get(issuer);
	if (known !== undefined) return known;
	const { n } = createPublicKey(issuer).export({ format: 'jwk' });
	const modulus = BigInt(`0x${hex(fromB64u(String(n)))}`);
	moduli.set(issuer, modulus);
	return modulus;
}

/**
 * Refuses what is not a whole number strictly between 1 and n − 1 in 384 bytes: 0, 1 and n − 1 are their own signatures, and a larger or a
 * shorter spelling would be a second one of the same request. @throws Problem `blinded-request-refused`
 */
export function requireInRange(issuer: KeyObject, request: Uint8Array): void {
	const message = request.length === LIMITS.blindSignature ? BigInt(`0x${hex(request)}`) : 0n;
	if (message <= 1n || message >= modulusOf(issuer) - 1n) {
		throw new Problem('blinded-request-refused', { field: 'request' });
	}
}

interface Waiting {
	worker: Worker;
	resolve(signature: Uint8Array): void;
	reject(failure: Error): void;
}

const workers: Worker[] = [];
const waiting = new Map<number, Waiting>();
let asked = 0;

/** While nothing waits for it, a worker does not keep the process alive. */
function rest(worker: Worker): void {
	if (![...waiting.values()].some((asker) => asker.worker === worker)) worker.unref();
}

/** Started at the first requests, ended with the process. */
function startWorker(): Worker {
	const worker = new Worker(new URL('./blind-worker.ts', import.meta.url));
	worker.unref();
	worker.on('message', ({ number, signature }: BlindOutcome) => {
		const asker = waiting.get(number);
		waiting.delete(number);
		rest(worker);
		if (signature) asker?.resolve(signature);
		else asker?.reject(new Error('a blind signature did not verify'));
	});
	const ended = () => {
		const at = workers.indexOf(worker);
		if (at >= 0) workers.splice(at, 1);
		for (const [number, asker] of waiting) {
			if (asker.worker !== worker) continue;
			waiting.delete(number);
			asker.reject(new Error('a worker ended'));
		}
	};
	worker.on('error', ended);
	worker.on('exit', ended);
	return worker;
}

/** One for each core. Requests take turns. */
function nextWorker(number: number): Worker {
	const size = Math.max(1, availableParallelism());
	if (workers.length < size) workers.push(startWorker());
	const worker = workers[number % workers.length];
	if (!worker) throw new Error('there is no worker');
	return worker;
}

/**
 * @param request 384 bytes
 * @returns the blind signature, 384 bytes
 * @throws Problem `blinded-request-refused`; Error when the result did not verify
 */
export async function blindSign(issuer: KeyObject, request: Uint8Array): Promise<Uint8Array> {
	requireInRange(issuer, request);
	const number = ++asked;
	const worker = nextWorker(number);
	return new Promise((resolve, reject) => {
		waiting.set(number, { worker, resolve, reject });
		worker.ref();
		worker.postMessage({ number, issuer, message: request } satisfies BlindTask);
	});
}
