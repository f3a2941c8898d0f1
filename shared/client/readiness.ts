/** What organizers try before they freeze: their keys, work inboxes, the fingerprint. */
import * as v from 'valibot';
import type { DeskView } from '../api/desk.ts';
import { testMailAnswer } from '../api/readiness.ts';
import { openTestName, sealTestName } from '../test-name.ts';
import type { Call } from './call.ts';
import type { Organizer } from './organizer.ts';

/** Whoever of the organizers has no test name yet, by id. */
export function withoutTestName({ organizers, readiness }: DeskView): string[] {
	const sealed = new Set(readiness.testNames.map((one) => one.organizer));
	return organizers.map(({ id }) => id).filter((id) => !sealed.has(id));
}

/** Seals a new test name to each of these organizers; what somebody has opened already stays. */
export async function sealTestNames(
	call: Call,
	{ letter, organizers }: DeskView,
	to: readonly string[],
): Promise<void> {
	const names = await Promise.all(
		organizers
			.filter(({ id }) => to.includes(id))
			.map((one) => sealTestName({ letter: letter.id, organizer: one.id }, one.sealing)),
	);
	if (names.length > 0) await call('PUT', '/api/desk/test-names', { names });
}

/** Opens what was sealed to this organizer, and says what it held. @throws Fault `sealed-unreadable`; Refused `test-name-wrong` */
export async function openOwnTestName(call: Call, organizer: Organizer, sealed: string): Promise<void> {
	const whose = { letter: organizer.letter, organizer: organizer.id };
	const name = await openTestName(whose, organizer.secrets.sealing, sealed);
	await call('POST', '/api/desk/test-names/opened', { name });
}

/** A code to a work inbox of a domain that the draft names. @returns the test, for the code that comes */
export async function sendTestMail(call: Call, address: string): Promise<string> {
	return v.parse(testMailAnswer, await call('POST', '/api/desk/test-mails', { address })).test;
}

export async function confirmTestMail(call: Call, test: string, code: string): Promise<void> {
	await call('POST', '/api/desk/test-mails/confirm', { test, code });
}

/** Tells the others that a part of this fingerprint was typed here from what another organizer read out. */
export async function tellCompared(call: Call, fingerprint: string): Promise<void> {
	await call('POST', '/api/desk/charter/compared', { fingerprint });
}
