/** Seals test names to whoever has none, and opens one's own, by itself: nobody has to know of it unless it fails. */
import type { DeskView } from '../../shared/api/desk.ts';
import { type Call, Refused, Unanswered } from '../../shared/client/call.ts';
import type { Organizer } from '../../shared/client/organizer.ts';
import { openOwnTestName, sealTestNames, withoutTestName } from '../../shared/client/readiness.ts';
import { Fault } from '../../shared/fault.ts';

/** What it needs of the desk. */
type Around = {
	readonly view: DeskView | null;
	readonly organizer: Organizer | null;
	act<T>(work: (call: Call) => Promise<T>): Promise<T>;
	changed(): void;
};

/** One for each desk. Proven by test/web/desk/draft-people.test.ts. */
export class TestNamesRun {
	/** Why one's own did not open; null while nothing is wrong. */
	failure: string | null = null;
	private running = false;
	/** Sealed texts that were tried here, and ids for whom something was sealed: never twice by itself. */
	private readonly tried = new Set<string>();

	/** Whatever is to do now, of what was not tried before. */
	async go(desk: Around): Promise<void> {
		if (this.running) return;
		this.running = true;
		try {
			await this.seal(desk);
			await this.open(desk);
		} catch (failure) {
			// No answer, or another state by now: the next refresh comes to it again.
			if (!(failure instanceof Unanswered || failure instanceof Refused)) throw failure;
		} finally {
			this.running = false;
		}
	}

	private async seal(desk: Around): Promise<void> {
		const { view } = desk;
		if (view?.letter.state !== 'draft') return;
		const missing = withoutTestName(view).filter((id) => !this.tried.has(id));
		if (missing.length === 0) return;
		for (const id of missing) this.tried.add(id);
		try {
			await desk.act((call) => sealTestNames(call, view, missing));
		} catch (failure) {
			if (failure instanceof Unanswered) for (const id of missing) this.tried.delete(id);
			throw failure;
		}
	}

	private async open(desk: Around): Promise<void> {
		const { organizer, view } = desk;
		if (organizer === null || view?.letter.state !== 'draft') return;
		const own = view.readiness.testNames.find((one) => one.organizer === organizer.id);
		if (own === undefined || own.opened || this.tried.has(own.sealed)) return;
		this.tried.add(own.sealed);
		const sealer = view.organizers.find((one) => one.id === own.sealer)?.name ?? 'somebody who left';
		try {
			await desk.act((call) => openOwnTestName(call, organizer, own.sealed));
			this.failure = null;
		} catch (failure) {
			if (failure instanceof Unanswered) this.tried.delete(own.sealed);
			const wrong = failure instanceof Fault || (failure instanceof Refused && failure.code === 'test-name-wrong');
			if (!wrong) throw failure;
			this.failure = `Your keys do not open the test name that was sealed to you by ${sealer}’s browser.`;
		}
		desk.changed();
	}
}
