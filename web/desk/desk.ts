/**
 * The desk as this browser knows it: whose it is, what the server said last, what was opened here. Elements show it and call what it offers;
 * the server is reached through `call` alone, and nothing opened is ever sent or kept.
 */
import { ValiError } from 'valibot';
import type { DeskView } from '../../shared/api/desk.ts';
import type { LetterState } from '../../shared/api/signing.ts';
import { type Call, callOf, Refused, Unanswered } from '../../shared/client/call.ts';
import { requireStanding, type Standing } from '../../shared/client/deciding.ts';
import type { Enrolled } from '../../shared/client/enrolling.ts';
import { logOut, type Organizer, readDesk } from '../../shared/client/organizer.ts';
import type { DeskPage } from './desk-pages.ts';
import type { DeskParts } from './desk-parts.ts';
import type { DraftCopy } from './draft-copy.ts';
import { type Ending, isOut, LastAct } from './last-act.ts';
import { MissedWords } from './missed-words.ts';
import { OpeningRun } from './opening-run.ts';
import { eraseMarks } from './rehearsal/kept-marks.ts';
import type { SheetCopy } from './sheet-copy.ts';
import { TestNamesRun } from './test-names-run.ts';
import { ToldOnce } from './told-once.ts';
import { TypedTexts } from './typed-texts.ts';

/** `start` and `join` are invitations out of the address bar. */
export type Arrival = { kind: 'start' | 'join'; invitation: string };

const POLL_MS = 4_000;

/** Fires `change` whenever anything in it may have changed, and `taking` before the form of the draft may be taken away: what stands in it is still heard. */
export class Desk extends EventTarget {
	readonly parts: DeskParts;
	readonly opening: OpeningRun;
	/** Tries everybody's keys while the letter is a draft. */
	testNames = new TestNamesRun();
	arrival: Arrival | null;
	/** `asking` until the server has said whether there is a session. */
	session: 'asking' | 'none' | 'there' = 'asking';
	view: DeskView | null = null;
	/** Null while the seed is locked: right after a reload, or before logging in. */
	organizer: Organizer | null = null;
	/** Just enrolled: the words are still to be shown. */
	enrolled: Enrolled | null = null;
	/** What was typed into the draft here: outlives a session that ends while somebody writes. */
	draft: DraftCopy | null = null;
	/** What was typed into the draft, and not saved when the letter opened: shown until somebody has seen it. */
	readonly missed = new MissedWords();
	/** What was typed after the release and is not proposed yet, by field: outlives a session that ends while somebody writes. */
	readonly typed = new TypedTexts();
	/** Vouchers and links that were made here, and are told this once. */
	readonly made = new ToldOnce();
	/** The sheet for the day, once it was looked at. */
	sheet: SheetCopy | null = null;
	/** Which of its pages is shown. */
	page: DeskPage = 'letter';
	/** Where on it somebody wants to go. */
	goal: string | null = null;
	/** The last refresh got no answer, or one that this page cannot read: the server was changed since it was loaded. */
	away: false | 'silent' | 'changed' = false;
	/** Its organizer has just left the letter, here. */
	left = false;
	/** The letter was given up by a decision that was made here, the last that it took. */
	abandoned = false;
	/** The session ended while the desk was open here. */
	ended = false;
	/** Nobody touched it for a while: the keys and what was opened left the memory. */
	locked = false;
	#asked = 0;
	#shown = 0;
	readonly #last = new LastAct(() => this.onlyFromNow());
	/** Whose is what was written and made here. */
	#whose = '';

	constructor(parts: DeskParts, arrival: Arrival | null = null) {
		super();
		this.parts = parts;
		this.arrival = arrival;
		this.opening = new OpeningRun(() => this.changed());
	}

	/** Asks for whoever is here now, also later: what they wrote never goes into the session of somebody else who logs in meanwhile, in this tab or another. */
	get call(): Call {
		const { call } = this.parts;
		const id = this.organizer?.id;
		return id === undefined ? call : callOf(call, id);
	}

	changed(): void {
		this.dispatchEvent(new Event('change'));
	}

	/** Asks the server for the desk. Silence is no error here: what was there stays, and `away` says so. */
	async refresh(): Promise<void> {
		const asked = ++this.#asked;
		const [answer] = await Promise.allSettled([readDesk(this.call)]);
		// Overtaken by a later one it shows an older desk; asked in another session, that one's desk or its end.
		if (asked < this.#shown) return;
		if (answer.status === 'fulfilled' && this.isOwn(answer.value)) {
			this.#shown = asked;
			this.#last.unanswered = null;
			if (answer.value.chain !== null || answer.value.letter.state !== 'draft') this.dispatchEvent(new Event('taking'));
			this.view = answer.value;
			this.session = 'there';
			this.away = false;
			const { id, state } = this.view.letter;
			if (state !== 'draft') this.missDraft();
			this.made.seen(state);
			this.typed.seen(state);
			if (state === 'released' || state === 'abandoned') eraseMarks(id);
			// Whichever page is shown: what could not be saved goes on trying.
			if (this.organizer !== null) this.sheet?.seen(this.view.day);
		} else if (answer.status === 'fulfilled') this.leave();
		else if (isOut(answer.reason)) this.out();
		else this.away = answer.reason instanceof ValiError ? 'changed' : 'silent';
		this.changed();
	}

	/** Another desk can be opened in another tab: one cookie serves both. The keys here are not for its letter, nor is what was typed. */
	private isOwn({ you, letter }: DeskView): boolean {
		const { organizer } = this;
		return organizer === null || (you.organizer === organizer.id && letter.id === organizer.letter);
	}

	/** A session begins or ends, or may have: what is still answered to a request from before says nothing any more. */
	private onlyFromNow(): void {
		this.#shown = this.#asked + 1;
	}

	/** Refreshes while the page is seen. @returns what ends it */
	watch(): () => void {
		const seen = () => document.visibilityState === 'visible' && this.session === 'there';
		const timer = setInterval(() => seen() && void this.refresh(), POLL_MS);
		const look = () => seen() && void this.refresh();
		document.addEventListener('visibilitychange', look);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', look);
		};
	}

	/** Shows another page, from its top; the page moves the focus to its heading. @param goal id of what is gone to instead, where the page looks for it */
	goTo(page: DeskPage, goal: string | null = null): void {
		this.page = page;
		this.goal = goal;
		this.changed();
	}

	/** An act, and then what the server says of the desk. */
	async act<T>(work: (call: Call) => Promise<T>): Promise<T> {
		try {
			return await work(this.call);
		} finally {
			await this.refresh();
		}
	}

	async entered(organizer: Organizer): Promise<void> {
		if (organizer.id !== this.#whose) {
			this.forget();
			this.opening.forget();
		}
		this.#whose = organizer.id;
		this.organizer = organizer;
		this.arrival = null;
		this.ended = false;
		this.left = false;
		this.abandoned = false;
		this.locked = false;
		this.onlyFromNow();
		await this.refresh();
	}

	/** The session stays; whoever goes on has to show that it is them. */
	lock(): void {
		if (this.organizer === null) return;
		this.organizer = null;
		this.locked = true;
		this.opening.forget();
		this.changed();
	}

	/** Only with the seed in memory; elements that act are shown only then. */
	get unlocked(): { organizer: Organizer; view: DeskView } {
		if (this.organizer === null || this.view === null) throw new Error('The desk is locked.');
		return { organizer: this.organizer, view: this.view };
	}

	/** The chain, walked from the root that was compared in this browser. Goes before every approval. @throws Fault */
	standing(): Promise<Standing> {
		const { organizer, view } = this.unlocked;
		return requireStanding(organizer, this.parts.roots, view);
	}

	/** Ends the session, and forgets here what belongs to it. What is typed must be saved before. @throws Refused, Unanswered */
	async logOut(): Promise<void> {
		await logOut(this.call);
		this.leave();
		this.opening.giveUp();
		this.forget();
		this.ended = false;
		this.changed();
	}

	/** Leaves the letter. Where no answer comes, it is known by the next one whether the session went with it. @throws Refused, Unanswered */
	async leaveForGood(work: (call: Call) => Promise<unknown>): Promise<void> {
		const { letter } = this.unlocked.organizer;
		await this.#last.run({ letter, how: 'left' }, () => work(this.call));
		await this.closeForGood(letter);
	}

	/** After leaving the letter there is nothing to come back to: the server knows no session any more, whatever it answers. */
	async closeForGood(letter: string): Promise<void> {
		this.forgetLetter(letter);
		await logOut(this.call).catch((failure: unknown) => {
			if (!(failure instanceof Refused || failure instanceof Unanswered)) throw failure;
		});
		this.end({ letter, how: 'left' });
		this.changed();
	}

	/** Decides to give the letter up. @param last as far as the desk shows it: only then a session that is gone after no answer says that it was. @throws Refused, Unanswered */
	async giveUp(work: (call: Call) => Promise<LetterState>, last: boolean): Promise<void> {
		const { letter } = this.unlocked.organizer;
		await this.act(async (call) => {
			const state = last ? await this.#last.run({ letter, how: 'abandoned' }, () => work(call)) : await work(call);
			if (state !== 'abandoned' && state !== 'gone') return;
			// Nothing is left on the server that could say so later.
			this.end({ letter, how: 'abandoned' });
			this.changed();
		});
	}

	private forgetLetter(letter: string): void {
		eraseMarks(letter);
		this.parts.roots.erase(letter);
	}

	private end({ letter, how }: Ending): void {
		this.forgetLetter(letter);
		this.leave();
		this.opening.giveUp();
		this.forget();
		this.ended = false;
		this[how] = true;
	}

	/** What saves by itself, and could not yet. */
	get unsaved(): boolean {
		return this.draft?.dirty === true || this.sheet?.unsaved === true;
	}

	/** What one organizer wrote and made here is nobody else's. */
	private forget(): void {
		this.forgetDraft();
		this.missed.forget();
		this.sheet?.end();
		this.sheet = null;
		this.typed.clear();
		this.made.forget();
	}

	/** What was typed and not saved is let go. */
	forgetDraft(): void {
		this.draft?.end();
		this.draft = null;
	}

	/** There is no draft any more to save it into. */
	private missDraft(): void {
		this.missed.add(this.draft?.unsaved ?? []);
		this.forgetDraft();
	}

	/** No session any more; gone with what ended everything here, where that was the last that was asked. */
	private out(): void {
		const { unanswered } = this.#last;
		if (unanswered === null) this.leave();
		else this.end(unanswered);
	}

	private leave(): void {
		this.dispatchEvent(new Event('taking'));
		this.onlyFromNow();
		this.#last.unanswered = null;
		this.ended ||= this.organizer !== null;
		this.session = 'none';
		this.organizer = null;
		this.view = null;
		this.page = 'letter';
		this.opening.forget();
		this.testNames = new TestNamesRun();
	}
}
