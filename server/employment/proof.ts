import type { ProofAnswer, ProofRequest } from '../../shared/api/signing.ts';
import { mailboxCommitment } from '../../shared/attestation.ts';
import { b64u, fromB64u, hash } from '../../shared/bytes.ts';
import { codeWrongWith } from '../../shared/error-words.ts';
import { attest } from '../credential/attestation.ts';
import { blindSign, requireInRange } from '../credential/blind-signature.ts';
import type { GroupKeys } from '../credential/keyring.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { whileSigning } from '../letter/letter-lock-store.ts';
import { requireSigning } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { same } from '../platform/same-bytes.ts';
import { requireWorkAddress } from './confirmation.ts';
import {
	type ConfirmationRow,
	findConfirmation,
	findConfirmationByLink,
	findLocked,
	setSpent,
	setTries,
} from './confirmation-store.ts';
import { insertConfirmedMailbox } from './mailbox-store.ts';
import { codeHash, linkHash, mailboxTag, spentHash } from './mailbox-tag.ts';
import { countRefusedProof } from './proof-progress-store.ts';
import { getRememberedLetter, type ProvingLetter } from './proving-letter.ts';

const mostTries = 5;

/** What is asked for, as far as it can be worked out before the transaction. */
interface Asked {
	secret: ProofRequest['secret'];
	/** H(blinded request); null when an earlier credential goes from anonymous to named. */
	request: Uint8Array | null;
	/** Tag of the address to attest. */
	attest: Uint8Array | null;
	spent: Uint8Array;
	/** What a confirmation is spent on that was used on a mailbox that had not proved: so the same again gets the same answer, whatever has proved since. */
	spentInVain: Uint8Array;
}

/** @returns b64u decoded and hashed: what is kept of a blinded request */
export const requestHash = (request: string): Promise<Uint8Array> => hash('undersigned/request/1', fromB64u(request));

/**
 * Turns a confirmed mailbox into a credential, for named signatures into an attestation as well. The same request again gets the same answer, so that a
 * dropped connection costs nothing; another one is refused. Proven by test/server/employment/proof.test.ts.
 * @throws Problem
 */
export async function prove(deps: Deps, proof: ProofRequest): Promise<ProofAnswer> {
	// 1. What does the secret belong to? Nothing is decided by it yet.
	const known = await findBySecret(deps, proof.secret);
	const letter = await getRememberedLetter(deps, known.letter);
	const keys = letter.keys.groups.get(known.group);
	if (!keys) throw new Problem('signing-ended');
	if (!proof.request && !proof.attest) throw new Problem('invalid-input', { field: 'request' });
	if (proof.request) requireInRange(keys.issuer, fromB64u(proof.request));
	const normalForm = proof.attest && requireWorkAddress(letter, proof.attest.address).normalForm;
	const asked = await work(letter, proof, normalForm);
	// 2. Checked and marked in one transaction
	const now = deps.clock.now();
	const refused = await whileSigning(deps, { letter: letter.id, kind: 'mailbox', which: known.tag }, async (trx) => {
		const found = await findLocked(trx, letter.id, known.id);
		if (!found) throw new Problem('not-found');
		requireSigning(found.letter, now);
		const { confirmation, proved } = found;
		if (!confirmation) return gone(proof.secret);
		return (
			(await refuseSecret(trx, letter, confirmation, asked, now)) ?? (await spend(trx, confirmation, proved, asked))
		);
	});
	// A wrong try is counted, so its transaction commits.
	if (refused) throw refused;
	// 3. Only now; if this process ends here, the same request gets its answer the next time.
	return answer(letter, known.group, keys, proof, normalForm);
}

const gone = ({ by }: ProofRequest['secret']) => new Problem(by === 'link' ? 'link-unknown' : 'code-expired');

async function findBySecret(deps: Deps, secret: ProofRequest['secret']): Promise<ConfirmationRow> {
	const found =
		secret.by === 'code'
			? await findConfirmation(deps.db, secret.confirmation)
			: await findConfirmationByLink(deps.db, linkHash(deps.secretBox, secret.link));
	if (!found) throw gone(secret);
	return found;
}

async function work(letter: ProvingLetter, proof: ProofRequest, normalForm: string | null): Promise<Asked> {
	const { tagKey } = letter.keys;
	const { secret, request, attest } = proof;
	const what = [request, attest && [normalForm, attest.salt, attest.key]];
	return {
		secret,
		request: request === null ? null : await requestHash(request),
		attest: attest && normalForm !== null ? mailboxTag(tagKey, normalForm) : null,
		spent: spentHash(tagKey, JSON.stringify(what)),
		spentInVain: spentHash(tagKey, JSON.stringify(['in vain', ...what])),
	};
}

/** Five wrong codes end a confirmation, however many come at once: its mailbox is locked. A link is too long to guess. */
async function refuseSecret(
	trx: Transaction,
	letter: ProvingLetter,
	confirmation: ConfirmationRow,
	{ secret }: Asked,
	now: Date,
): Promise<Problem | null> {
	if (confirmation.expiresHour <= now) return gone(secret);
	if (secret.by === 'link') return null;
	if (confirmation.tries >= mostTries) return new Problem('code-ended');
	if (same(codeHash(letter.keys.tagKey, confirmation.id, secret.code), confirmation.code)) return null;
	const tries = confirmation.tries + 1;
	await setTries(trx, confirmation.id, tries);
	const left = mostTries - tries;
	if (left === 0) return new Problem('code-ended');
	return new Problem('code-wrong', { detail: codeWrongWith(left), field: 'code' });
}

/**
 * The secret was right. Refusals before the first change spend nothing, but for a mailbox that had to have proved. For which key a mailbox is attested is kept nowhere, not even as a keyed hash: with
 * the keyring and a staff list that would say who signed by name. Two names over one mailbox show at the opening.
 */
async function spend(
	trx: Transaction,
	confirmation: ConfirmationRow,
	proved: Uint8Array | null,
	asked: Asked,
): Promise<Problem | null> {
	const { letter, group, tag } = confirmation;
	if (asked.attest && !same(asked.attest, tag)) return new Problem('address-differs', { field: 'address' });
	if (confirmation.spent) {
		if (same(confirmation.spent, asked.spentInVain)) return new Problem('mailbox-not-proved');
		return same(confirmation.spent, asked.spent) ? null : new Problem('already-used');
	}
	if (asked.request === null) {
		if (!proved) {
			// Whoever reads a mailbox could otherwise try for nothing, and unseen, whether it has proved.
			await countRefusedProof(trx, letter);
			await setSpent(trx, confirmation.id, asked.spentInVain);
			return new Problem('mailbox-not-proved');
		}
	} else if (proved) {
		if (!same(proved, asked.request)) {
			await countRefusedProof(trx, letter);
			return new Problem('mailbox-already-proved');
		}
	} else {
		const mailbox = { letter, group, tag, proof: 'mailbox' as const, request: asked.request };
		await insertConfirmedMailbox(trx, mailbox, { id: confirmation.id, spent: asked.spent });
		return null;
	}
	await setSpent(trx, confirmation.id, asked.spent);
	return null;
}

async function answer(
	letter: ProvingLetter,
	group: string,
	keys: GroupKeys,
	{ request, attest: wanted }: ProofRequest,
	normalForm: string | null,
): Promise<ProofAnswer> {
	const { root } = letter;
	const attestation =
		wanted && normalForm !== null
			? await attest(keys.attester, {
					...{ root, group, key: wanted.key },
					mailbox: await mailboxCommitment(normalForm, wanted.salt),
				})
			: null;
	const blindSignature = request === null ? null : b64u(await blindSign(keys.issuer, fromB64u(request)));
	return { group, blindSignature, attestation };
}
