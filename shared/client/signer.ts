/**
 * A signer, from the invite link to the signature and back: the whole client side of signing, with nothing of a browser in it. The pages of
 * web/sign, the demo and the load tests all drive this class.
 *
 * ```ts
 * const signer = new Signer({ call, keep: memoryKeep(), now: () => new Date() })
 * const { link, root } = readInviteLink(invite)
 * await signer.open(link, root)             // checks the charters before anything else
 * await signer.appear({ shown: 'named', name: 'Kim Doe', title: '', condition: null })
 * await signer.askForCode('kim.doe@northwind.example')
 * await signer.proveByCode('12345678')      // or proveByLink, proveByVoucher
 * await signer.sign()
 * await signer.own()                        // → { state: 'signed', … }
 * await signer.withdraw()
 * ```
 *
 * Every step can be repeated after a failure and goes on from what `keep` holds; `resume` sends what was on its way once more.
 * A letter that goes from anonymous to named, or is signed again, takes the same steps from `appear` on.
 * Proven in test/shared/signer-stops.test.ts and test/journey/signer-*.test.ts.
 */
import * as v from 'valibot';
import { type FollowAnswer, letterView, withdrawalAnswer } from '../api/signing.ts';
import { b64u } from '../bytes.ts';
import { checkChain } from '../chain.ts';
import { Fault } from '../fault.ts';
import { signerKeys } from '../keys.ts';
import type { FileSource } from '../lines.ts';
import { msg } from '../locales/say.ts';
import type { MineFor } from '../mine.ts';
import { signWithdrawal } from '../statement.ts';
import { Unanswered } from './call.ts';
import { HeldLetter, type OpenedLetter, type SignerDeps, seedBytes } from './held-letter.ts';
import { arrived, blinding, composing, wording } from './later.ts';
import type { LostWords } from './lost-words.ts';
import type { OwnProof } from './own-entry.ts';
import { askOwn, type OwnSignature } from './own-signature.ts';
import { askForCode, finishProof, follow, needsProof, proveByCode, proveByLink, proveByVoucher } from './proving.ts';
import {
	type Appearance,
	allRecords,
	rootOfLetter,
	rootOfLink,
	type SignerRecord,
	sameAppearance,
	writeRecord,
} from './signer-record.ts';
import { chooseAppearance, isWanted, requireAppearance, sendSignature, sign } from './signing.ts';
import { lastTurn, withdrawalTurn } from './turns.ts';

const nobodySigned = () =>
	msg(
		'No signature of this letter belongs to these words. Compare them with your paper, and see whether this is the letter that you signed.',
	);

const notThereYet = () =>
	msg('What you sent last has not arrived so far, so it cannot be taken off. It may still arrive: look again later.');

/** The link came without its last part, and this device has not seen it whole. */
export class WithoutFingerprint extends Error {
	override readonly name = 'WithoutFingerprint';
}

export class Signer {
	readonly #deps: SignerDeps;
	#held: HeldLetter | null = null;

	constructor(deps: SignerDeps) {
		this.#deps = deps;
	}

	/**
	 * Reads the letter and checks its charters against the root. Makes no key, and remembers the root only once everything holds.
	 * @param root b64u, from the fragment of the link; null takes the one that this device saw before
	 * @throws WithoutFingerprint; Fault of the chain: stop, and ask whoever gave the link; Refused `not-found`
	 */
	async open(link: string, root: string | null): Promise<OpenedLetter> {
		return this.#open(`/api/links/${link}`, root ?? (await rootOfLink(this.#deps.keep, link)), link);
	}

	/** As `open`, for a letter that this device opened before. @throws WithoutFingerprint */
	async openLetter(letter: string): Promise<OpenedLetter> {
		return this.#open(`/api/letters/${letter}`, await rootOfLetter(this.#deps.keep, letter), null);
	}

	async #open(path: string, root: string | null, link: string | null): Promise<OpenedLetter> {
		if (root === null) throw new WithoutFingerprint('The link is not whole.');
		const view = v.parse(letterView, await this.#deps.call('GET', path));
		const ahead = Date.parse(view.now) - this.#deps.now().getTime();
		const standing = view.chain && (await checkChain(root, view.chain));
		if (standing && standing.charter.letter !== view.letter) {
			throw new Fault('chain-root', 'letter', 'The charter is of another letter.');
		}
		// A letter has one root for good: whoever shows a second one for it, with approvals of their own, is not its organizers.
		const known = standing && (await rootOfLetter(this.#deps.keep, view.letter));
		if (known && known !== root) {
			throw new Fault(
				'chain-root',
				'letter',
				'This browser knows this letter by another link, whose last part differs.',
			);
		}
		const held = new HeldLetter(this.#deps, { root, view, standing, ahead });
		if (standing) await held.change(link === null ? {} : { link });
		this.#held = held;
		return held.opened;
	}

	get #letter(): HeldLetter {
		if (!this.#held) throw new Error('Open the letter first.');
		return this.#held;
	}

	/** The letter opened last. @throws Error before `open` */
	get opened(): OpenedLetter {
		return this.#letter.opened;
	}

	/** What this device remembers of the opened letter. */
	record(): Promise<SignerRecord> {
		return this.#letter.record();
	}

	/** Every letter that this device remembers. Needs no opened one. */
	remembered(): Promise<SignerRecord[]> {
		return allRecords(this.#deps.keep);
	}

	/** How to be printed. @throws Fault, whose place is `name`, `title` or `label` */
	appear(appear: Appearance): Promise<void> {
		return chooseAppearance(this.#letter, appear);
	}

	/**
	 * Fetches what proves, signs and writes down words, where that is not here yet. Everything that spends a proof or sends a signature waits for all of it, so
	 * that none is spent whose end cannot be shown; call it ahead, and nobody waits. @throws Unanswered
	 */
	async ready(): Promise<void> {
		await Promise.all([blinding(), composing(), wording()]);
	}

	/** Whether to prove before `sign`: not again for the same signer, unless they go from anonymous to named. */
	async needsProof(): Promise<boolean> {
		return needsProof(this.#letter, await this.record());
	}

	/** Asks for a mail with a code and a link. The answer is the same whoever asks about whomever. @throws Fault `address-*` */
	askForCode(typed: string): Promise<void> {
		return askForCode(this.#letter, typed);
	}

	/** @param code eight digits, of the mail asked for last. @throws Refused `code-wrong` and others */
	async proveByCode(code: string): Promise<void> {
		await this.ready();
		return proveByCode(this.#letter, code);
	}

	/** What a link from the mail (the secret behind `/v#`) belongs to. Spends nothing, and needs no opened letter. */
	follow(link: string): Promise<FollowAnswer> {
		return follow(this.#deps.call, link);
	}

	/** @param typed the work address again, where this device does not hold it and the signature is by name. @throws Fault `address-*`, `attestation-missing` */
	async proveByLink(link: string, typed: string | null = null): Promise<void> {
		await this.ready();
		return proveByLink(this.#letter, link, typed);
	}

	/** Keeps the voucher that a link brought until something is proven. It goes nowhere before somebody signs with it. */
	async offerVoucher(voucher: string): Promise<void> {
		if (await this.needsProof()) await this.#letter.change({ voucher });
	}

	/** A voucher, or a roster code (anonymous only). @throws Fault `voucher-*`, `attestation-missing` */
	async proveByVoucher(typed: string): Promise<void> {
		await this.ready();
		return proveByVoucher(this.#letter, typed);
	}

	/** @throws AppearsOtherwise where another tab chose another way than `shown` meanwhile: show it anew, and let the person press again */
	async requireAppearance(shown: Appearance | null): Promise<void> {
		requireAppearance(await this.record(), shown);
	}

	/**
	 * @param shown how the page says that one appears; null where nobody else can have chosen anything
	 * @throws AppearsOtherwise; Refused, among others when the text was changed meanwhile: open the letter again, and read it
	 */
	async sign(shown: Appearance | null = null): Promise<void> {
		await this.ready();
		const record = await this.record();
		const { turn, pending } = record;
		// Another device with the same words may have signed or withdrawn since; what was on its way when somebody thought again, or the text was changed, may have arrived.
		const look = pending === null ? turn > 0 : !isWanted(record, pending, this.#letter.standing.charter.text);
		if (look) await this.own();
		await sign(this.#letter, shown);
	}

	/** Sends once more what was on its way when the connection dropped or the tab was closed, unless something else was chosen since. @returns whether there was anything */
	async resume(): Promise<boolean> {
		return this.#letter.alone(async () => {
			const { proving, pending, appear } = await this.record();
			const wanted = pending !== null && sameAppearance(pending.appear, appear);
			if (proving || wanted) await this.ready();
			if (proving) await finishProof(this.#letter);
			if (wanted) await sendSignature(this.#letter, pending);
			return proving !== null || wanted;
		});
	}

	/** What the server holds of one's own key; `none` also where there is no key. */
	async own(): Promise<OwnSignature> {
		const keys = await this.#letter.keys();
		if (!keys) return { state: 'none' };
		const { own, learned } = await askOwn(this.#deps, keys, this.opened, await this.record());
		await this.#letter.change(learned);
		return own;
	}

	/** Takes one's signature off, also after the release. A second call does no harm. @throws Unanswered, also where the first that was sent has not arrived: what is not there cannot be taken off */
	withdraw(): Promise<void> {
		return this.#letter.alone(() => this.#withdraw());
	}

	async #withdraw(): Promise<void> {
		const keys = await this.#letter.keys();
		if (!keys) throw new Error('There is no key here.');
		const before = await this.record();
		const { state, coming } = await this.own();
		if (state === 'none' && coming) throw new Unanswered(notThereYet());
		const last = lastTurn(await this.record());
		// A withdrawal whose answer was lost; once the letter has closed, not even its row is left. What may still be on its way is above that one.
		if ((state === 'withdrawn' && before.pending === null) || (state === 'none' && lastTurn(before) > 0))
			return this.#letter.change({ turn: last, signed: null, pending: null });
		const { root } = this.opened;
		const key = keys.publicKey;
		const turn = withdrawalTurn(last);
		const withdrawal = await signWithdrawal(keys.privateKey, root, key, turn);
		// Kept first: it may come in late, and would take off what is signed after it under a lower turn.
		await this.#letter.change({ turn });
		v.parse(withdrawalAnswer, await this.#deps.call('POST', '/api/withdrawals', { root, key, ...withdrawal }));
		await this.#letter.change({ signed: null, pending: null });
	}

	/**
	 * Shows one journalist that a signature of the released letter is one's own. @param file release.json of the letter
	 * @throws Fault `mine-journalist`, `mine-challenge`, `mine-unknown`
	 */
	async mine(file: FileSource, mineFor: MineFor): Promise<OwnProof> {
		const keys = await this.#letter.keys();
		if (!keys) throw new Error('There is no key here.');
		const { proveOwn } = await arrived(() => import('./own-entry.ts'));
		return proveOwn(file, this.opened.root, keys, mineFor);
	}

	/** The words were shown to the end, and are not shown again unasked. */
	wordsSeen(): Promise<void> {
		return this.#letter.change({ unseen: false });
	}

	/** The twelve words; null before a key was made. */
	async words(): Promise<string[] | null> {
		const { seed } = await this.record();
		if (seed === null) return null;
		const { wordsFromSeed } = await wording();
		return wordsFromSeed(seedBytes(seed));
	}

	/**
	 * Takes the key of twelve words onto this device, in place of what is here; but only a key that has signed, lest a slip of the pen
	 * costs somebody the one that they have. @throws Fault `words-*`
	 */
	async useWords(typed: string): Promise<OwnSignature> {
		const { seedFromWords } = await wording();
		const seed = b64u(seedFromWords(typed, 12));
		const { link, seed: present } = await this.record();
		if (seed === present) return this.own();
		const taken: SignerRecord = { ...this.#letter.blank(), link, seed };
		const keys = await signerKeys(seedBytes(seed), this.opened.root);
		const { own, learned } = await askOwn(this.#deps, keys, this.opened, taken);
		if (own.state === 'none') throw new Fault('words-unknown', 'words', nobodySigned());
		await writeRecord(this.#deps.keep, { ...taken, ...learned });
		return own;
	}

	/** For whoever has neither the words nor the browser that they signed in. Keeps nothing. */
	async lostWords(): Promise<LostWords> {
		const { LostWords } = await arrived(() => import('./lost-words.ts'));
		return new LostWords(this.#deps.call, this.opened);
	}

	/** Leaves nothing of this letter on this device. Without the words there is then no way back to the signature. */
	forget(): Promise<void> {
		return this.#letter.forget();
	}
}
