/** Opening the names as one piece of work that goes on while other things are done, and goes on where it stopped when it failed. */
import type { DeskView } from '../../shared/api/desk.ts';
import { fetchAsked, type Matched, match, openAsked } from '../../shared/client/asked-off.ts';
import type { Call } from '../../shared/client/call.ts';
import type { Standing } from '../../shared/client/deciding.ts';
import {
	type OnProgress,
	type Opening,
	openNames,
	openShares,
	type Progress,
	sealedCount,
	sendShares,
	type Working,
} from '../../shared/client/opening.ts';
import { OpeningPass } from '../../shared/client/opening-pass.ts';
import type { Organizer } from '../../shared/client/organizer.ts';
import { Slices } from '../../shared/slices.ts';
import { type OpeningWish, tabWish } from './opening-wish.ts';
import { startWorkers, type Workers } from './opening-workers.ts';

/** Milliseconds: drawing the desk at each step would take longer than the steps. */
const TELL_EVERY = 250;
/** Fewer signatures are opened sooner than workers are started. */
const MANY = 256;

/** What opening needs of the desk. */
export type OpeningDesk = {
	call: Call;
	view: DeskView | null;
	unlocked: { organizer: Organizer; view: DeskView };
	standing(): Promise<Standing>;
	refresh(): Promise<void>;
};

/** `anew`: contributes also where this organizer has. */
type Wanted = { onProgress: OnProgress; stillWanted: () => void; anew: boolean };

export class OpeningRun {
	progress: Progress | null = null;
	/** What was opened, in this browser's memory only. */
	opening: Opening | null = null;
	/** Who lost the words and asks to be taken off; opened with the names. */
	asked: readonly Matched[] = [];
	/** Signatures that the server handed over although they do not hold. */
	refused = 0;
	/** How many organizers had contributed when it was opened. */
	contributions = 0;
	/** What was opened is not shown, though it is in the memory: somebody came by. */
	hidden = false;
	/** What was fetched, checked and opened so far. */
	private pass: OpeningPass | null = null;
	/** Counts what was forgotten: a run from before then has nothing to say any more. */
	private turn = 0;
	private workers: Workers | null = null;
	private readonly changed: () => void;
	private readonly wish: OpeningWish;

	constructor(changed: () => void, wish: OpeningWish = tabWish()) {
		this.changed = changed;
		this.wish = wish;
	}

	get running(): boolean {
		return this.progress !== null;
	}

	/** Everything opened leaves the memory: on logging out, or when the desk is locked. Work that is under way ends. */
	forget(): void {
		this.turn += 1;
		this.opening = null;
		this.asked = [];
		this.hidden = false;
		this.pass = null;
		this.progress = null;
		this.dismiss();
	}

	/** With the workers goes what they held of names. */
	private dismiss(): void {
		this.workers?.end();
		this.workers = null;
	}

	/** Nobody wants it any more in this tab: it does not go on by itself. */
	giveUp(): void {
		this.wish.forget();
	}

	hide(hidden: boolean): void {
		this.hidden = hidden;
		this.changed();
	}

	/** Whether it was begun in this tab before a reload or a lock, and has to begin again. */
	isInterrupted(letter: string): boolean {
		return this.opening === null && !this.running && this.wish.read() === letter;
	}

	/** Goes on after a reload or a lock; what comes out is shown when somebody asks for it. @throws as `run` */
	async resume(desk: OpeningDesk): Promise<void> {
		this.hidden = true;
		await this.run(desk);
	}

	/** The own contribution cannot be read, or does not fit: made anew, it takes the place of the one before. @throws as `run` */
	async contributeAgain(desk: OpeningDesk): Promise<void> {
		if (this.running) return;
		this.pass = null;
		await this.run(desk, true);
	}

	/** Contributes where this organizer has not, and opens as soon as M have. @throws what stopped it; call again to go on where it stopped */
	async run(desk: OpeningDesk, anew = false): Promise<void> {
		if (this.running) return;
		const turn = this.turn;
		/** Whoever locked the desk meanwhile has nothing kept, nor asked. */
		const stillWanted = () => {
			if (this.turn !== turn) throw new Forgotten();
		};
		let told = 0;
		const onProgress = (progress: Progress) => {
			stillWanted();
			const same = this.progress?.phase === progress.phase;
			this.progress = progress;
			if (same && performance.now() < told + TELL_EVERY) return;
			told = performance.now();
			this.changed();
			// Who heard of it may have locked the desk.
			stillWanted();
		};
		this.wish.keep(desk.unlocked.organizer.letter);
		try {
			await this.work(desk, { onProgress, stillWanted, anew });
		} catch (failure) {
			if (this.turn === turn) throw failure;
		} finally {
			if (this.turn === turn) {
				this.progress = null;
				this.dismiss();
			}
			this.changed();
		}
	}

	private async work(desk: OpeningDesk, { onProgress, stillWanted, anew }: Wanted): Promise<void> {
		const { organizer, view } = desk.unlocked;
		const call: Call = async (...asked) => {
			stillWanted();
			return desk.call(...asked);
		};
		const count = sealedCount(view);
		onProgress({ phase: 'fetch', done: 0, of: count ?? 0 });
		// They start while the names are fetched.
		if (count !== null && count >= MANY) this.workers ??= startWorkers();
		const working: Working = this.workers ? { onProgress, crew: this.workers } : onProgress;
		const standing = await desk.standing();
		stillWanted();
		this.pass ??= new OpeningPass(organizer, standing);
		const { pass } = this;
		await pass.begin(call);
		stillWanted();
		// Asked while the names are opened, and not before. The desk as it is now: an answer that was lost may have been to the contribution.
		const beside = Promise.all([fetchAsked(call, standing), desk.refresh()]);
		beside.catch(() => {});
		// What follows takes this thread a moment for each thing that is done with all names: the page has its turn between them.
		const slices = new Slices();
		const turn = async () => {
			await slices.next();
			stillWanted();
		};
		await pass.run(call, count, working);
		this.refused = pass.refused;
		await turn();
		const { signatures } = pass;
		const [asked] = await beside;
		if (anew || !desk.unlocked.view.contributed.includes(organizer.id)) {
			onProgress({ phase: 'share', done: 0, of: signatures.length });
			const own = pass.shares.length > 0 ? pass.shares : await openShares(organizer, standing, signatures, working);
			await turn();
			const known = new Set(own.map(({ key }) => key));
			const others = asked.filter(({ statement: { key } }) => !known.has(key));
			const more = others.length > 0 ? await openShares(organizer, standing, others, onProgress) : [];
			await sendShares(call, organizer, standing, [...own, ...more]);
			// The desk shows it as soon as it hears of it; the names need not wait for that.
			void desk.refresh();
		}
		const contributed = [...new Set([...(desk.view?.contributed ?? []), organizer.id])];
		if (contributed.length < standing.charter.threshold) {
			// Done as far as it goes: the others have to open theirs.
			this.wish.forget();
			return;
		}
		await turn();
		// Who contributed after the names were opened, or anew, is seen by opening them once more.
		const opening =
			!anew && pass.hasSeen(contributed)
				? pass.opening
				: await openNames(call, organizer, standing, signatures, working);
		await turn();
		const opened = await openAsked(call, organizer, standing, asked);
		onProgress({ phase: 'open', done: signatures.length, of: signatures.length });
		this.asked = match(opened, opening.names);
		this.opening = opening;
		this.contributions = contributed.length;
	}
}

/** Thrown into work whose outcome nobody may keep. */
class Forgotten extends Error {}
