/** Writing together, and what is handed around: drafts, invitations, links, vouchers. */
import * as v from 'valibot';
import {
	type Draft,
	draftAnswer,
	freezeAnswer,
	invitationAnswer,
	linkAnswer,
	voucherBatchAnswer,
} from '../api/desk.ts';
import { draftVersionAnswer, draftVersionsAnswer, type KeptVersion } from '../api/draft-versions.ts';
import { newId } from '../bytes.ts';
import type { Call } from './call.ts';

export type DraftGroup = Draft['groups'][number];

/** A group as it begins in a draft: nobody in it yet. */
export function newGroup(proof: 'mailbox' | 'voucher'): DraftGroup {
	return { id: newId(), name: '', proof, domains: [], limit: proof === 'voucher' ? 50 : null, headcount: null };
}

/**
 * Saves over the version that was read.
 * @returns the new version. @throws Refused `draft-changed`: somebody saved in between; read the desk again and compare. `draft-frozen`: see goBackToWriting
 */
export async function saveDraft(call: Call, version: number, draft: Draft): Promise<number> {
	return v.parse(draftAnswer, await call('PUT', '/api/desk/draft', { version, draft })).version;
}

/** Ends a freeze, and every approval of it: saves the draft as it is over its own version. Only where somebody asks for just that. @throws Refused `draft-changed` */
export async function goBackToWriting(call: Call, version: number, draft: Draft): Promise<number> {
	return v.parse(draftAnswer, await call('PUT', '/api/desk/draft', { version, draft, unfreeze: true })).version;
}

/** What the draft was, the last one first: that is how it stands. */
export async function readVersions(call: Call): Promise<KeptVersion[]> {
	return v.parse(draftVersionsAnswer, await call('GET', '/api/desk/draft/versions'));
}

export async function readVersion(call: Call, number: number): Promise<KeptVersion & { draft: Draft }> {
	return v.parse(draftVersionAnswer, await call('GET', `/api/desk/draft/versions/${number}`));
}

/** Brings one back over the version that was read; what stands there becomes a version, too. @returns the new version. @throws Refused `draft-changed`, `draft-frozen` */
export async function restoreVersion(call: Call, version: number, number: number): Promise<number> {
	return v.parse(draftAnswer, await call('POST', '/api/desk/draft/restore', { version, number })).version;
}

/** Makes the letter's keys and its charter. @returns the fingerprint, b64u; nobody trusts it before hashing the charter */
export async function freeze(call: Call, version: number): Promise<string> {
	return v.parse(freezeAnswer, await call('POST', '/api/desk/freeze', { version })).fingerprint;
}

/** @param note whom it is for; every organizer reads it. @returns the invitation, shown this once: `/desk#join=…` */
export async function invite(call: Call, note: string): Promise<string> {
	return v.parse(invitationAnswer, await call('POST', '/api/desk/invitations', { note })).invitation;
}

export async function takeInvitationBack(call: Call, invitation: string): Promise<void> {
	await call('DELETE', `/api/desk/invitations/${invitation}`);
}

/** Leaves out an organizer who is not ready. Drafts only. */
export async function leaveOut(call: Call, organizer: string): Promise<void> {
	await call('DELETE', `/api/desk/organizers/${organizer}`);
}

/** A link with a note of its own. @returns its id */
export async function makeLink(call: Call, note: string): Promise<string> {
	return v.parse(linkAnswer, await call('POST', '/api/desk/links', { note })).link;
}

export async function revokeLink(call: Call, link: string): Promise<void> {
	await call('DELETE', `/api/desk/links/${link}`);
}

export function joinLink(origin: string, invitation: string): string {
	return `${origin}/desk#join=${invitation}`;
}

/** The vouchers are in this answer and nowhere else: the server keeps their hashes. */
export async function makeVouchers(call: Call, group: string, count: number, note: string): Promise<string[]> {
	return v.parse(voucherBatchAnswer, await call('POST', '/api/desk/vouchers', { group, count, note })).vouchers;
}

/** Ends those of the batch that nobody has used yet. */
export async function revokeVouchers(call: Call, batch: string): Promise<void> {
	await call('DELETE', `/api/desk/vouchers/${batch}`);
}
