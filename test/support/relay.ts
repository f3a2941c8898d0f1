import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
	/** From the envelope: where it would really go. */
	to: string[];
	from: string;
	subject: string;
	text: string;
	headers: Record<string, string>;
	attachments: { name: string | null; mediaType: string; bytes: Uint8Array }[];
}

/** A real SMTP relay on loopback that keeps what it is given. */
export interface Relay {
	url: string;
	mails: ReceivedMail[];
	/** The next mail to this address that was not handed out yet; waits up to a minute for it. */
	mailTo(address: string): Promise<ReceivedMail>;
	/** While on, every mail is refused with a temporary error. */
	fail(on: boolean): void;
	/** While on, mails to this address are refused for good. @param said its code, and the words after it */
	refuse(address: string, on: boolean, said?: readonly [number, string]): void;
	/** While on, mails to everybody are, before it is asked who they are. */
	refuseAll(said: readonly [number, string] | null): void;
	/** While on, the connection breaks off once a whole mail has come. */
	drop(on: boolean): void;
	/** While on, no mail is answered; turned off, those that waited are taken. */
	hang(on: boolean): void;
	/** Each mail takes so many milliseconds from now on. */
	slow(milliseconds: number): void;
	/** While on, connections are taken and nothing is said. */
	mute(on: boolean): void;
	/** While on, nobody listens at its port. */
	gone(on: boolean): Promise<void>;
	stop(): Promise<void>;
}

export async function startRelay(): Promise<Relay> {
	const mails: ReceivedMail[] = [];
	const read = new Set<ReceivedMail>();
	const arrivals = new Set<() => void>();
	const refused = new Map<string, readonly [number, string]>();
	let refusedAll: readonly [number, string] | null = null;
	const sockets = new Set<Socket>();
	let failing = false;
	let dropping = false;
	let muted = false;
	let takes = 0;
	let hanging: Promise<void> | undefined;
	let release = () => {};

	const server = new SMTPServer({
		authOptional: true,
		// What it says of an address is the test's alone.
		hideENHANCEDSTATUSCODES: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		logger: false,
		closeTimeout: 100,
		onConnect(_session, callback) {
			if (!muted) callback();
		},
		onRcptTo({ address }, _session, callback) {
			const said = refusedAll ?? refused.get(address);
			callback(said ? Object.assign(new Error(said[1]), { responseCode: said[0] }) : null);
		},
		onData(stream, session, callback) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', async () => {
				await hanging;
				if (takes > 0) await pause(takes);
				if (dropping) {
					breakOff();
					return;
				}
				if (failing) return callback(Object.assign(new Error('try again later'), { responseCode: 451 }));
				const mail = await PostalMime.parse(Buffer.concat(chunks));
				mails.push({
					to: session.envelope.rcptTo.map(({ address }) => address),
					from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
					subject: mail.subject ?? '',
					text: mail.text ?? '',
					headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
					attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
						...{ name: filename, mediaType: mimeType },
						bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
					})),
				});
				callback();
				for (const arrived of arrivals) arrived();
			});
		},
	});
	server.on('error', () => {});
	server.server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.server.address() as AddressInfo;
	const breakOff = () => {
		for (const socket of sockets) socket.destroy();
	};

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
					reject(new Error(`no mail to ${address} within a minute`));
				}, 60_000);
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
		refuse: (address, on, said = [550, '5.1.1 no such mailbox']) => {
			if (on) refused.set(address, said);
			else refused.delete(address);
		},
		refuseAll: (said) => {
			refusedAll = said;
		},
		drop: (on) => {
			dropping = on;
		},
		hang: (on) => {
			release();
			hanging = on ? new Promise((resolve) => (release = resolve)) : undefined;
		},
		slow: (milliseconds) => {
			takes = milliseconds;
		},
		mute: (on) => {
			muted = on;
			if (!on) breakOff();
		},
		gone: (on) =>
			new Promise((resolve) => {
				if (on) server.server.close(() => resolve());
				else server.server.listen(port, '127.0.0.1', () => resolve());
				if (on) breakOff();
			}),
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
