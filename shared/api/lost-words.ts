/** Asking to be taken off without the words (docs/protocol.md, section 6). */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { authenticator, bytes32, id, text } from './shapes.ts';

const asking = {
	/** Made for this request alone, never the signature's. */
	key: bytes32,
	/** Of the attestation; null where nothing was proven. */
	group: v.nullable(id),
	sealed: text(LIMITS.sealed),
	authenticator,
	attestation: v.nullable(text(LIMITS.attestation)),
};
/** POST /api/lost-words: until last call is over, proven only while open. The same request again changes nothing. */
export const lostWordsRequest = v.strictObject({ root: bytes32, ...asking });
export type LostWordsRequest = v.InferOutput<typeof lostWordsRequest>;
/** GET /api/desk/lost-words: once names can be opened. In the order of their keys. */
export const lostWordsAnswer = v.array(v.strictObject(asking));
export type LostWordsOnDesk = v.InferOutput<typeof lostWordsAnswer>[number];
