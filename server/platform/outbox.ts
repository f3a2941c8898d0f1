import type { Afterwards } from './afterwards.ts';
import { Problem } from './errors.ts';
import { type Mail, type Mailer, MailNotSent } from './mail.ts';

/** A relay that does not work is tried again after this, with one mail; until that one is taken nobody is promised another. */
const PAUSE_MS = 5_000;
/** A mailbox that asks to wait, as many do with a sender whom they do not know, holds nobody else up. */
const MAILBOX_PAUSE_MS = 60_000;
/** Then the code in it is of little use. */
const GIVE_UP_MS = 15 * 60_000;
/** Connections to the relay at the same time, and mails that wait for one. */
const MOST_AT_ONCE = 20;
const MOST_WAITING = 1_000;
/** One mailbox that does not exist says nothing of a relay; so many refusals in a row do. */
const REFUSALS_IN_A_ROW = 5;

interface Posted {
	job: string;
	mail: Mail;
	/** Until when it is tried, of performance.now(). */
	until: number;
	failed: boolean;
}

/**
 * Mails that somebody is promised and waits for: codes. They go out after the answer, and are held in memory and nowhere else. What the relay has certainly not taken is tried again for a
 * quarter of an hour; what it may have taken never is, so that nobody gets two. Proven by test/faults/relay.test.ts.
 */
export class Outbox {
	readonly #mailer: Mailer;
	readonly #afterwards: Afterwards;
	readonly #waiting: Posted[] = [];
	#underWay = 0;
	#refusals = 0;
	/** While the relay is let be. */
	#pause: NodeJS.Timeout | undefined;
	/** The relay did not work when it was last tried. */
	#doubted = false;
	#closed = false;

	constructor(mailer: Mailer, afterwards: Afterwards) {
		this.#mailer = mailer;
		this.#afterwards = afterwards;
	}

	/**
	 * Before anything is promised or kept. It says nothing of a mailbox: whoever asks about whomever is told the same.
	 * @throws Problem `mail-unavailable`
	 */
	requireWorking(): void {
		const tried = this.#pause !== undefined || (this.#doubted && this.#underWay > 0);
		if (tried || this.#waiting.length >= MOST_WAITING)
			throw new Problem('mail-unavailable', { retryAfter: PAUSE_MS / 1_000 });
	}

	/** @param job under whose name a failure is logged, without the mail */
	post(job: string, mail: Mail): void {
		this.#put({ job, mail, until: performance.now() + GIVE_UP_MS, failed: false });
	}

	/** What waits is lost with the process. */
	close(): void {
		this.#closed = true;
		clearTimeout(this.#pause);
		this.#waiting.length = 0;
	}

	#put(posted: Posted): void {
		if (this.#closed) return;
		this.#waiting.push(posted);
		this.#next();
	}

	#next(): void {
		while (!this.#closed && this.#pause === undefined && this.#underWay < (this.#doubted ? 1 : MOST_AT_ONCE)) {
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
		this.#refusals = 0;
	}

	#triesAgain(posted: Posted, failure: unknown): boolean {
		const { outcome, ofMailbox } =
			failure instanceof MailNotSent ? failure : { outcome: 'unknown' as const, ofMailbox: false };
		const again = outcome === 'later' && performance.now() < posted.until;
		if (outcome === 'refused') this.#refusals++;
		if (ofMailbox && this.#refusals < REFUSALS_IN_A_ROW) {
			this.#doubted = false;
			if (again) setTimeout(() => this.#put(posted), MAILBOX_PAUSE_MS).unref();
			return again;
		}
		if (again) this.#waiting.unshift(posted);
		this.#doubted = true;
		this.#pause ??= setTimeout(() => {
			this.#pause = undefined;
			this.#next();
		}, PAUSE_MS).unref();
		return again;
	}
}
