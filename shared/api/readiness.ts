/** What organizers try before they freeze: each one's keys, work inboxes, the fingerprint. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { bytes, bytes32, bytesUpTo, count, id, text } from './shapes.ts';

/** PUT /api/desk/test-names: a test name for each of these organizers, in place of one that was not opened (shared/test-name.ts). */
export const testNamesRequest = v.strictObject({
	names: v.pipe(
		v.array(v.strictObject({ organizer: id, sealed: bytesUpTo(LIMITS.testNameSealed), answer: bytes32 })),
		v.minLength(1),
		v.maxLength(LIMITS.organizers),
	),
});
/** POST /api/desk/test-names/opened: what one's own held. */
export const testNameOpened = v.strictObject({ name: bytes(LIMITS.testName) });

/** POST /api/desk/test-mails → 202 {test}: a code to a work inbox, of a domain that the draft names. The address is kept nowhere. */
export const testMailRequest = v.strictObject({ address: text(LIMITS.address) });
export const testMailAnswer = v.strictObject({ test: id });
/** POST /api/desk/test-mails/confirm: the code that came. */
export const testMailConfirm = v.strictObject({ test: id, code: v.pipe(v.string(), v.regex(/^\d{8}$/)) });

/** POST /api/desk/charter/compared: this organizer typed a part of this fingerprint from what another read out. */
export const comparedRequest = v.strictObject({ fingerprint: bytes32 });

/** Part of the desk's view, while the letter is a draft; the same for every organizer. */
export const readinessView = v.strictObject({
	/** In the order of the organizers' ids. */
	testNames: v.array(v.strictObject({ organizer: id, sealer: id, sealed: v.string(), opened: v.boolean() })),
	/** Inboxes that a test code reached, by domain, with whoever asked for it. */
	testMails: v.array(v.strictObject({ domain: v.string(), inboxes: count, by: v.array(id) })),
	/** Organizers who compared the fingerprint that is frozen now. */
	compared: v.array(id),
});
export type Readiness = v.InferOutput<typeof readinessView>;
