import { randomInt } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import * as v from 'valibot';
import { challenge } from '../../shared/api/signing.ts';
import type { Deps } from '../deps.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';

const minute = 60_000;
/** How long a device may take, with the walk to it. */
const GOOD_MS = 10 * minute;
const ALGORITHM = 'PBKDF2/SHA-256';
/** Rounds of PBKDF2 for one try, and how many tries it takes: about a second of a desk's processor, four of a phone's. */
const COST = 5_000;
const TRIES = [500, 1_500] as const;
const MOST_SPENT = 100_000;

const payload = v.pipe(
	v.string(),
	v.parseJson(),
	v.strictObject({
		challenge,
		solution: v.strictObject({ counter: v.number(), derivedKey: v.string(), time: v.exactOptional(v.number()) }),
	}),
);

/**
 * Proof of work in front of mails (ALTCHA): where more ask in a minute than ever do, each device works a little first, so that a flood costs whoever makes it.
 * Counted over all nodes, all who ask alike; nothing about them is kept. Proven by test/server/employment/work.test.ts.
 */
export class Work {
	readonly #clock: Clock;
	readonly #secrets: { hmacSignatureSecret: string; hmacKeySignatureSecret: string };
	/** When the last ones asked, in turn: full, and its oldest within the minute, is a surge. */
	readonly #asked: number[];
	#count = 0;
	/** Until when each signature of a challenge that was used would be good. */
	readonly #spent = new Map<string, number>();
	readonly #tellAsked: (name: string) => void;
	readonly #tellSpent: (signature: string) => void;

	constructor({ clock, secretBox, config, between }: Pick<Deps, 'clock' | 'secretBox' | 'config' | 'between'>) {
		const secret = (use: string) => secretBox.key('proof of work', use).export().toString('hex');
		this.#clock = clock;
		this.#secrets = { hmacSignatureSecret: secret('challenge'), hmacKeySignatureSecret: secret('key') };
		this.#asked = new Array<number>(config.workFrom).fill(Number.NEGATIVE_INFINITY);
		this.#tellAsked = between.share('asked', (_, times) => {
			for (let more = Math.min(times, this.#asked.length); more > 0; more--) this.#isSurge();
		});
		this.#tellSpent = between.share('work', (signature) => this.#markSpent(signature));
	}

	/** Counts one who asks. @throws Problem `work-needed` where there is a surge and `work` is no proof, or one that was used */
	async require(work: string | undefined): Promise<void> {
		this.#tellAsked('');
		if (!this.#isSurge()) return;
		if (work === undefined || !(await this.#spend(work))) throw new Problem('work-needed');
	}

	challenge(): Promise<Challenge> {
		return createChallenge({
			...{ algorithm: ALGORITHM, cost: COST, counter: randomInt(...TRIES), deriveKey },
			expiresAt: new Date(this.#now() + GOOD_MS),
			...this.#secrets,
		});
	}

	#now(): number {
		return this.#clock.now().getTime();
	}

	#isSurge(): boolean {
		if (this.#asked.length === 0) return false;
		const at = this.#count++ % this.#asked.length;
		const oldest = this.#asked[at] ?? Number.NEGATIVE_INFINITY;
		this.#asked[at] = this.#now();
		// Of a clock that was set back it lies in the future, and says nothing.
		return Math.abs(this.#now() - oldest) < minute;
	}

	async #spend(work: string): Promise<boolean> {
		const read = v.safeParse(payload, work);
		if (!read.success) return false;
		const { challenge, solution } = read.output;
		const now = this.#now();
		if (this.#spent.has(challenge.signature)) return false;
		const { algorithm, cost, expiresAt } = challenge.parameters;
		if (algorithm !== ALGORITHM || cost !== COST || expiresAt * 1_000 <= now) return false;
		const { verified } = await verifySolution({ challenge, solution, deriveKey, ...this.#secrets });
		// Another may have brought the same one while this was verified.
		if (!verified || this.#spent.has(challenge.signature)) return false;
		this.#markSpent(challenge.signature);
		this.#tellSpent(challenge.signature);
		return true;
	}

	#markSpent(signature: string): void {
		const now = this.#now();
		this.#spent.set(signature, now + GOOD_MS);
		if (this.#spent.size > MOST_SPENT) this.#forget(now);
	}

	#forget(now: number): void {
		for (const [signature, until] of this.#spent) if (until <= now) this.#spent.delete(signature);
	}
}
