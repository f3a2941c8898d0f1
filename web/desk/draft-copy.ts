/**
 * This browser's copy of the draft: saves by itself a moment after the last change, and loses nothing that was typed when somebody else saved
 * in between. Proven by test/web/desk/draft-copy.test.ts.
 */
import type { Draft } from '../../shared/api/desk.ts';
import { Refused, Unanswered } from '../../shared/client/call.ts';
import { changedFrom, type DraftField, differ, mergeDrafts, sameDraft, takeTheirs } from './draft-merge.ts';
import { tooLong } from './draft-room.ts';
import { LeavingQuestion } from './leaving-question.ts';

/** `conflict`: both changed one field; nothing is saved until somebody decides. `frozen`: nothing is saved until somebody goes back to writing. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused' | 'conflict' | 'frozen';

/** The server's side, injected. `save` throws Refused `draft-changed`, `draft-frozen`; `read` gives what stands there now. */
export interface DraftServer {
	save(version: number, draft: Draft): Promise<number>;
	read(): Promise<{ version: number; draft: Draft } | null>;
}

/** What was typed as a number and is none, by `GROUP-count` or `GROUP-limit`: it stays as it was typed, and nothing of it is saved. */
export type Unread = ReadonlyMap<string, string>;

const PAUSE_MS = 1_000;
const RETRY_MS = 5_000;

/** A server that restarts, or asks to wait: the same save may go through in a moment. */
const passing = (failure: unknown) =>
	failure instanceof Refused && (failure.status >= 500 || failure.code === 'too-many-requests');

/** Closing the page asks first while something typed is not saved, whatever is shown meanwhile. Fires `change`. */
export class DraftCopy extends EventTarget {
	draft: Draft;
	state: SaveState = 'saved';
	/** The server's words where it refused. */
	refusal = '';
	/** What the others wrote in the fields that both changed, and what both began from; null without a conflict. */
	theirs: { base: Draft; draft: Draft; fields: DraftField[] } | null = null;
	version: number;
	unread: Unread = new Map();
	private base: Draft;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private saving: Promise<void> | null = null;
	private over = false;
	/** Sent, and no answer came: it may stand on the server all the same. */
	private unanswered: Draft | null = null;
	private readonly server: DraftServer;
	private readonly pause: number;
	private readonly question = new LeavingQuestion();

	constructor(server: DraftServer, version: number, draft: Draft, pause = PAUSE_MS) {
		super();
		this.server = server;
		this.version = version;
		this.base = draft;
		this.draft = draft;
		this.pause = pause;
	}

	get dirty(): boolean {
		return !sameDraft(this.draft, this.base);
	}

	/** What was typed and does not stand on the server, by field; a number that could not be read stands there as it was typed. */
	get unsaved(): [field: DraftField, words: string][] {
		const numbers = [...this.unread.values()].map((typed): [DraftField, string] => ['groups', typed]);
		return [...changedFrom(this.base, this.draft), ...numbers];
	}

	/** Writing goes on after a freeze. */
	thaw(): void {
		if (this.state === 'frozen') this.later(0, 'waiting');
	}

	/** @param typed null once it is a number, or its group is gone */
	setUnread(what: string, typed: string | null): void {
		const others = [...this.unread].filter(([other]) => other !== what);
		this.unread = new Map(typed === null ? others : [...others, [what, typed]]);
		this.changed();
	}

	/** What was typed. */
	change(part: Partial<Draft>): void {
		this.draft = { ...this.draft, ...part };
		if (this.theirs === null) this.later(this.pause, 'waiting');
		else this.changed();
	}

	/** What the server shows now and then: taken over where nothing is typed here. */
	seen(version: number, draft: Draft): void {
		if (version <= this.version || this.saving !== null) return;
		if (this.dirty) this.meet(version, draft);
		else this.settle(version, draft);
	}

	/** Saves now, if there is anything to save. Resolves once it stands on the server, or why not is known. */
	async flush(): Promise<void> {
		clearTimeout(this.timer);
		while (this.saving !== null) await this.saving;
		if (this.over || !this.dirty || this.theirs !== null || this.held()) return;
		this.saving = this.send().finally(() => {
			this.saving = null;
		});
		await this.saving;
	}

	/** Nobody's any more: what was not saved is let go, also where it was to be tried again. */
	end(): void {
		this.over = true;
		clearTimeout(this.timer);
		this.question.set(false);
	}

	/** Decides a field that both changed. */
	decide(field: DraftField, whose: 'mine' | 'theirs'): void {
		if (this.theirs === null) return;
		if (whose === 'theirs') {
			const { base, draft } = this.theirs;
			this.draft = takeTheirs(base, this.draft, draft, field);
		}
		const fields = this.theirs.fields.filter((one) => one !== field);
		this.theirs = fields.length === 0 ? null : { ...this.theirs, fields };
		if (this.theirs === null) this.later(0, 'waiting');
		else this.changed();
	}

	/** The server would refuse it unread; the field says more. */
	private held(): boolean {
		const reason = tooLong(this.draft);
		if (reason === null) return false;
		this.state = 'refused';
		this.refusal = reason;
		this.changed();
		return true;
	}

	private later(after: number, state: SaveState): void {
		this.state = state;
		clearTimeout(this.timer);
		if (!this.over) this.timer = setTimeout(() => void this.flush(), after);
		this.changed();
	}

	private async send(): Promise<void> {
		const sent = this.draft;
		this.state = 'saving';
		this.changed();
		try {
			this.version = await this.server.save(this.version, sent);
			this.base = sent;
			this.unanswered = null;
			this.state = 'saved';
			if (this.dirty) this.later(this.pause, 'waiting');
		} catch (failure) {
			if (failure instanceof Refused && failure.code === 'draft-changed') return this.catchUp();
			if (failure instanceof Refused && failure.code === 'draft-frozen') return this.hold();
			if (failure instanceof Unanswered || passing(failure)) this.unanswered = sent;
			if (this.unanswered === sent) return this.later(RETRY_MS, 'offline');
			this.state = 'refused';
			this.refusal =
				failure instanceof Refused
					? failure.message
					: 'The draft could not be saved. Reload the page; copy what you typed first.';
		}
		this.changed();
	}

	private hold(): void {
		this.state = 'frozen';
		this.changed();
	}

	private async catchUp(): Promise<void> {
		const there = await this.server.read().catch(() => null);
		if (there === null) return this.later(RETRY_MS, 'offline');
		this.meet(there.version, there.draft);
	}

	/** Mine and theirs meet: merged where that is safe, side by side where both changed the same field. */
	private meet(version: number, draft: Draft): void {
		// What arrived of mine without my hearing of it is no change of somebody else's.
		const base = this.unanswered !== null && sameDraft(this.unanswered, draft) ? draft : this.base;
		this.unanswered = null;
		const { merged, conflicts: found } = mergeDrafts(base, this.draft, draft);
		// What is still to be decided stays so, also where the others have since changed something else.
		const undecided = (this.theirs?.fields ?? []).filter((field) => !found.includes(field));
		const conflicts = [...found, ...undecided.filter((field) => differ(merged, draft, field))];
		this.version = version;
		this.base = draft;
		this.draft = merged;
		this.theirs = conflicts.length === 0 ? null : { base: this.theirs?.base ?? base, draft, fields: conflicts };
		if (this.theirs === null && this.dirty) this.later(0, 'waiting');
		else {
			clearTimeout(this.timer);
			this.state = this.theirs === null ? 'saved' : 'conflict';
		}
		this.changed();
	}

	private settle(version: number, draft: Draft): void {
		this.version = version;
		this.base = draft;
		this.draft = draft;
		this.state = 'saved';
		this.changed();
	}

	private changed(): void {
		this.question.set(!this.over && (this.dirty || this.unread.size > 0));
		this.dispatchEvent(new Event('change'));
	}
}
