/** Steps 2 and 5 of signing: how one appears, and the signature itself. */
import * as v from 'valibot';
import { signatureAnswer } from '../api/signing.ts';
import type { ErrorCode } from '../error-codes.ts';
import { Fault } from '../fault.ts';
import { msg } from '../locales/say.ts';
import { cleanName } from '../statement.ts';
import { Refused } from './call.ts';
import type { HeldLetter } from './held-letter.ts';
import { composing } from './later.ts';
import { type Appearance, type SignerRecord, sameAppearance } from './signer-record.ts';
import { lastTurn, nextTurn } from './turns.ts';

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

/** Another tab of the same letter has chosen another way to appear than this page shows. `message` is fit to show to a person. */
export class AppearsOtherwise extends Error {
	override name = 'AppearsOtherwise';
}

/** @throws AppearsOtherwise */
export function requireAppearance({ appear }: SignerRecord, shown: Appearance | null): void {
	if (sameAppearance(appear, shown)) return;
	throw new AppearsOtherwise(
		msg('In another tab you chose to appear in another way. Look at how you sign below, and press again.'),
	);
}

/** What was composed for an earlier text would be refused, or counted under it; what was composed before somebody thought again is not what they want. */
export const isWanted = ({ appear, proved }: SignerRecord, pending: Pending, text: string): boolean =>
	pending.text === text &&
	sameAppearance(pending.appear, appear) &&
	pending.request.attestation === (appear?.shown === 'named' ? (proved?.attestation ?? null) : null);

/**
 * Composes the signature, keeps it, sends it; after a failure on the way, sends the very same bytes, if they still say what is wanted.
 * @param shown how the page says that one appears. @throws AppearsOtherwise
 */
export async function sign(held: HeldLetter, shown: Appearance | null): Promise<void> {
	await held.alone(async () => {
		const record = await held.record();
		if (shown !== null) requireAppearance(record, shown);
		const kept = record.pending;
		const wanted = kept !== null && isWanted(record, kept, held.standing.charter.text) ? kept : null;
		const pending = wanted ?? (await compose(held, record));
		await held.change({ pending });
		await sendSignature(held, pending);
	});
}

async function compose(held: HeldLetter, record: SignerRecord): Promise<Pending> {
	const { proved, appear } = record;
	const keys = await held.keys();
	if (!proved || !appear || !keys) throw new Error('Prove first.');
	const { charter } = held.standing;
	// Past one that may still arrive, which then comes too late.
	const turn = nextTurn(lastTurn(record));
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
	return { turn, appear, shown: appear.shown, text: charter.text, request };
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
		// The same bytes may have arrived before, and their answer been lost: so their turn counts as used, and the next press looks first.
		if (problem instanceof Refused && problem.status < 500 && !LATER.has(problem.code))
			await held.change({ pending: null, turn: lastTurn({ ...(await held.record()), pending }) });
		throw problem;
	}
}

/** Refusals that say nothing of the signature: the same bytes go out again. */
const LATER: ReadonlySet<ErrorCode> = new Set(['too-many-requests', 'too-slow']);
