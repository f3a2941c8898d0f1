import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
	/** From the envelope: where it would really go. */
	to: string[];
	from: string;
	subject: string;
	text: string;
	headers: Record<string, string>;
}

/** A real SMTP relay on loopback that keeps what it is given. */
export interface Relay {
	url: string;
	mails: ReceivedMail[];
	/** The next mail to this address that was not handed out yet; waits up to ten seconds for it. */
	mailTo(address: string): Promise<ReceivedMail>;
	/** While on, every mail is refused with a temporary error. */
	fail(on: boolean): void;
	/** While on, no mail is answered; turned off, those that waited are taken. */
	hang(on: boolean): void;
	stop(): Promise<void>;
}

export async function startRelay(): Promise<Relay> {
	const mails: ReceivedMail[] = [];
	const read = new Set<ReceivedMail>();
	const arrivals = new Set<() => void>();
	let failing = false;
	let hanging: Promise<void> | undefined;
	let release = () => {};

	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		logger: false,
		closeTimeout: 100,
		onData(stream, session, callback) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', async () => {
				await hanging;
				if (failing) return callback(Object.assign(new Error('try again later'), { responseCode: 451 }));
				const mail = await PostalMime.parse(Buffer.concat(chunks));
				mails.push({
					to: session.envelope.rcptTo.map(({ address }) => address),
					from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
					subject: mail.subject ?? '',
					text: mail.text ?? '',
					headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
				});
				callback();
				for (const arrived of arrivals) arrived();
			});
		},
	});
	server.on('error', () => {});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.server.address() as AddressInfo;

	const take = (address: string) => {
		const mail = mails.find((mail) => !read.has(mail) && mail.to.includes(address));
		if (mail) read.add(mail);
		return mail;
	};
	return {
		url: `smtp://127.0.0.1:${port}`,
		mails,
		mailTo: (address) =>
			new Promise((resolve, reject) => {
				const timeout = setTimeout(() => {
					arrivals.delete(arrived);
					reject(new Error(`no mail to ${address} within ten seconds`));
				}, 10_000);
				const arrived = () => {
					const mail = take(address);
					if (!mail) return;
					clearTimeout(timeout);
					arrivals.delete(arrived);
					resolve(mail);
				};
				arrivals.add(arrived);
				arrived();
			}),
		fail: (on) => {
			failing = on;
		},
		hang: (on) => {
			release();
			hanging = on ? new Promise((resolve) => (release = resolve)) : undefined;
		},
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
