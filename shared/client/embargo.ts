/** What organizers do with links under embargo. */
import * as v from 'valibot';
import { embargoLinkAnswer } from '../api/embargo.ts';
import type { Call } from './call.ts';

/** @param expiresAt an instant in UTC. @returns the whole link: it is in this answer and nowhere else */
export async function makeEmbargoLink(call: Call, outlet: string, expiresAt: string): Promise<string> {
	return v.parse(embargoLinkAnswer, await call('POST', '/api/desk/embargo-links', { outlet, expiresAt })).link;
}

export async function revokeEmbargoLink(call: Call, id: string): Promise<void> {
	await call('DELETE', `/api/desk/embargo-links/${id}`);
}
