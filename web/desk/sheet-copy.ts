/** This browser's copy of the sheet for the day: saves by itself, and joins with what others wrote. Proven by test/web/desk/day-sheet.test.ts and desk-day.test.ts. */
import type { DaySheet, VersionedSheet } from '../../shared/api/day.ts';
import { Refused } from '../../shared/client/call.ts';
import { mergeSheets } from './day-sheet.ts';
import { LeavingQuestion } from './leaving-question.ts';

/** The server's side, injected. `save` throws Refused `sheet-changed`; `read` gives what stands there now. */
export interface SheetServer {
	save(version: number, sheet: DaySheet): Promise<number>;
	read(): Promise<VersionedSheet | null>;
}

/** `waiting`: for a pause in what is typed. `away`: it is tried again with the next change, or when the server is heard of. `gone`: erased, so nothing can be saved any more. */
export type SheetState = 'saved' | 'waiting' | 'saving' | 'away' | 'refused' | 'gone';

const PAUSE_MS = 1_000;

/** The server may take the same sheet later: it restarts, asks to wait, or the session ended and the next one goes on. */
const passing = ({ status, code }: Refused) => status >= 500 || status === 401 || code === 'too-many-requests';

/** Closing the page asks first while something is not saved. Fires `change`. */
export class SheetCopy extends EventTarget {
	sheet: DaySheet;
	state: SheetState = 'saved';
	private version: number;
	private base: DaySheet;
	private under: Promise<void> | null = null;
	private over = false;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private readonly question = new LeavingQuestion();
	private readonly server: SheetServer;

	/** @param present `version` 0 for one that nobody has saved yet */
	constructor(server: SheetServer, present: VersionedSheet) {
		super();
		this.server = server;
		this.version = present.version;
		this.base = present.sheet;
		this.sheet = present.sheet;
	}

	/** Nobody has saved one yet. */
	get isNew(): boolean {
		return this.version === 0;
	}

	get dirty(): boolean {
		return JSON.stringify(this.sheet) !== JSON.stringify(this.base);
	}

	/** Something is to be saved, and still can be. */
	get unsaved(): boolean {
		return this.dirty && this.state !== 'gone';
	}

	/** What is being typed: saved with the next pause. */
	type(part: Partial<DaySheet>): void {
		this.sheet = { ...this.sheet, ...part };
		clearTimeout(this.timer);
		if (!this.over) this.timer = setTimeout(() => void this.flush(), PAUSE_MS);
		this.settle(this.under === null ? 'waiting' : 'saving');
	}

	/** What is done at once. Resolves once it is saved, or why not is known. */
	async change(part: Partial<DaySheet>): Promise<void> {
		this.sheet = { ...this.sheet, ...part };
		await this.flush();
	}

	/** Saves now, if there is anything to save. */
	async flush(): Promise<void> {
		clearTimeout(this.timer);
		await this.save();
	}

	/** Nobody saves or misses it any more: what was not saved is let go, also where a save is under way. */
	end(): void {
		this.over = true;
		clearTimeout(this.timer);
		this.question.set(false);
	}

	/** What the server shows now and then. @param present null while nobody has saved one */
	seen(present: VersionedSheet | null): void {
		if (this.under !== null) return;
		if (present !== null && present.version > this.version) this.meet(present);
		if (this.dirty && this.state === 'away') void this.save();
	}

	private async save(): Promise<void> {
		while (this.under !== null) await this.under;
		if (this.over || this.state === 'gone') return;
		if (!this.dirty) return this.settle('saved');
		this.under = this.send().finally(() => {
			this.under = null;
		});
		await this.under;
	}

	private async send(): Promise<void> {
		this.settle('saving');
		for (let tries = 0; tries < 5 && this.dirty && !this.over; tries++) {
			const sent = this.sheet;
			try {
				this.version = await this.server.save(this.version, sent);
				this.base = sent;
			} catch (failure) {
				if (!(failure instanceof Refused)) return this.settle('away');
				if (failure.code === 'not-found') return this.settle('gone');
				if (failure.code !== 'sheet-changed') return this.settle(passing(failure) ? 'away' : 'refused');
				const present = await this.server.read().catch(() => null);
				if (present === null) return this.settle('away');
				this.meet(present);
			}
		}
		this.settle(this.dirty ? 'away' : 'saved');
	}

	private meet(present: VersionedSheet): void {
		this.sheet = mergeSheets(this.base, this.sheet, present.sheet);
		this.base = present.sheet;
		this.version = present.version;
		this.settle(this.state);
	}

	private settle(state: SheetState): void {
		this.state = state;
		this.question.set(!this.over && this.unsaved);
		this.dispatchEvent(new Event('change'));
	}
}
