/**
 * The organizers of one letter, from the invitation to the release, each with a software passkey and a cookie jar of their own. Everything
 * goes over HTTP with the client protocol of shared/client, as the desk's pages do it.
 *
 * ```ts
 * const organizers = await Organizers.start(world, 3, (now) => draft)
 * const invite = await organizers.open()
 * // … people sign, see signing.ts …
 * await organizers.decide('close')
 * await organizers.openNames()
 * await organizers.release('our-letter', '2026-12-01T09:00:00Z')
 * ```
 */
import type { DeskView, Draft } from '../../../shared/api/desk.ts';
import type { TextDocument } from '../../../shared/charter.ts';
import { amend, approveAmendment, type Change, readAmendment } from '../../../shared/client/amending.ts';
import { type Call, Refused } from '../../../shared/client/call.ts';
import {
	approveCharter,
	type DecisionKind,
	decide,
	type Roots,
	requireStanding,
	rootsInMemory,
	type Standing,
} from '../../../shared/client/deciding.ts';
import { freeze, invite, makeLink, makeVouchers, saveDraft } from '../../../shared/client/drafting.ts';
import { makeEmbargoLink } from '../../../shared/client/embargo.ts';
import { enrol } from '../../../shared/client/enrolling.ts';
import { writeInviteLink } from '../../../shared/client/invite-link.ts';
import { approveMailing, proposeMailing, readMailings } from '../../../shared/client/mailing.ts';
import {
	checkSealed,
	contribute,
	fetchSealed,
	type Opening,
	openNames,
	type Sealed,
} from '../../../shared/client/opening.ts';
import {
	loginWithPasskey,
	type Organizer,
	type Passkeys,
	readDesk,
	wordsChecked,
} from '../../../shared/client/organizer.ts';
import { approvePost, type NewPost, proposePost, readPosts } from '../../../shared/client/posting.ts';
import {
	approveRelease,
	type BuiltRelease,
	buildRelease,
	differences,
	keysOf,
	newAttempt,
	openDraftRelease,
	proposeRelease,
	type ReleaseChoice,
	strike,
} from '../../../shared/client/releasing.ts';
import { SoftwarePasskey } from '../software-passkey.ts';
import { httpCall } from './http-call.ts';
import type { World } from './world.ts';

type Seat = { call: Call; passkeys: Passkeys; organizer: Organizer; words: string[]; roots: Roots };

const quietly = () => {};
const NAMES = ['R.', 'K.', 'Noor', 'Sam', 'Ines', 'Jo', 'Mei', 'Tariq', 'Ada', 'Ivo'];

export class Organizers {
	readonly #world: World;
	readonly #seats: Seat[] = [];

	private constructor(world: World) {
		this.#world = world;
	}

	/** Starts a letter and brings it to a complete draft, with everybody enrolled. */
	static async start(world: World, count: number, draft: (now: Date) => Draft): Promise<Organizers> {
		const all = new Organizers(world);
		await all.#enrol(await world.invitation());
		const { call } = all.first;
		for (let seat = 1; seat < count; seat++) await all.#enrol(await invite(call, `for ${nameOf(seat)}`));
		const desk = await readDesk(call);
		await saveDraft(call, desk.draft?.version ?? 1, draft(new Date(desk.letter.now)));
		return all;
	}

	async #enrol(invitation: string): Promise<void> {
		const call = httpCall(this.#world.origin);
		const who = { invitation, name: nameOf(this.#seats.length) };
		const passkeys = new SoftwarePasskey(this.#world.origin);
		const { organizer, words } = await enrol(call, passkeys, who);
		await wordsChecked(call);
		this.#seats.push({ call, passkeys, organizer, words, roots: rootsInMemory() });
	}

	get first(): Seat {
		const [first] = this.#seats;
		if (!first) throw new Error('Nobody organizes this letter.');
		return first;
	}

	/** As many as have to agree. */
	async #quorum(): Promise<Seat[]> {
		const { standing } = await this.#standing(this.first);
		return this.#seats.slice(0, standing.charter.threshold);
	}

	/** The words with which a person can log in as each of them. */
	words(): { organizer: string; words: string }[] {
		return this.#seats.map(({ organizer, words }) => ({ organizer: organizer.name, words: words.join(' ') }));
	}

	/** Freezes the draft; all approve. @returns the invite link */
	async open(): Promise<string> {
		const { call } = this.first;
		await freeze(call, (await readDesk(call)).draft?.version ?? 1);
		for (const { call, organizer, roots } of this.#seats)
			await approveCharter(call, organizer, roots, await readDesk(call));
		const { standing } = await this.#standing(this.first);
		return writeInviteLink(this.#world.origin, await makeLink(call, 'for colleagues'), standing.root);
	}

	/** For the voucher group of the demo's letters. */
	async vouchers(count: number): Promise<string[]> {
		const { standing } = await this.#standing(this.first);
		const group = standing.charter.groups.find(({ proof }) => proof === 'voucher');
		return group === undefined || count === 0
			? []
			: makeVouchers(this.first.call, group.id, count, 'handed over at lunch');
	}

	/** The first proposes to write to these, the others of M approve. @param addresses normal forms, ascending */
	async mail(addresses: string[], note: string): Promise<void> {
		const [first, ...others] = await this.#quorum();
		if (first === undefined) return;
		const { standing } = await this.#standing(first);
		await proposeMailing(first.call, first.organizer, standing, { addresses, note });
		for (const seat of others) {
			const { standing, view } = await this.#standing(seat);
			for (const mailing of await readMailings(view, standing))
				if (mailing.state === 'proposed') await approveMailing(seat.call, seat.organizer, standing, mailing);
		}
	}

	/** Closes early, or abandons: M of them say so. */
	async decide(kind: DecisionKind): Promise<void> {
		for (const seat of await this.#quorum()) {
			const { standing } = await this.#standing(seat);
			await decide(seat.call, seat.organizer, standing, kind);
		}
	}

	/** The first proposes a change of the open letter, the others of M read it and approve. */
	async amend(changed: (text: TextDocument) => Change): Promise<void> {
		const [first, ...others] = await this.#quorum();
		if (first === undefined) return;
		const { standing } = await this.#standing(first);
		await amend(first.call, first.organizer, standing, changed(standing.text));
		for (const seat of others) {
			const { standing, view } = await this.#standing(seat);
			const proposed = await readAmendment(view, standing);
			if (proposed) await approveAmendment(seat.call, seat.organizer, proposed);
		}
	}

	/** M of them open their shares, so that each can read the names. */
	async openNames(): Promise<void> {
		for (const seat of await this.#quorum()) {
			const { standing, sealed } = await this.#sealed(seat);
			await contribute(seat.call, seat.organizer, standing, sealed, quietly);
		}
	}

	/** Proposes to strike everybody of these names. */
	async strike(names: ReadonlySet<string>): Promise<void> {
		const { names: opened } = await this.#opening(this.first);
		for (const { key, opened: one } of opened)
			if (names.has(one.contents.display?.name ?? '')) await strike(this.first.call, key, 'not-a-person');
	}

	/** The first builds the release, the others of M rebuild it from what they opened themselves and compare; M approve. */
	async release(slug: string, releaseAt: string): Promise<void> {
		const { call } = this.first;
		const { standing, view } = await this.#standing(this.first);
		const { press = demoPress, deliveries = [] } = view.draft?.draft ?? {};
		const choice = { slug, releaseAt, press, deliveries, attempt: newAttempt() };
		const proposed = await buildRelease(view, await this.#opening(this.first), choice);
		await proposeRelease(call, standing, proposed);
		for (const seat of await this.#quorum()) {
			const { standing, view } = await this.#standing(seat);
			const own = seat === this.first ? proposed : await this.#rebuild(seat, choice);
			await approveRelease(seat.call, seat.organizer, standing, view, own);
		}
	}

	/** A link under embargo, for one outlet. @param until an instant in UTC */
	async inviteOutlet(outlet: string, until: string): Promise<string> {
		await this.#desk(this.first);
		return makeEmbargoLink(this.first.call, outlet, until);
	}

	/** After the release: the first proposes each post, the others of M read and approve it. */
	async say(posts: readonly NewPost[]): Promise<void> {
		const { call, organizer } = this.first;
		for (const post of posts) {
			const { standing, view } = await this.#standing(this.first);
			await proposePost(call, organizer, standing, view, post);
		}
		for (const seat of (await this.#quorum()).slice(1)) {
			const { standing, view } = await this.#standing(seat);
			for (const post of await readPosts(view, standing))
				if (post.number === null) await approvePost(seat.call, seat.organizer, standing, post);
		}
	}

	/** What this organizer makes of the names, compared with what was proposed. @throws Error where the two differ */
	async #rebuild(seat: Seat, choice: ReleaseChoice): Promise<BuiltRelease> {
		const { standing, view } = await this.#standing(seat);
		const { release: draft } = await openDraftRelease(seat.call, seat.organizer, standing.root);
		const opening = await this.#opening(seat);
		const own = await buildRelease(view, opening, choice, keysOf(draft));
		const { length } = differences(own, draft, opening.names);
		if (length > 0) throw new Error(`The release that was proposed differs in ${length} places.`);
		return own;
	}

	async #standing(seat: Seat): Promise<{ view: DeskView; standing: Standing }> {
		const view = await this.#desk(seat);
		return { view, standing: await requireStanding(seat.organizer, seat.roots, view) };
	}

	/** Logs in again where the session has ended, as it does after half a day of the server's time. */
	async #desk({ call, passkeys }: Seat): Promise<DeskView> {
		try {
			return await readDesk(call);
		} catch (refused) {
			if (!(refused instanceof Refused) || refused.code !== 'not-signed-in') throw refused;
			await loginWithPasskey(call, passkeys);
			return await readDesk(call);
		}
	}

	async #sealed(seat: Seat): Promise<{ standing: Standing; sealed: Sealed[] }> {
		const { standing, view } = await this.#standing(seat);
		const all = await fetchSealed(seat.call, view.counts?.live ?? null, quietly);
		return { standing, sealed: (await checkSealed(standing, all, quietly)).signatures };
	}

	async #opening(seat: Seat): Promise<Opening> {
		const { standing, sealed } = await this.#sealed(seat);
		return openNames(seat.call, seat.organizer, standing, sealed, quietly);
	}
}

const demoPress = 'Ruth Weissman, press@letter.example, +1 555 0199';
const nameOf = (seat: number) => NAMES[seat] ?? `Organizer ${seat + 1}`;
