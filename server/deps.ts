import type { Assets } from './assets.ts';
import type { Config } from './config.ts';
import type { Db } from './database.ts';
import type { Afterwards } from './platform/afterwards.ts';
import type { Between } from './platform/between-nodes.ts';
import type { Client } from './platform/client.ts';
import type { Clock } from './platform/clock.ts';
import type { Jobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import type { Mailer } from './platform/mail.ts';
import type { MailboxHour } from './platform/mailbox-hour.ts';
import type { Outbox } from './platform/outbox.ts';
import type { PeerKey } from './platform/peer-key.ts';
import type { RateLimits } from './platform/rate-limit.ts';
import type { SecretBox } from './platform/secret-box.ts';
import type { KeptAnswers } from './published/kept-answers.ts';

/** What the process hands to every api and every due task. Tests replace the clock and the mail relay, nothing else. */
export interface Deps {
	config: Config;
	db: Db;
	clock: Clock;
	mail: Mailer;
	jobs: Jobs;
	log: Log;
	secretBox: SecretBox;
	limits: RateLimits;
	peers: PeerKey;
	between: Between;
	mailboxHour: MailboxHour;
	assets: Assets;
	afterwards: Afterwards;
	/** Mail that somebody waits for goes out after the answer, from memory: an address is in no table or queue of jobs. */
	outbox: Outbox;
	/** To be cleared when a released letter changed. */
	kept: Pick<KeptAnswers, 'clear'>;
}

/** What app.ts puts on every request before an api sees it: `new Hono<Env>()`. */
export interface Env {
	Variables: {
		client: Client;
		/** To be told how many bytes an answer has that may be large, before they are handed over. @throws Problem `overloaded` */
		willTake(bytes: number): void;
	};
}
