/**
 * What signers who lost their words ask (docs/protocol.md, section 6), in the organizer's client: their shares go along with those of the names, so that whoever
 * opens the names opens these.
 */
import * as v from 'valibot';
import { type LostWordsOnDesk, lostWordsAnswer } from '../api/lost-words.ts';
import { mailboxCommitment } from '../attestation.ts';
import { Fault } from '../fault.ts';
import { fold } from '../fold.ts';
import { checkLostWords } from '../lost-words.ts';
import { openSealed } from '../sealed-name.ts';
import type { Call } from './call.ts';
import type { Standing } from './deciding.ts';
import { type OpenedName, readContributions, type SealedPart, sift } from './opening.ts';
import type { Organizer } from './organizer.ts';

/** A request that holds, still sealed. `mailbox`: commitment of the one that was attested; null where nothing proves it. */
export type SealedAsking = SealedPart & { mailbox: string | null };

/** `proven`: whoever asks showed that the mailbox is theirs. `address` null: of one who signed with a voucher. */
export interface Asking {
	key: string;
	name: string;
	address: string | null;
	proven: boolean;
}

/** `signatures`: keys of the named signatures that it can be about; none where it fits none. */
export type Matched = Asking & { signatures: string[] };

/** All requests that hold; whatever the server hands over besides is left out. */
export async function fetchAsked(call: Call, { charter, root }: Standing): Promise<SealedAsking[]> {
	const all = v.parse(lostWordsAnswer, await call('GET', '/api/desk/lost-words'));
	const checked = await Promise.all(all.map((asked) => check(asked, charter, root)));
	return checked.filter((one) => one !== null);
}

async function check(asked: LostWordsOnDesk, charter: Standing['charter'], root: string): Promise<SealedAsking | null> {
	try {
		const proven = await checkLostWords(charter, root, asked);
		return { request: { sealed: asked.sealed }, statement: { key: asked.key }, mailbox: proven?.mailbox ?? null };
	} catch (fault) {
		if (fault instanceof Fault) return null;
		throw fault;
	}
}

/** Opens those that M contributions cover. One that does not open, or was proven for another mailbox than it names, is nobody's. */
export async function openAsked(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	sealed: SealedAsking[],
): Promise<Asking[]> {
	if (sealed.length === 0) return [];
	const { bySender } = await readContributions(call, organizer, standing);
	const opened: Asking[] = [];
	for (const one of sealed) {
		const { good } = await sift(one, bySender);
		try {
			opened.push(await openOne(one, standing, good));
		} catch (fault) {
			if (!(fault instanceof Fault)) throw fault;
		}
	}
	return opened;
}

async function openOne(
	{ request, statement: { key }, mailbox }: SealedAsking,
	standing: Standing,
	good: Parameters<typeof openSealed>[3],
): Promise<Asking> {
	const contents = await openSealed(request.sealed, standing.root, key, good, standing.charter.threshold);
	const { display, address, addressSalt } = contents;
	if (display === null) throw new Fault('sealed-form', 'contents', 'This request has no name.');
	const fits = address !== null && addressSalt !== null && (await mailboxCommitment(address, addressSalt)) === mailbox;
	if (mailbox !== null && !fits) throw new Fault('mailbox-mismatch', 'address', 'Another mailbox was proven.');
	return { key, name: display.name, address, proven: mailbox !== null };
}

/**
 * Which signature each request can be about: the one of the same mailbox; of those behind which no mailbox stands, and only where no mailbox is named either, the ones
 * of the same name. Anonymous signatures have neither.
 */
export function match(asked: readonly Asking[], names: readonly OpenedName[]): Matched[] {
	// Looked up, not compared each with each: of requests that prove nothing anybody can fill a letter, and each name is folded once.
	if (asked.length === 0) return [];
	const known = new Map<string, string[]>();
	for (const { key, opened } of names) {
		const { display, address } = opened.contents;
		if (display === null) continue;
		const at = whose({ name: display.name, address });
		known.set(at, [...(known.get(at) ?? []), key]);
	}
	return asked.map((one) => ({ ...one, signatures: known.get(whose(one)) ?? [] }));
}

const whose = ({ name, address }: Pick<Asking, 'name' | 'address'>): string =>
	JSON.stringify(address === null ? ['name', fold(name)] : ['mailbox', address]);
