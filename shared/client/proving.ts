/** Steps 3 and 4 of signing: a work address, a code, a link from the mail, or a voucher becomes a credential. */
import * as v from 'valibot';
import { type FollowAnswer, followAnswer, letterView, type ProofRequest, voucherLookAnswer } from '../api/signing.ts';
import { b64u, randomBytes } from '../bytes.ts';
import type { ErrorCode } from '../error-codes.ts';
import { Fault } from '../fault.ts';
import { signerKeys } from '../keys.ts';
import { msg } from '../locales/say.ts';
import { readVoucher } from '../voucher.ts';
import { readWorkAddress } from '../work-address.ts';
import { type Call, Refused } from './call.ts';
import { requestConfirmation } from './confirmation.ts';
import { type HeldLetter, newSeed, seedBytes } from './held-letter.ts';
import { blinding } from './later.ts';
import { receiveProof } from './proof.ts';
import type { SignerRecord } from './signer-record.ts';

/** Whether a mailbox or voucher has to be proven before the chosen signature can be made. */
export function needsProof(held: HeldLetter, { asked, proved, appear, address }: SignerRecord): boolean {
	if (!proved) return true;
	if (appear?.shown !== 'named' || held.group(proved.group).proof === 'voucher') return false;
	// A name in a mailbox group is sealed together with the address that was attested, and for each code that is asked for that may be another.
	return asked !== null || proved.attestation === null || address === null;
}

/** @throws Fault `address-*` */
export async function askForCode(held: HeldLetter, typed: string): Promise<void> {
	const { normalForm, group } = readWorkAddress(typed.trim(), held.standing.charter.groups);
	const address = await addressOf(held, normalForm);
	const confirmation = await requestConfirmation(held.deps.call, held.letter, normalForm);
	await held.change({
		address,
		asked: { confirmation, group },
		askedBefore: earlierMails(await held.record(), address),
	});
}

/** Enough for all that an address gets, also after some that were asked for in vain. */
const mostEarlier = 5;

/** To the same address only: a code that went to another mailbox proves that one. */
function earlierMails(
	{ address, asked, askedBefore }: SignerRecord,
	to: NonNullable<SignerRecord['address']>,
): SignerRecord['askedBefore'] {
	if (asked === null || address?.normalForm !== to.normalForm) return [];
	return [asked, ...askedBefore].slice(0, mostEarlier);
}

/** With the salt that it has already: after a dropped connection the same request has to be the same to the byte. */
async function addressOf(held: HeldLetter, normalForm: string): Promise<NonNullable<SignerRecord['address']>> {
	const { address } = await held.record();
	return { normalForm, salt: address?.normalForm === normalForm ? address.salt : b64u(randomBytes(32)) };
}

export async function follow(call: Call, link: string): Promise<FollowAnswer> {
	return v.parse(followAnswer, await call('POST', '/api/confirmations/follow', { link }));
}

/**
 * Mail comes late, and in any order: the code of an earlier mail to the same address is as good as the newest. Each of them counts its wrong tries, so whoever guesses
 * gains nothing.
 */
export async function proveByCode(held: HeldLetter, code: string): Promise<void> {
	await unlessProved(held, async ({ asked, askedBefore }) => {
		if (!asked) throw new Error('Ask for a code first.');
		let first: Refused | null = null;
		for (const { confirmation, group } of [asked, ...askedBefore]) {
			try {
				return await proveMailbox(held, group, { by: 'code', confirmation, code });
			} catch (problem) {
				if (!(problem instanceof Refused && ANOTHER_CODE.has(problem.code))) throw problem;
				first ??= problem;
			}
		}
		throw first;
	});
}

/** Two tabs that prove at once would each make a key, and one of them be spent for nothing: the later one finds that it is done. Proven by test/journey/dropped-connections.test.ts. */
async function unlessProved(held: HeldLetter, prove: (record: SignerRecord) => Promise<void>): Promise<void> {
	await held.alone(async () => {
		const record = await held.record();
		if (needsProof(held, record)) await prove(record);
	});
}

/** Said of a code that does not belong to the mail that was asked for. */
const ANOTHER_CODE: ReadonlySet<ErrorCode> = new Set(['code-wrong', 'code-ended', 'code-expired']);

export async function proveByLink(held: HeldLetter, link: string, typed: string | null): Promise<void> {
	const { letter, group } = await follow(held.deps.call, link);
	if (letter !== held.letter) throw new Fault('chain-root', 'letter', 'This link belongs to another letter.');
	await unlessProved(held, async () => {
		if (typed !== null) {
			const { normalForm } = readWorkAddress(typed.trim(), held.standing.charter.groups);
			await held.change({ address: await addressOf(held, normalForm) });
		}
		await proveMailbox(held, group, { by: 'link', link });
	});
}

async function proveMailbox(held: HeldLetter, group: string, secret: ProofRequest['secret']): Promise<void> {
	const { appear, address, proved } = await held.record();
	const named = appear?.shown === 'named';
	if (named && !address) throw new Fault('attestation-missing', 'address', msg('Type your work address once more.'));
	// An earlier credential of this group stays, and only the attestation is new.
	const { key, request } = await prepare(held, group, proved?.group === group);
	const attest = named && address ? { address: address.normalForm, salt: address.salt, key } : null;
	await held.change({ proving: { by: 'mailbox', group, body: { secret, request, attest } } });
	try {
		await finishProof(held);
	} catch (problem) {
		throw await asItIs(held, problem);
	}
}

/** A letter that is closed forgets whom it sent codes: they only seem to be too old. */
async function asItIs(held: HeldLetter, problem: unknown): Promise<unknown> {
	if (!(problem instanceof Refused && ['code-expired', 'link-unknown'].includes(problem.code))) return problem;
	const { state } = v.parse(letterView, await held.deps.call('GET', `/api/letters/${held.letter}`));
	return state === 'open' ? problem : new Refused('signing-ended', 409, signingEnded());
}

/** As the server says it. */
const signingEnded = () =>
	msg(
		'Signing of this letter has ended, so this came too late and nothing of it was taken. The link to the letter says where it stands now.',
	);

/** @throws Fault `voucher-*`; `attestation-missing`: a roster code proves a mailbox without an address, so it signs only anonymously */
export async function proveByVoucher(held: HeldLetter, typed: string): Promise<void> {
	const voucher = readVoucher(typed);
	await unlessProved(held, () => proveWithVoucher(held, voucher));
}

async function proveWithVoucher(held: HeldLetter, voucher: string): Promise<void> {
	const looked = await held.deps.call('POST', '/api/vouchers/look', { letter: held.letter, voucher });
	const group = held.group(v.parse(voucherLookAnswer, looked).group);
	if (group.proof === 'mailbox' && (await held.record()).appear?.shown === 'named') {
		throw new Fault('attestation-missing', 'voucher', msg('This code signs anonymously only.'));
	}
	const { request } = await prepare(held, group.id, false);
	if (request === null) return;
	const body = { letter: held.letter, voucher, request };
	await held.change({ proving: { by: 'voucher', group: group.id, body } });
	await finishProof(held);
}

/** Key and request for a credential, kept before anything is sent; the same ones again as long as no credential came. */
async function prepare(
	held: HeldLetter,
	group: string,
	proved: boolean,
): Promise<{ key: string; request: string | null }> {
	const record = await held.record();
	const seed = record.seed ?? newSeed();
	const { root } = held.opened;
	const { publicKey: key } = await signerKeys(seedBytes(seed), root);
	if (proved) return { key, request: null };
	if (record.blinded?.group === group) return { key, request: record.blinded.request };
	const { blindRequest } = await blinding();
	const blinded: NonNullable<SignerRecord['blinded']> = {
		group,
		...(await blindRequest(held.group(group).issuer, root, group, key)),
	};
	await held.change({ seed, blinded, ...(record.seed === null && { unseen: true }) });
	return { key, request: blinded.request };
}

/**
 * Sends the request for a credential, or the same one again, and keeps what comes.
 * @throws Fault `issuer-dishonest`, `attestation-invalid`, after everything was dropped that was not used before: warn, and never ask again
 */
export async function finishProof(held: HeldLetter): Promise<void> {
	const record = await held.record();
	if (!record.proving) return;
	try {
		const proved = await receiveProof(held.deps.call, held.group(record.proving.group), record);
		await held.change({ proved, blinded: null, proving: null, asked: null, askedBefore: [], voucher: null });
	} catch (problem) {
		if (problem instanceof Fault) await dropProof(held, record);
		if (problem instanceof Refused && problem.status < 500) await held.change({ proving: null });
		throw problem;
	}
}

/** The key of a signature that stands already is the only way to take it off, so that one stays. Proven by test/shared/signer-stops.test.ts. */
async function dropProof(held: HeldLetter, { turn, pending }: SignerRecord): Promise<void> {
	if (turn === 0 && pending === null) return held.forget();
	await held.change({ proving: null, asked: null, askedBefore: [], blinded: null, address: null, appear: null });
}
