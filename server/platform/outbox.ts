import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Afterwards } from './afterwards.ts';
import { Problem } from './errors.ts';
import { type About, type Mail, type Mailer, MailNotSent, type NotSent } from './mail.ts';

/** A relay that does not work is tried again after this, with one mail; until that one is taken nobody is promised another. */
const PAUSE_MS = 5_000;
/** A mailbox that asks to wait, as many do with a sender whom they do not know, holds nobody else up. */
const MAILBOX_PAUSE_MS = 60_000;
/** Then the code in it is of little use. */
const GIVE_UP_MS = 15 * 60_000;
/** Connections to the relay at the same time, and mails that wait for one. */
const MOST_AT_ONCE = 20;
const MOST_WAITING = 1_000;
/** A relay that refuses the mails to so many mailboxes in a row, and says of none that it is the mailbox, does not work. */
const MAILBOXES_REFUSED = 5;
/** A relay that has taken a mail so lately works. */
const TAKEN_LATELY_MS = 60_000;

interface Posted {
	job: string;
	mail: Mail;
	/** Until when it is tried, of the clock that only grows. */
	until: number;
	failed: boolean;
}

/** The clock of this process, which only grows, whatever the time of day does. */
export interface Monotonic {
	/** Milliseconds. */
	now(): number;
	/** The process does not wait for it. @returns what calls it off */
	later(run: () => void, milliseconds: number): () => void;
}

const monotonic: Monotonic = {
	now: () => performance.now(),
	later(run, milliseconds) {
		const timer = setTimeout(run, milliseconds).unref();
		return () => clearTimeout(timer);
	},
};

/**
 * Mails that somebody is promised and waits for: codes. They go out after the answer, and are held in memory and nowhere else. What the relay has certainly not taken is tried again for a
 * quarter of an hour; what it may have taken never is, so that nobody gets two. What a relay says of one mailbox never counts against it: else whoever asks for codes of made-up ones would
 * keep codes from everybody. Proven by test/faults/relay.test.ts and test/server/platform/outbox.test.ts.
 */
export class Outbox {
	readonly #mailer: Mailer;
	readonly #afterwards: Afterwards;
	readonly #clock: Monotonic;
	readonly #waiting: Posted[] = [];
	#underWay = 0;
	/** Mailboxes in hashes of this process, and when they were refused without a word of the mailbox; none since a mail was taken. */
	readonly #refused = new Map<string, number>();
	readonly #key = createSecretKey(randomBytes(32));
	#takenAt = Number.NEGATIVE_INFINITY;
	/** While the relay is let be: ends that. */
	#endPause: (() => void) | undefined;
	/** The relay did not work when it was last tried. */
	#doubted = false;
	#closed = false;

	constructor(mailer: Mailer, afterwards: Afterwards, clock = monotonic) {
		this.#mailer = mailer;
		this.#afterwards = afterwards;
		this.#clock = clock;
	}

	/**
	 * Before anything is promised or kept. It says nothing of a mailbox: whoever asks about whomever is told the same.
	 * @throws Problem `mail-unavailable`
	 */
	requireWorking(): void {
		const tried = this.#endPause !== undefined || (this.#doubted && this.#underWay > 0);
		if (tried || this.#waiting.length >= MOST_WAITING)
			throw new Problem('mail-unavailable', { retryAfter: PAUSE_MS / 1_000 });
	}

	/** @param job under whose name a failure is logged, without the mail */
	post(job: string, mail: Mail): void {
		this.#put({ job, mail, until: this.#clock.now() + GIVE_UP_MS, failed: false });
	}

	/** What waits is lost with the process. */
	close(): void {
		this.#closed = true;
		this.#endPause?.();
		this.#waiting.length = 0;
	}

	#put(posted: Posted): void {
		if (this.#closed) return;
		this.#waiting.push(posted);
		this.#next();
	}

	#next(): void {
		while (!this.#closed && this.#endPause === undefined && this.#underWay < (this.#doubted ? 1 : MOST_AT_ONCE)) {
			const posted = this.#waiting.shift();
			if (posted === undefined) return;
			this.#underWay++;
			this.#afterwards.run(posted.job, () => this.#send(posted));
		}
	}

	async #send(posted: Posted): Promise<void> {
		try {
			await this.#mailer.send(posted.mail);
			this.#works();
		} catch (failure) {
			// Logged when it begins and when it is given up, not each time between.
			const log = !posted.failed;
			posted.failed = true;
			if (!this.#triesAgain(posted, failure) || log) throw failure;
		} finally {
			this.#underWay--;
			this.#next();
		}
	}

	#works(): void {
		this.#doubted = false;
		this.#refused.clear();
		this.#takenAt = this.#clock.now();
	}

	#triesAgain(posted: Posted, failure: unknown): boolean {
		const said: { outcome: NotSent; about: About } =
			failure instanceof MailNotSent ? failure : { outcome: 'unknown', about: 'relay' };
		const again = said.outcome === 'later' && this.#clock.now() < posted.until;
		if (said.about === 'mailbox' || (said.about === 'unclear' && !this.#refusesEverybody(posted.mail.to))) {
			this.#doubted = false;
			if (again) this.#clock.later(() => this.#put(posted), MAILBOX_PAUSE_MS);
			return again;
		}
		if (again) this.#waiting.unshift(posted);
		this.#doubted = true;
		this.#endPause ??= this.#clock.later(() => {
			this.#endPause = undefined;
			this.#next();
		}, PAUSE_MS);
		return again;
	}

	/** Each mailbox counts once: who is refused in a colleague's name, or of a mailbox that takes nobody's mail, says it again and again of the same. */
	#refusesEverybody(address: string): boolean {
		const now = this.#clock.now();
		if (now - this.#takenAt < TAKEN_LATELY_MS) return false;
		for (const [hash, at] of this.#refused) if (now - at >= GIVE_UP_MS) this.#refused.delete(hash);
		const hash = createHmac('sha256', this.#key).update(address).digest('base64url');
		const counted = this.#refused.has(hash);
		// Beyond that nothing new is learnt from another.
		if (!counted && this.#refused.size < MOST_WAITING) this.#refused.set(hash, now);
		return !counted && this.#refused.size >= MAILBOXES_REFUSED;
	}
}
