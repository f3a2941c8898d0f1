/** The mail relay of a load: takes every mail over SMTP (RFC 5321) on loopback, as little as a relay can do, and hands each code to whoever waits for it. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

const CODE = /\r\n\r\n(\d{8})\r\n/;
const END = '\r\n.\r\n';

export class MailSink {
	readonly #server: Server;
	readonly #waiting = new Map<string, (code: string) => void>();
	readonly #come = new Map<string, string>();
	/** Connections that were ever made. */
	connections = 0;

	private constructor() {
		this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
	}

	static async start(): Promise<MailSink> {
		const sink = new MailSink();
		await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
		return sink;
	}

	get url(): string {
		return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** The code in the next mail to this address. */
	code(address: string): Promise<string> {
		const come = this.#come.get(address);
		this.#come.delete(address);
		return come === undefined ? new Promise((resolve) => this.#waiting.set(address, resolve)) : Promise.resolve(come);
	}

	/** What came and nobody waits for, as after a flood. */
	forget(): void {
		this.#waiting.clear();
		this.#come.clear();
	}

	close(): void {
		this.#server.close();
	}

	#serve(socket: Socket): void {
		this.connections++;
		let [read, to, inMail] = ['', '', false];
		socket.on('error', () => {});
		socket.write('220 sink\r\n');
		socket.on('data', (bytes) => {
			read += bytes.toString('latin1');
			for (;;) {
				const end = read.indexOf(inMail ? END : '\r\n');
				if (end < 0) return;
				const said = read.slice(0, end + 2);
				read = read.slice(end + (inMail ? END.length : 2));
				if (inMail) {
					this.#take(to, said);
					inMail = false;
					socket.write('250 taken\r\n');
					continue;
				}
				const word = said.slice(0, 4).toUpperCase();
				if (word === 'RCPT') to = /<([^>]*)>/.exec(said)?.[1] ?? '';
				inMail = word === 'DATA';
				socket.write(answers[word] ?? '250 fine\r\n');
				if (word === 'QUIT') socket.end();
			}
		});
	}

	#take(address: string, mail: string): void {
		const code = CODE.exec(mail)?.[1];
		if (code === undefined) return;
		const waiter = this.#waiting.get(address);
		this.#waiting.delete(address);
		if (waiter) waiter(code);
		else this.#come.set(address, code);
	}
}

const answers: Record<string, string> = {
	EHLO: '250-sink\r\n250 PIPELINING\r\n',
	DATA: '354 go on\r\n',
	QUIT: '221 bye\r\n',
};
