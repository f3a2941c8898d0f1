/** Steps 2 and 5 of signing: how one appears, and the signature itself. */
import * as v from 'valibot';
import { signatureAnswer } from '../api/signing.ts';
import { Fault } from '../fault.ts';
import { msg } from '../locales/say.ts';
import { cleanName } from '../statement.ts';
import { Refused } from './call.ts';
import type { HeldLetter } from './held-letter.ts';
import { composing } from './later.ts';
import type { Appearance, SignerRecord } from './signer-record.ts';

type Pending = NonNullable<SignerRecord['pending']>;

/** @throws Fault `name-characters`, `name-length`, whose place is `name` or `title`; `statement-label` */
export async function chooseAppearance(held: HeldLetter, typed: Appearance): Promise<void> {
	if (typed.shown === 'named') {
		const name = at('name', () => cleanName(typed.name));
		if (name === '') throw new Fault('name-length', 'name', msg('Type your name.'));
		return held.change({ appear: { ...typed, name, title: at('title', () => cleanName(typed.title)) } });
	}
	if (typed.label !== null && !held.standing.charter.labels.includes(typed.label)) {
		throw new Fault('statement-label', 'label', msg('This is not one of the descriptions to choose from.'));
	}
	await held.change({ appear: typed });
}

function at(place: string, clean: () => string): string {
	try {
		return clean();
	} catch (fault) {
		throw fault instanceof Fault ? new Fault(fault.code, place, fault.message) : fault;
	}
}

/** Composes the signature, keeps it, sends it; after a failure on the way, sends the very same bytes. */
export async function sign(held: HeldLetter): Promise<void> {
	await held.alone(async () => {
		const record = await held.record();
		// One that was composed for an earlier text would be refused, or counted under it.
		const under = record.pending?.text === held.standing.charter.text ? record.pending : null;
		const pending = under ?? (await compose(held, record));
		await held.change({ pending });
		await sendSignature(held, pending);
	});
}

async function compose(held: HeldLetter, record: SignerRecord): Promise<Pending> {
	const { proved, appear } = record;
	const keys = await held.keys();
	if (!proved || !appear || !keys) throw new Error('Prove first.');
	const { charter } = held.standing;
	const turn = record.turn + 1;
	const { composeSignature } = await composing();
	const request = await composeSignature({
		charter,
		root: held.opened.root,
		textHash: charter.text,
		group: proved.group,
		keys,
		turn,
		appear: appear.shown === 'anonymous' ? appear : { ...appear, ...attestedAddress(record) },
		condition: appear.condition,
		credential: proved.credential,
		attestation: appear.shown === 'named' ? proved.attestation : null,
	});
	return { turn, shown: appear.shown, text: charter.text, request };
}

/** Sealed with the name, so that organizers can compare the two. Vouchers have none. */
function attestedAddress({ proved, address }: SignerRecord) {
	return proved?.attestation && address ? { address: address.normalForm, addressSalt: address.salt } : {};
}

export async function sendSignature(held: HeldLetter, pending: Pending): Promise<void> {
	const { shown, text } = pending;
	try {
		const { turn } = v.parse(signatureAnswer, await held.deps.call('POST', '/api/signatures', pending.request));
		const done = { pending: null, turn, signed: { shown, text } };
		// Nobody needs the address of an anonymous signer any more.
		await held.change(shown === 'anonymous' ? { ...done, address: null } : done);
	} catch (problem) {
		if (problem instanceof Refused && problem.status < 500) await held.change({ pending: null });
		throw problem;
	}
}
