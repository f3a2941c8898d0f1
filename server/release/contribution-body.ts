/** What an organizer contributes, as it comes in: 12 MB for every organizer of a letter of 100,000, which are in memory once, as bytes. */
import * as v from 'valibot';
import { contributionRequest } from '../../shared/api/desk.ts';
import { LIMITS } from '../../shared/limits.ts';
import { Problem } from '../platform/errors.ts';
import { readLongStrings } from '../platform/long-strings.ts';
import { spentOld } from '../platform/spent-buffers.ts';
import { valid } from './approval-body.ts';

const { keysHash, sealed } = contributionRequest.entries;
const list = sealed.pipe[0].item;
const held = v.strictObject({ long: v.number() });
const shape = v.strictObject({
	keysHash,
	sealed: v.pipe(
		v.array(v.strictObject({ to: list.entries.to, sealed: v.union([list.entries.sealed, held]) })),
		v.maxLength(LIMITS.organizers),
	),
});
const form = /^[A-Za-z0-9_-]+$/;
/** Of base64url. */
const most = Math.ceil((LIMITS.contribution * 4) / 3);

/** `sealed`: bytes that travel as base64url. */
export interface Contribution {
	keysHash: string;
	sealed: { to: string; sealed: Uint8Array }[];
}

/** @throws Problem `invalid-input`, `malformed-request`, `too-large` */
export async function readContribution(body: AsyncIterable<Uint8Array>): Promise<Contribution> {
	const { whole, long } = await readLongStrings(
		body,
		(bytes) => {
			const text = bytes.toString('latin1');
			if (!form.test(text)) throw refused();
			spentOld(bytes);
			return Buffer.from(text, 'base64url');
		},
		most,
	);
	const said = valid(shape, whole);
	const bytesOf = (one: string | { long: number }): Uint8Array => {
		const bytes = typeof one === 'string' ? Buffer.from(one, 'base64url') : long[one.long];
		if (bytes === undefined) throw refused();
		return bytes;
	};
	return { keysHash: said.keysHash, sealed: said.sealed.map(({ to, sealed: one }) => ({ to, sealed: bytesOf(one) })) };
}

const refused = (): Problem => new Problem('invalid-input', { field: 'sealed' });
