/** A draft release as it comes in: its sealed box, 200 MB of a letter of 100,000, is never in memory as a whole. */
import * as v from 'valibot';
import { type ReleaseDraftRequest, releaseDraftRequest } from '../../shared/api/desk.ts';
import { LIMITS } from '../../shared/limits.ts';
import { Problem } from '../platform/errors.ts';
import { readLongMember } from '../platform/long-member.ts';
import { upTo, valid } from './approval-body.ts';
import { inSlices } from './in-slices.ts';

const { box: _, ...others } = releaseDraftRequest.entries;
const whole = v.strictObject({ ...others, box: v.literal('') });
const form = /^[A-Za-z0-9_-]*$/;
/** Of base64url. */
const most = Math.ceil((LIMITS.releaseFile * 4) / 3);

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
	let some = false;
	for await (const slice of inSlices(upTo(most, pieces, 'box'))) {
		const text = Buffer.from(slice.buffer, slice.byteOffset, slice.length).toString('latin1');
		if (!form.test(text)) throw refused();
		some = true;
		yield text;
	}
	if (!some) throw refused();
}
