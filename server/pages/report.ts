import * as v from 'valibot';
import { REPORT_REASONS, type Report } from '../../shared/api/report.ts';
import { speaking } from '../../shared/locales/say.ts';
import { ENGLISH } from '../../shared/locales/spoken.ts';
import type { NotSent } from '../../shared/pages/report-page.ts';
import { slugSchema } from '../../shared/release.ts';
import type { Deps } from '../deps.ts';
import type { Client } from '../platform/client.ts';
import { Problem } from '../platform/errors.ts';
import { type Mail, MailNotSent } from '../platform/mail.ts';

/** Of one client; and of all together, so that many of them cannot fill a mailbox. */
const own = { burst: 5, perMinute: 0.2 };
const all = { burst: 60, perMinute: 2 };
const everybody: Client = { key: 'everybody', local: false };

/** The page of a letter here, for a slug that can be one; else the empty string. */
export const letterAddress = (origin: string, slug: string): string =>
	v.is(slugSchema, slug) ? `${origin}/letters/${slug}/` : '';

/**
 * Sends a report on to whoever runs this host. It is in no table, queue or log, and the sender's network address is not in it.
 * Proven by test/server/pages/report.test.ts.
 * @returns null when the mail is handed over, else why not
 */
export async function sendReport(
	{ config, limits, mail, log }: Deps,
	client: Client,
	report: Report,
): Promise<NotSent | null> {
	const { contact, origin } = config;
	if (contact === null) return 'nobody';
	try {
		limits.spend('report', client, own);
		limits.spend('reports', everybody, all);
		await mail.send(reportMail(contact, origin, report));
		return null;
	} catch (failure) {
		if (failure instanceof Problem) return 'too-many';
		if (!(failure instanceof MailNotSent)) throw failure;
		log('report not sent', { failure, code: failure.code });
		return 'mail-failed';
	}
}

/** The subject holds nothing that somebody typed; in the text every line of theirs begins with ">", so that it cannot pass for ours. */
function reportMail(to: string, origin: string, { letter, reason, text, answer }: Report): Mail {
	const quoted = (typed: string) => typed.split('\n').map((line) => `> ${line}`);
	const lines = [
		`Somebody reports a letter on ${origin}. What they typed stands behind ">".`,
		...['', 'Which letter:', ...quoted(letter)],
		...['', `What is wrong: ${speaking(ENGLISH, REPORT_REASONS[reason])}.`, ...quoted(text)],
		...(answer === ''
			? ['', 'They left no address for an answer.']
			: ['', 'They would like an answer at:', ...quoted(answer)]),
		...['', 'Nothing of this is kept on the server. Who sent it is not known there.'],
	];
	return { to, subject: 'A letter was reported', text: `${lines.join('\n')}\n` };
}
