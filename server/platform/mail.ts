import { createTransport } from 'nodemailer';
import type { Secret } from './secret.ts';

export interface Mail {
	to: string;
	subject: string;
	text: string;
	attachment?: Attachment;
}

/** `name` is that of a file, of plain letters. */
export interface Attachment {
	name: string;
	mediaType: string;
	bytes: Uint8Array;
}

export interface Mailer {
	/** Resolves when the relay took the mail. What it throws never contains the address. */
	send(mail: Mail): Promise<void>;
	/** Whether the relay takes a greeting and the password. Sends nothing. */
	answers(): Promise<boolean>;
	close(): void;
}

/** `refused`: for good. `later`: certainly not taken; may be tried again. `unknown`: the relay may have taken it; another try could be a second mail. */
export type NotSent = 'refused' | 'later' | 'unknown';

/** `mailbox`: the relay works, and says this of one mailbox. `unclear`: it may say it of this mail or of everybody's. `relay`: it does not work, or is not there. */
export type About = 'mailbox' | 'unclear' | 'relay';

export class MailNotSent extends Error {
	override name = 'MailNotSent';
	readonly code: string;
	readonly outcome: NotSent;
	readonly about: About;

	constructor(code: string, outcome: NotSent, about: About = outcome === 'refused' ? 'mailbox' : 'relay') {
		super('The mail relay did not take a mail.');
		this.code = code;
		this.outcome = outcome;
		this.about = about;
	}
}

/** Steps at which a relay says that it does not want this mail. Elsewhere a 5xx is about the relay itself, such as a password. */
const OF_THE_MAIL: readonly unknown[] = ['MAIL FROM', 'RCPT TO', 'DATA'];
/** nodemailer names CONN for whatever breaks off on its own, also in the middle of a mail; DATA for the mail itself. */
const PERHAPS_UNDER_WAY: readonly unknown[] = ['CONN', 'API', 'DATA', undefined];

/** RFC 5321, section 4.2.3: there is no such mailbox, it is elsewhere, full, or its name not allowed. */
const OF_MAILBOXES: readonly number[] = [550, 551, 552, 553];
/** RFC 3463, sections 3.2 to 3.5: of the address it goes to, of the mailbox, and of the way there, as some say of a mailbox that they do not know. Not 5.1.7 and 5.1.8, which are of the sender's. */
const OF_ONE_ADDRESSEE = /^5\.(1\.([0-6]|10)|2\.[0-4]|4\.[14])$/;

/** The more exact of the two codes decides, where it says anything: "550 5.7.1" is of everybody as well, such as "relaying denied". */
function isOfMailbox(responseCode: number, response: string): boolean {
	const exact = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
	return exact === undefined || exact === '5.0.0' ? OF_MAILBOXES.includes(responseCode) : OF_ONE_ADDRESSEE.test(exact);
}

/** What nodemailer's failure says: the relay's answer (RFC 5321, section 4.2.1), or how far it came. Proven by test/server/platform/mail.test.ts. */
function toMailNotSent(failure: unknown): MailNotSent {
	const said: Record<string, unknown> = { ...(failure instanceof Error ? failure : {}) };
	const { command, responseCode, syscall, timeoutType } = said;
	const code = String(said.code ?? 'unknown');
	if (typeof responseCode === 'number') {
		if (responseCode < 500) return new MailNotSent(code, 'later', command === 'RCPT TO' ? 'mailbox' : 'relay');
		if (!OF_THE_MAIL.includes(command)) return new MailNotSent(code, 'later');
		const ofMailbox = command !== 'MAIL FROM' && isOfMailbox(responseCode, String(said.response ?? ''));
		return new MailNotSent(code, 'refused', ofMailbox ? 'mailbox' : 'unclear');
	}
	const neverThere =
		code === 'EDNS' || syscall === 'connect' || timeoutType === 'CONNECT_TIMEOUT' || timeoutType === 'GREETING_TIMEOUT';
	return new MailNotSent(code, neverThere || !PERHAPS_UNDER_WAY.includes(command) ? 'later' : 'unknown');
}

/**
 * The last check before the relay, whoever called: one plain address that no parser can read as two. The strict
 * rules for work addresses are the employment folder's; this one also has to let organizers' own addresses pass.
 */
export const plainAddress = /^[A-Za-z0-9._+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
const oneLine = /^[^\r\n\0]*$/;

function checked(mail: Mail): Mail {
	if (!plainAddress.test(mail.to)) throw new MailNotSent('address-not-plain', 'refused');
	if (!oneLine.test(mail.subject)) throw new MailNotSent('subject-not-one-line', 'refused');
	return mail;
}

/** Hands mail to a real relay. The envelope is given explicitly, so that no header decides where a mail goes. */
export function smtpMailer(url: Secret, from: string): Mailer {
	const transport = createTransport({
		url: url.reveal(),
		disableFileAccess: true,
		disableUrlAccess: true,
		// Until the greeting has come: nodemailer counts it into both. Many let a sender wait for it on purpose (RFC 5321, section 4.5.3.2.1, asks for five minutes), and on the
		// embedded database a tick answers nobody for seconds.
		connectionTimeout: 20_000,
		greetingTimeout: 20_000,
		socketTimeout: 30_000,
	});
	return {
		async send(mail) {
			const { to, subject, text, attachment } = checked(mail);
			try {
				await transport.sendMail({
					from: { name: '', address: from },
					to: { name: '', address: to },
					envelope: { from, to: [to] },
					subject,
					text,
					attachments: attachment ? [attached(attachment)] : [],
				});
			} catch (failure) {
				throw toMailNotSent(failure);
			}
		},
		answers: () =>
			transport.verify().then(
				() => true,
				() => false,
			),
		close: () => transport.close(),
	};
}

const attached = ({ name, mediaType, bytes }: Attachment) => ({
	...{ filename: name, contentType: mediaType },
	content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

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
		this.mails.push({ ...checked(mail), from: this.#from });
	}

	async answers(): Promise<boolean> {
		return true;
	}

	close(): void {}
}
