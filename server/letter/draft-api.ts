import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { approveCharterRequest, draftRequest, freezeRequest } from '../../shared/api/desk.ts';
import { restoreRequest } from '../../shared/api/draft-versions.ts';
import { comparedRequest } from '../../shared/api/readiness.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, oneLargeBody, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { approveCharter } from './approve-charter.ts';
import { compareCharter } from './compare-charter.ts';
import { changeDraft, restoreDraft } from './draft.ts';
import { readDraftVersion, readDraftVersions } from './draft-versions.ts';
import { freeze } from './freeze.ts';

const numberParam = v.strictObject({ number: v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/), v.transform(Number)) });

/** From the first word to the open letter. */
export const draftApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.put(
			'/api/desk/draft',
			requireOrganizer(deps),
			oneLargeBody,
			vValidator('json', draftRequest, refuseInvalid),
			async (c) => {
				return c.json({ version: await changeDraft(deps, c.var.organizer, c.req.valid('json')) });
			},
		)
		.get('/api/desk/draft/versions', requireOrganizer(deps), async (c) =>
			c.json(await readDraftVersions(deps.db, c.var.organizer.letter)),
		)
		.get(
			'/api/desk/draft/versions/:number',
			requireOrganizer(deps),
			vValidator('param', numberParam, refuseInvalid),
			async (c) => c.json(await readDraftVersion(deps.db, c.var.organizer.letter, c.req.valid('param').number)),
		)
		.post(
			'/api/desk/draft/restore',
			requireOrganizer(deps),
			vValidator('json', restoreRequest, refuseInvalid),
			async (c) => {
				// Each one is a version more. By organizer, not by network address, which one can change, nor by letter: there one could use up everybody's.
				const by = { key: c.var.organizer.id, local: c.var.client.local };
				deps.limits.spend('restore', by, { burst: 10, perMinute: 0.1 });
				const { version, number } = c.req.valid('json');
				return c.json({ version: await restoreDraft(deps, c.var.organizer, version, number) });
			},
		)
		.post('/api/desk/freeze', requireOrganizer(deps), vValidator('json', freezeRequest, refuseInvalid), async (c) => {
			// Each one makes RSA keys: seconds of work on threads that everybody shares.
			deps.limits.spend('freeze', c.var.client, { burst: 40, perMinute: 4 });
			return c.json({ fingerprint: await freeze(deps, c.var.organizer, c.req.valid('json').version) });
		})
		.post(
			'/api/desk/charter/compared',
			requireOrganizer(deps),
			vValidator('json', comparedRequest, refuseInvalid),
			async (c) => {
				await compareCharter(deps, c.var.organizer, c.req.valid('json').fingerprint);
				return c.body(null, 204);
			},
		)
		.post(
			'/api/desk/charter/approve',
			requireOrganizer(deps),
			vValidator('json', approveCharterRequest, refuseInvalid),
			async (c) => c.json({ state: await approveCharter(deps, c.var.organizer, c.req.valid('json')) }),
		);
