/** This browser's copy of the sheet for the day: saves each change at once, and joins with what others wrote. Proven by test/web/desk/day-sheet.test.ts. */
import type { DaySheet, VersionedSheet } from '../../shared/api/day.ts';
import { Refused } from '../../shared/client/call.ts';
import { mergeSheets } from './day-sheet.ts';

/** The server's side, injected. `save` throws Refused `sheet-changed`; `read` gives what stands there now. */
export interface SheetServer {
	save(version: number, sheet: DaySheet): Promise<number>;
	read(): Promise<VersionedSheet | null>;
}

/** `away`: it is tried again with the next change, or when the server is heard of. */
export type SheetState = 'saved' | 'saving' | 'away' | 'refused';

/** Fires `change`. */
export class SheetCopy extends EventTarget {
	sheet: DaySheet;
	state: SheetState = 'saved';
	private version: number;
	private base: DaySheet;
	private under: Promise<void> | null = null;
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

	/** What was typed. Resolves once it is saved, or why not is known. */
	async change(part: Partial<DaySheet>): Promise<void> {
		this.sheet = { ...this.sheet, ...part };
		await this.save();
	}

	/** What the server shows now and then. */
	seen(present: VersionedSheet): void {
		if (this.under !== null) return;
		if (present.version > this.version) this.meet(present);
		if (this.dirty && this.state === 'away') void this.save();
	}

	private async save(): Promise<void> {
		while (this.under !== null) await this.under;
		if (!this.dirty) return this.settle('saved');
		this.under = this.send().finally(() => {
			this.under = null;
		});
		await this.under;
	}

	private async send(): Promise<void> {
		this.settle('saving');
		for (let tries = 0; tries < 5 && this.dirty; tries++) {
			const sent = this.sheet;
			try {
				this.version = await this.server.save(this.version, sent);
				this.base = sent;
			} catch (failure) {
				if (!(failure instanceof Refused)) return this.settle('away');
				if (failure.code !== 'sheet-changed') return this.settle(failure.status >= 500 ? 'away' : 'refused');
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
		this.dispatchEvent(new Event('change'));
	}
}
