import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { testMailConfirm, testMailRequest } from '../../shared/api/readiness.ts';
import type { Deps } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { confirmTestMail, sendTestMail } from './test-mail.ts';

/** Whether mail reaches work inboxes, tried while the letter is a draft. */
export const testMailApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post(
			'/api/desk/test-mails',
			requireOrganizer(deps),
			vValidator('json', testMailRequest, refuseInvalid),
			async (c) => {
				deps.limits.spend('test mail', c.var.client, { burst: 30, perMinute: 2 });
				const { id: organizer, letter } = c.var.organizer;
				const test = await sendTestMail(deps, { organizer, letter }, c.req.valid('json').address);
				return c.json({ test }, 202);
			},
		)
		.post(
			'/api/desk/test-mails/confirm',
			requireOrganizer(deps),
			vValidator('json', testMailConfirm, refuseInvalid),
			async (c) => {
				const { id: organizer, letter } = c.var.organizer;
				const { test, code } = c.req.valid('json');
				await confirmTestMail(deps, { organizer, letter }, test, code);
				return c.body(null, 204);
			},
		);
