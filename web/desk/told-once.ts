import type { LetterState } from '../../shared/api/signing.ts';
import { Unanswered } from '../../shared/client/call.ts';
import { MadeLinks } from './made-links.ts';
import { MadeVouchers } from './made-vouchers.ts';

/** What was made here, and is told this once. Proven by test/web/desk/told-once.test.ts. */
export class ToldOnce {
	readonly vouchers = new MadeVouchers();
	/** For journalists under embargo. */
	readonly links = new MadeLinks();
	/** For whoever is to organize the letter, too. */
	readonly invitations = new MadeLinks();

	/** Something of it nobody has said to have. */
	get waits(): boolean {
		return [this.vouchers.batches, this.links.all, this.invitations.all].some((all) => all.length > 0);
	}

	/** Lets go of what leads nowhere any more, since no page of the desk shows it from then on. */
	seen(state: LetterState): void {
		if (state !== 'draft') this.invitations.forget();
		if (state !== 'draft' && state !== 'open') this.vouchers.forget();
		if (state === 'released' || state === 'abandoned') this.links.forget();
	}

	forget(): void {
		this.vouchers.forget();
		this.links.forget();
		this.invitations.forget();
	}
}

/** Where the answer was lost it may have been made all the same, and nobody can be told it any more. @param what to do then */
export const sayWhatMayBe =
	(what: string) =>
	(failure: unknown): never => {
		if (!(failure instanceof Unanswered)) throw failure;
		throw new Unanswered(`${failure.message} ${what}`);
	};
