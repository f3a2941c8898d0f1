/** Opening the names as one piece of work that goes on while other things are done, and goes on where it stopped when it failed. */
import type { DeskView } from '../../shared/api/desk.ts';
import type { SignatureRequest } from '../../shared/api/signing.ts';
import type { Call } from '../../shared/client/call.ts';
import type { Standing } from '../../shared/client/deciding.ts';
import {
	checkSealed,
	contribute,
	fetchSealed,
	type Opening,
	openNames,
	type Progress,
	type SealedSignatures,
	sealedCount,
} from '../../shared/client/opening.ts';
import type { Organizer } from '../../shared/client/organizer.ts';

/** What opening needs of the desk. */
export type OpeningDesk = {
	call: Call;
	view: DeskView | null;
	unlocked: { organizer: Organizer; view: DeskView };
	standing(): Promise<Standing>;
	refresh(): Promise<void>;
};

export class OpeningRun {
	progress: Progress | null = null;
	/** What was opened, in this browser's memory only. */
	opening: Opening | null = null;
	/** Signatures that the server handed over although they do not hold. */
	refused = 0;
	/** How many organizers had contributed when it was opened. */
	contributions = 0;
	private fetched: SignatureRequest[] | null = null;
	private checked: SealedSignatures | null = null;
	private readonly changed: () => void;

	constructor(changed: () => void) {
		this.changed = changed;
	}

	get running(): boolean {
		return this.progress !== null;
	}

	/** Everything opened leaves the memory: on logging out, or when the desk is locked. */
	forget(): void {
		this.opening = null;
		this.fetched = null;
		this.checked = null;
		this.progress = null;
	}

	/** Contributes where this organizer has not, and opens as soon as M have. @throws what stopped it; call again to go on */
	async run(desk: OpeningDesk): Promise<void> {
		if (this.running) return;
		const { organizer, view } = desk.unlocked;
		const onProgress = (progress: Progress) => {
			this.progress = progress;
			this.changed();
		};
		try {
			onProgress({ phase: 'fetch', done: 0, of: sealedCount(view) ?? 0 });
			const standing = await desk.standing();
			this.fetched ??= await fetchSealed(desk.call, sealedCount(view), onProgress);
			this.checked ??= await checkSealed(standing, this.fetched, onProgress);
			this.refused = this.checked.refused;
			const { signatures } = this.checked;
			if (!view.contributed.includes(organizer.id)) {
				await contribute(desk.call, organizer, standing, signatures, onProgress);
				await desk.refresh();
			}
			const contributed = desk.view?.contributed.length ?? 0;
			if (contributed >= standing.charter.threshold) {
				this.opening = await openNames(desk.call, organizer, standing, signatures, onProgress);
				this.contributions = contributed;
			}
		} finally {
			this.progress = null;
			this.changed();
		}
	}
}
