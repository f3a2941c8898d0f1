import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { approveCharterRequest, draftRequest, freezeRequest } from '../../shared/api/desk.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid, toProblemJson } from '../platform/errors.ts';
import { approveCharter } from './approve-charter.ts';
import { changeDraft, DraftChanged } from './draft.ts';
import { freeze } from './freeze.ts';

/** Problem JSON with what is there now as an extension member (RFC 9457, section 3.2), so that nothing typed has to be lost. */
async function orPresentDraft<Answer>(answering: Promise<Answer>): Promise<Answer | Response> {
	try {
		return await answering;
	} catch (failure) {
		if (!(failure instanceof DraftChanged)) throw failure;
		const body = JSON.stringify({ ...toProblemJson(failure), present: failure.present });
		return new Response(body, { status: failure.status, headers: { 'Content-Type': 'application/problem+json' } });
	}
}

/** From the first word to the open letter. */
export const draftApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.put('/api/desk/draft', requireOrganizer(deps), vValidator('json', draftRequest, refuseInvalid), async (c) => {
			const version = await orPresentDraft(changeDraft(deps, c.var.organizer.letter, c.req.valid('json')));
			return version instanceof Response ? version : c.json({ version });
		})
		.post('/api/desk/freeze', requireOrganizer(deps), vValidator('json', freezeRequest, refuseInvalid), async (c) => {
			// Each one makes RSA keys: seconds of work on threads that everybody shares.
			deps.limits.spend('freeze', c.var.client, { burst: 40, perMinute: 4 });
			const fingerprint = await orPresentDraft(freeze(deps, c.var.organizer, c.req.valid('json').version));
			return fingerprint instanceof Response ? fingerprint : c.json({ fingerprint });
		})
		.post(
			'/api/desk/charter/approve',
			requireOrganizer(deps),
			vValidator('json', approveCharterRequest, refuseInvalid),
			async (c) => c.json({ state: await approveCharter(deps, c.var.organizer, c.req.valid('json')) }),
		);
