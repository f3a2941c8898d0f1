import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import { html } from 'hono/html';
import * as v from 'valibot';
import type { Deps, Env } from '../deps.ts';
import { runDue } from '../due.ts';
import { startInvitation } from '../organizer/invitation.ts';
import { SettableClock } from '../platform/clock.ts';
import { Problem, refuseInvalid } from '../platform/errors.ts';
import { Mailbox } from '../platform/mail.ts';
import { tick } from '../tick.ts';

const clockChange = v.union([
	v.strictObject({ advanceMinutes: v.pipe(v.number(), v.minValue(0), v.maxValue(60 * 24 * 3660)) }),
	v.strictObject({ now: v.pipe(v.string(), v.isoTimestamp()) }),
]);

/**
 * Development mode's own pages: its mailbox and its clock. To anything but a direct request over loopback they do not
 * exist, and in any other mode the mailbox and the settable clock behind them do not either. Proven by test/server/dev/dev-api.test.ts.
 */
export const devApi = (deps: Deps) =>
	new Hono<Env>()
		.use('/dev/*', async (c, next) => {
			if (deps.config.mode !== 'development' || !c.var.client.local) throw new Problem('not-found');
			await next();
		})
		.get('/dev/mail.json', (c) => c.json(mailbox(deps).mails))
		.get('/dev/mail', (c) => {
			const newestFirst = mailbox(deps).mails.toReversed();
			return c.html(html`<!doctype html>
				<html lang="en">
					<meta charset="utf-8" />
					<meta name="viewport" content="width=device-width, initial-scale=1" />
					<title>Mail of this development server</title>
					<main>
						<h1>Mail</h1>
						${newestFirst.length === 0 ? html`<p>No mail yet. Reload this page once you asked for some.</p>` : ''}
						${newestFirst.map(
							(mail) => html`<article>
								<h2>${mail.subject}</h2>
								<p>From ${mail.from} to ${mail.to}</p>
								${mail.text.split('\n').map((line) => html`${/^https?:\/\/\S+$/.test(line) ? html`<a href="${line}">${line}</a>` : line}<br />`)}
							</article>`,
						)}
					</main>
				</html>`);
		})
		.post('/dev/invitation', async (c) => c.json({ invitation: await startInvitation(deps, 'command') }))
		.post('/dev/tick', async (c) => {
			await settle(deps);
			await tick(deps, deps.clock.now());
			return c.json({ now: deps.clock.now().toISOString() });
		})
		.post('/dev/clock', vValidator('json', clockChange, refuseInvalid), async (c) => {
			const { clock } = deps;
			if (!(clock instanceof SettableClock)) throw new Problem('not-found');
			const change = c.req.valid('json');
			if ('now' in change) clock.set(new Date(change.now));
			else clock.advance(change.advanceMinutes);
			await settle(deps);
			return c.json({ now: clock.now().toISOString() });
		});

function mailbox({ mail }: Deps): Mailbox {
	if (!(mail instanceof Mailbox)) throw new Problem('not-found');
	return mail;
}

/** Everything that this moment brings about has happened when it resolves. */
async function settle(deps: Deps): Promise<void> {
	await runDue(deps);
	await deps.jobs.idle();
}
