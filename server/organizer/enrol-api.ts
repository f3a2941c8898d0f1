import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { enrolOptionsRequest, enrolRequest, invitationLook, noteRequest } from '../../shared/api/desk.ts';
import { id } from '../../shared/api/shapes.ts';
import type { Deps, Env } from '../deps.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import { enrol, organizerName } from './enrol.ts';
import { getInvitation, inviteOrganizer, lookAtInvitation, startInvitation } from './invitation.ts';
import { removeInvitation } from './invitation-store.ts';
import { leaveOut } from './leave.ts';
import { creationOptions } from './passkey.ts';
import { type OrganizerEnv, requireOrganizer, signedIn, spendingAtDesk } from './session-api.ts';

const idParam = v.strictObject({ id });

/** For whoever holds an invitation, or may have one. */
export const enrolApi = (deps: Deps) =>
	new Hono<Env>()
		.post('/api/desk/start', async (c) => {
			if (deps.config.newLetters !== 'anyone') throw new Problem('letters-by-invitation');
			deps.limits.spend('start', c.var.client, { burst: 5, perMinute: 0.2 });
			return c.json({ invitation: await startInvitation(deps, 'anyone') });
		})
		.post(
			'/api/desk/invitations/look',
			spendingAtDesk(deps),
			vValidator('json', invitationLook, refuseInvalid),
			async (c) => {
				return c.json(await lookAtInvitation(deps, c.req.valid('json').invitation));
			},
		)
		.post(
			'/api/desk/enrol/options',
			spendingAtDesk(deps),
			vValidator('json', enrolOptionsRequest, refuseInvalid),
			async (c) => {
				const { invitation, name } = c.req.valid('json');
				await getInvitation(deps.db, invitation, deps.clock.now());
				return c.json(await creationOptions(deps, { name: organizerName(name), purpose: 'enrol' }));
			},
		)
		.post('/api/desk/enrol', spendingAtDesk(deps), vValidator('json', enrolRequest, refuseInvalid), async (c) => {
			const by = await enrol(deps, c.req.valid('json'));
			return c.json(await signedIn(deps, c, by));
		});

/** For organizers: who else organizes, while the letter is a draft. */
export const invitationApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post(
			'/api/desk/invitations',
			requireOrganizer(deps),
			vValidator('json', noteRequest, refuseInvalid),
			async (c) => {
				const invitation = await inviteOrganizer(deps, c.var.organizer, c.req.valid('json').note);
				return c.json({ invitation });
			},
		)
		.delete(
			'/api/desk/invitations/:id',
			requireOrganizer(deps),
			vValidator('param', idParam, refuseInvalid),
			async (c) => {
				const removed = await removeInvitation(deps.db, c.var.organizer.letter, c.req.valid('param').id);
				if (!removed) throw new Problem('not-found');
				return c.body(null, 204);
			},
		)
		.delete(
			'/api/desk/organizers/:id',
			requireOrganizer(deps),
			vValidator('param', idParam, refuseInvalid),
			async (c) => {
				await leaveOut(deps, c.var.organizer, c.req.valid('param').id);
				return c.body(null, 204);
			},
		);
