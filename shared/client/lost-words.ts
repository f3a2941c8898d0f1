/**
 * For a signer who has neither the words nor the browser: asks the organizers to be taken off (docs/protocol.md, section 6). Nothing of it is kept on
 * the device; whoever closes the page before the end begins again.
 */
import * as v from 'valibot';
import { proofAnswer } from '../api/signing.ts';
import { mailboxCommitment, verifyAttestation } from '../attestation.ts';
import { Fault } from '../fault.ts';
import { msg } from '../locales/say.ts';
import { sealWish, type Wish, wishFor } from '../lost-words.ts';
import type { Call } from './call.ts';
import { requestConfirmation } from './confirmation.ts';
import type { OpenedLetter } from './held-letter.ts';

/** Until when it can be asked, and how: with a code from the mailbox, only without, or not any more. */
export type Askable = 'by-mail' | 'unproven' | 'over';

export function askable({ view }: OpenedLetter): Askable {
	if (view.state === 'open') return 'by-mail';
	return view.state === 'review' && view.lastCallUntil !== null && view.now < view.lastCallUntil ? 'unproven' : 'over';
}

export class LostWords {
	readonly #call: Call;
	readonly #opened: OpenedLetter;
	#wish: Wish | null = null;
	#confirmation: string | null = null;

	constructor(call: Call, opened: OpenedLetter) {
		this.#call = call;
		this.#opened = opened;
	}

	get #standing() {
		if (this.#opened.standing === null) throw new Error('Nothing is left of this letter.');
		return this.#opened.standing;
	}

	/** @param typed the name, and the work address unless one signed with a voucher. @throws Fault `name-*`, `address-*` */
	async begin(typed: { name: string; address: string }): Promise<void> {
		this.#wish = await wishFor(this.#standing.charter, this.#opened.root, typed);
		this.#confirmation = null;
	}

	/** The same quiet mail as for signing. @throws Fault `address-format` where no address was typed */
	async askForCode(): Promise<void> {
		const mailbox = this.#wish?.mailbox;
		if (!mailbox) throw new Fault('address-format', 'address', msg('Type the work address that you signed with.'));
		this.#confirmation = await requestConfirmation(this.#call, this.#opened.view.letter, mailbox.address);
	}

	/** Proves the mailbox, and sends the request. @throws Refused `code-wrong`, `mailbox-not-proved`: nothing was signed with it; Fault `attestation-invalid` */
	async sendWithCode(code: string): Promise<void> {
		const { mailbox, keys } = this.#begun;
		if (mailbox === null || this.#confirmation === null) throw new Error('Ask for a code first.');
		const { address, salt, group } = mailbox;
		const answer = v.parse(
			proofAnswer,
			await this.#call('POST', '/api/proofs', {
				secret: { by: 'code', confirmation: this.#confirmation, code },
				request: null,
				attest: { address, salt, key: keys.publicKey },
			}),
		);
		const attester = this.#standing.charter.groups.find((one) => one.id === group)?.attester;
		const spoken = { root: this.#opened.root, group, key: keys.publicKey };
		const proven = attester && answer.attestation && (await verifyAttestation(attester, answer.attestation, spoken));
		if (!proven || proven.mailbox !== (await mailboxCommitment(address, salt))) {
			throw new Fault('attestation-invalid', 'attestation', 'The server did not confirm the address that was given.');
		}
		await this.#send(answer.attestation);
	}

	/** Without a proof: the organizers are told so. */
	async sendUnproven(): Promise<void> {
		await this.#send(null);
	}

	get #begun(): Wish {
		if (this.#wish === null) throw new Error('Begin first.');
		return this.#wish;
	}

	async #send(attestation: string | null): Promise<void> {
		const { root } = this.#opened;
		const asked = await sealWish(this.#standing.charter, root, this.#begun, attestation);
		await this.#call('POST', '/api/lost-words', { root, ...asked });
	}
}
