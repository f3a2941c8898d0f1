import { createTransport } from 'nodemailer';
import type { Secret } from './secret.ts';

export interface Mail {
	to: string;
	subject: string;
	text: string;
}

export interface Mailer {
	/** Resolves when the relay took the mail. What it throws never contains the address. */
	send(mail: Mail): Promise<void>;
	close(): void;
}

export class MailNotSent extends Error {
	override name = 'MailNotSent';
	readonly code: string;

	constructor(code: string) {
		super('The mail relay did not take a mail.');
		this.code = code;
	}
}

/**
 * The last check before the relay, whoever called: one plain address that no parser can read as two. The strict
 * rules for work addresses are the employment folder's; this one also has to let organizers' own addresses pass.
 */
export const plainAddress = /^[A-Za-z0-9._+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
const oneLine = /^[^\r\n\0]*$/;

function checked(mail: Mail): Mail {
	if (!plainAddress.test(mail.to)) throw new MailNotSent('address-not-plain');
	if (!oneLine.test(mail.subject)) throw new MailNotSent('subject-not-one-line');
	return mail;
}

/** Hands mail to a real relay. The envelope is given explicitly, so that no header decides where a mail goes. */
export function smtpMailer(url: Secret, from: string): Mailer {
	const transport = createTransport({
		url: url.reveal(),
		disableFileAccess: true,
		disableUrlAccess: true,
		connectionTimeout: 10_000,
		greetingTimeout: 10_000,
		socketTimeout: 20_000,
	});
	return {
		async send(mail) {
			const { to, subject, text } = checked(mail);
			try {
				await transport.sendMail({
					from: { name: '', address: from },
					to: { name: '', address: to },
					envelope: { from, to: [to] },
					subject,
					text,
				});
			} catch (failure) {
				const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown';
				throw new MailNotSent(code);
			}
		},
		close: () => transport.close(),
	};
}

export interface KeptMail extends Mail {
	from: string;
}

/** Development mode's relay: keeps mail in memory, for /dev/mail to show. */
export class Mailbox implements Mailer {
	readonly mails: KeptMail[] = [];
	readonly #from: string;

	constructor(from: string) {
		this.#from = from;
	}

	async send(mail: Mail): Promise<void> {
		const { to, subject, text } = checked(mail);
		this.mails.push({ to, from: this.#from, subject, text });
	}

	close(): void {}
}
