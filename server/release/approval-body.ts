import * as v from 'valibot';
import { approveReleaseRequest } from '../../shared/api/desk.ts';
import { LIMITS } from '../../shared/limits.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import { readLongMember } from '../platform/long-member.ts';

const { attempt, releaseHash, authenticator, deliveries } = approveReleaseRequest.entries;
/** What has to stand before the release: whether it is read at all depends on it. */
const first = { attempt, releaseHash, authenticator };
const before = v.object(first);
const whole = v.strictObject({ ...first, release: v.nullable(v.literal('')), deliveries });

/** An approval as it comes in: a release of 100,000 signatures that it brings is never in memory as a whole. */
export interface ApprovalBody {
	said: v.InferOutput<typeof before>;
	/** The bytes of the release file, to be read once; null without one. Ends with Problem `invalid-input` where it is too long. */
	release: AsyncIterable<Uint8Array> | null;
	/** What follows the release, once that was read. @throws Problem `invalid-input` */
	rest(): Promise<Pick<v.InferOutput<typeof whole>, 'deliveries'>>;
}

/** @throws Problem `invalid-input`, `malformed-request` */
export async function readApproval(body: AsyncIterable<Uint8Array>): Promise<ApprovalBody> {
	const { before: head, long, rest } = await readLongMember(body, 'release');
	if (long === null) {
		const said = valid(whole, head);
		return { said, release: null, rest: async () => said };
	}
	return {
		said: valid(before, head),
		release: upTo(LIMITS.releaseFile, long, 'release'),
		rest: async () => valid(whole, await rest()),
	};
}

/** @throws Problem `invalid-input` */
export function valid<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
	const checked = v.safeParse(schema, input);
	refuseInvalid(checked);
	return checked.output as v.InferOutput<S>;
}

/** Ends with Problem `invalid-input` about the field where there are more bytes. */
export async function* upTo(
	most: number,
	pieces: AsyncIterable<Uint8Array>,
	field: string,
): AsyncGenerator<Uint8Array> {
	let length = 0;
	for await (const piece of pieces) {
		length += piece.length;
		if (length > most) throw new Problem('invalid-input', { field });
		yield piece;
	}
}
