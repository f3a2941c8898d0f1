/** What only a server in development mode answers: its mailbox, its clock, an invitation to start a letter. */
import { setTimeout as pause } from 'node:timers/promises';

import type { World } from './world.ts';

type Mail = { to: string; from: string; subject: string; text: string };

/** A mail that does not come within this many milliseconds never will. */
const PATIENCE = 30_000;

export class DevServer implements World {
	readonly origin: string;
	/** How many mails to an address were read already. */
	readonly #read = new Map<string, number>();
	#fetching: Promise<Mail[]> | null = null;
	/** Milliseconds by which the server's clock was moved, as of its last answer. */
	#ahead = 0;

	constructor(origin: string) {
		this.origin = origin;
	}

	/** @throws Error where no development server answers */
	async requireDevelopment(): Promise<void> {
		const answer = await fetch(`${this.origin}/dev/mail.json`).catch(() => null);
		if (answer === null) throw new Error(`No server answers at ${this.origin}. Start one with: npm start`);
		if (!answer.ok)
			throw new Error(`The server at ${this.origin} is not in development mode, and the demo must not touch it.`);
	}

	now(): Date {
		return new Date(Date.now() + this.#ahead);
	}

	/** Moves the server's clock, and lets it do what is due then. */
	async advance(minutes: number): Promise<Date> {
		return this.#moved('/dev/clock', { advanceMinutes: minutes });
	}

	/** Lets the server count and mix what came in, as it does by itself each hour. */
	async tick(): Promise<void> {
		await this.#moved('/dev/tick', {});
	}

	/** An invitation to start a letter, as `npm run invite` makes it. */
	async invitation(): Promise<string> {
		const { invitation } = await this.#post('/dev/invitation', {});
		if (typeof invitation !== 'string') throw new Error('The server gave no invitation.');
		return invitation;
	}

	/** The eight digits of the next mail to this address that was not read yet. */
	async code(address: string): Promise<string> {
		const seen = this.#read.get(address) ?? 0;
		for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
			const mails = (await this.#mails()).filter((mail) => mail.to === address);
			const code = /\b(\d{4}) ?(\d{4})\b/.exec(mails[seen]?.text ?? '');
			if (code === null) continue;
			this.#read.set(address, seen + 1);
			return `${code[1]}${code[2]}`;
		}
		throw new Error(`No mail came to ${address}.`);
	}

	/** Learns the server's time; mails that lie there already are not those of this run. */
	async begin(): Promise<void> {
		await this.advance(0);
		for (const { to } of await this.#mails()) this.#read.set(to, (this.#read.get(to) ?? 0) + 1);
	}

	/** Many wait for their mail at once; one request serves them all. */
	#mails(): Promise<Mail[]> {
		this.#fetching ??= fetch(`${this.origin}/dev/mail.json`)
			.then((answer): Promise<Mail[]> => answer.json())
			.finally(() => {
				this.#fetching = null;
			});
		return this.#fetching;
	}

	async #moved(path: string, body: object): Promise<Date> {
		const { now } = await this.#post(path, body);
		if (typeof now !== 'string') throw new Error(`The server did not say its time after ${path}.`);
		this.#ahead = new Date(now).getTime() - Date.now();
		return new Date(now);
	}

	async #post(path: string, body: object): Promise<Record<string, unknown>> {
		const answer = await fetch(`${this.origin}${path}`, {
			method: 'POST',
			headers: { origin: this.origin, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
		return answer.json();
	}
}
