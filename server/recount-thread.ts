/** What a thread of a recount does: verifies batches with Node's own crypto, which answers at once. */
import { constants, createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { type Bytes, b64u } from '../shared/bytes.ts';
import type { Primitives } from '../shared/primitives.ts';
import type { Marking } from '../shared/recount-batch.ts';
import { answerTasks, type WorkerTask } from '../shared/recount-pool.ts';

const keys = new Map<string, KeyObject>();

/** Imported once for each name. */
function kept(name: string, make: () => KeyObject): KeyObject {
	const key = keys.get(name) ?? make();
	keys.set(name, key);
	return key;
}

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };

const ed25519Key = (raw: Bytes): KeyObject =>
	createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: b64u(raw) }, format: 'jwk' });

const primitives: Primitives = {
	sha256: (bytes) => hash('sha256', bytes, 'buffer'),
	ed25519: (raw, authenticator, bytes, again) => {
		try {
			const key = again ? kept(b64u(raw), () => ed25519Key(raw)) : ed25519Key(raw);
			return verify(null, bytes, key, authenticator);
		} catch {
			// A point that is not on the curve.
			return false;
		}
	},
	rsaPss: ({ n, e }, prepared, signature) => {
		const key = kept(n, () => createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }));
		return verify('sha384', prepared, { key, ...PSS }, signature);
	},
};

/** For as long as the thread lives. @param marking what it keeps of each signature that holds */
export function answerBatches(marking?: Marking): void {
	// Node finds out what kind of key it was given by errors that it throws and catches. Their stacks, which nobody sees, took three quarters of the time in which a key is read.
	Error.stackTraceLimit = 0;
	const answer = answerTasks(primitives, marking);
	parentPort?.on('message', async (task: WorkerTask) => {
		const said = await answer(task);
		if (said !== null) parentPort?.postMessage(said);
	});
}
