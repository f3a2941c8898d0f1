/** A draft release as it comes in: its sealed box, 200 MB of a letter of 100,000, is never in memory as a whole. */
import * as v from 'valibot';
import { type ReleaseDraftRequest, releaseDraftRequest } from '../../shared/api/desk.ts';
import { LIMITS } from '../../shared/limits.ts';
import { Problem } from '../platform/errors.ts';
import { readLongMember } from '../platform/long-member.ts';
import { valid } from './approval-body.ts';

const { box: _, ...others } = releaseDraftRequest.entries;
const whole = v.strictObject({ ...others, box: v.literal('') });
const form = /^[A-Za-z0-9_-]*$/;
/** Of base64url. */
const most = Math.ceil((LIMITS.releaseFile * 4) / 3);
/** Characters. */
const SLICE = 2 ** 20;

export interface DraftBody {
	/** Its base64url, in slices of which all but the last are equally long; to be read once. Ends with Problem `invalid-input` where it is none, or too long. */
	box: AsyncIterable<string>;
	/** What else it says, once the box was read. @throws Problem `invalid-input` */
	rest(): Promise<Omit<ReleaseDraftRequest, 'box'>>;
}

/** @throws Problem `invalid-input`, `malformed-request` */
export async function readDraftBody(body: AsyncIterable<Uint8Array>): Promise<DraftBody> {
	const { before, long, rest } = await readLongMember(body, 'box');
	if (long === null) {
		valid(releaseDraftRequest, before);
		throw refused();
	}
	return {
		box: slicesOf(long),
		rest: async () => {
			const { box: _, ...said } = valid(whole, await rest());
			return said;
		},
	};
}

const refused = (): Problem => new Problem('invalid-input', { field: 'box' });

async function* slicesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
	const slice = Buffer.alloc(SLICE);
	let [filled, all] = [0, 0];
	const take = (): string => {
		const text = slice.toString('latin1', 0, filled);
		if (!form.test(text)) throw refused();
		filled = 0;
		return text;
	};
	for await (const piece of pieces) {
		all += piece.length;
		if (all > most) throw refused();
		for (let from = 0; from < piece.length; ) {
			const part = piece.subarray(from, from + SLICE - filled);
			slice.set(part, filled);
			filled += part.length;
			from += part.length;
			if (filled === SLICE) yield take();
		}
	}
	if (all === 0) throw refused();
	if (filled > 0) yield take();
}
