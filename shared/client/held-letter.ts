/** The letter that a signer has open, and what their device remembers of it. */

import type { LetterView } from '../api/signing.ts';
import { type Bytes, b64u, fromB64u, randomBytes } from '../bytes.ts';
import type { CheckedChain } from '../chain.ts';
import type { Group } from '../charter.ts';
import { Fault } from '../fault.ts';
import { type KeyPair, signerKeys } from '../keys.ts';
import { msg } from '../locales/say.ts';
import { type Call, Refused } from './call.ts';
import { erased, type Keep } from './keep.ts';
import { changeRecord, emptyRecord, eraseRecord, readRecord, type SignerRecord } from './signer-record.ts';

export type SignerDeps = { call: Call; keep: Keep; now: () => Date };

/** A letter as a signer opened it: `standing` was checked against the root, `view` is the server's word. */
export type OpenedLetter = {
	/** b64u, from the fragment of the invite link. */
	root: string;
	view: LetterView;
	/** Null once the letter is abandoned, and nothing is left of it. */
	standing: CheckedChain | null;
	/** Milliseconds by which the server's clock is ahead of the device's: people's clocks are off, and the server wants its own time. */
	ahead: number;
};

export class HeldLetter {
	readonly deps: SignerDeps;
	readonly opened: OpenedLetter;
	/** Whether this page has seen a record: where there is none any more, somebody erased it. */
	#begun = false;

	constructor(deps: SignerDeps, opened: OpenedLetter) {
		this.deps = deps;
		this.opened = opened;
	}

	get letter(): string {
		return this.opened.view.letter;
	}

	/** @throws Refused `not-found` once nothing is left of the letter */
	get standing(): CheckedChain {
		if (!this.opened.standing) throw new Refused('not-found', 404, msg('Nothing is left of this letter.'));
		return this.opened.standing;
	}

	/** @throws Fault `statement-group`: the server named a group of its own */
	group(id: string): Group {
		const group = this.standing.charter.groups.find((one) => one.id === id);
		if (!group) throw new Fault('statement-group', 'group', 'The server named a group that is not in the charter.');
		return group;
	}

	/** Read anew each time, so that two tabs of the same letter go on from each other's steps. @throws NotKept where it was erased meanwhile */
	async record(): Promise<SignerRecord> {
		const kept = await readRecord(this.deps.keep, this.opened.root);
		if (kept === null && this.#begun) throw erased();
		this.#begun ||= kept !== null;
		return kept ?? this.blank();
	}

	/** Of all tabs that have this letter open, one at a time: a proof and a signature are begun once, and the others go on from what came of it. */
	alone<T>(work: () => Promise<T>): Promise<T> {
		return this.deps.keep.alone(this.opened.root, work);
	}

	blank(): SignerRecord {
		return emptyRecord(this.opened.root, this.letter);
	}

	async change(change: Partial<SignerRecord>): Promise<void> {
		await changeRecord(this.deps.keep, this.blank(), change, this.#begun);
		this.#begun = true;
	}

	async forget(): Promise<void> {
		await eraseRecord(this.deps.keep, await this.record());
		this.#begun = false;
	}

	/** Null before a key was made. */
	async keys(): Promise<KeyPair | null> {
		const { seed } = await this.record();
		return seed === null ? null : signerKeys(fromB64u(seed, 16), this.opened.root);
	}
}

/** 16 bytes for twelve words; b64u for the record. */
export const newSeed = (): string => b64u(randomBytes(16));
export const seedBytes = (seed: string): Bytes => fromB64u(seed, 16);
