import * as v from 'valibot';
import { type Draft, draftShape } from '../../shared/api/desk.ts';
import type { Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listOrganizers, type Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { listCharters } from './charter-store.ts';
import { findDraftVersion } from './draft-version-store.ts';
import { keepVersion } from './draft-versions.ts';
import { endFreeze } from './freeze-end.ts';
import { type LetterRow, lockLetter, saveDraft } from './letter-store.ts';
import { requireState } from './transitions.ts';

/** What a letter begins as. */
export const emptyDraft: Draft = {
	title: '',
	addressees: '',
	language: 'en',
	text: '',
	references: [],
	translations: [],
	groups: [],
	labels: [],
	advice: '',
	press: '',
	deliveries: [],
	threshold: null,
	closesAt: null,
	lastCallHours: 48,
	expiresOn: null,
	smallestCell: 5,
	codeOnly: false,
};

/** @throws Problem `not-found` once the letter is erased */
export function readDraft(letter: Pick<LetterRow, 'draft'>): Draft {
	if (letter.draft === null) throw new Problem('not-found');
	return v.parse(draftShape, JSON.parse(letter.draft));
}

export interface DraftChange {
	version: number;
	draft: Draft;
	/** Somebody goes back to writing. */
	unfreeze: boolean;
}

/** Somebody else was quicker: with what they made of it. */
export const draftChanged = (letter: Pick<LetterRow, 'draft' | 'draftVersion'>): Problem =>
	new Problem('draft-changed', { present: { version: letter.draftVersion, draft: readDraft(letter) } });

/**
 * Saves over exactly the version that the organizer had before their eyes. The same again, after an answer that did not arrive, is answered alike. A browser that
 * saves by itself ends no freeze, and with it what everybody approved. Proven by test/server/letter/freeze-stays.test.ts.
 * @throws Problem `draft-changed`, `draft-frozen`, `wrong-state`, `not-signed-in`
 */
export async function changeDraft(deps: Deps, by: Organizer, change: DraftChange): Promise<number> {
	const draft = JSON.stringify(change.draft);
	const { version: over, unfreeze } = change;
	return deps.db.transaction().execute((trx) => put(deps, trx, by, { draft, over, apart: false, unfreeze }));
}

/**
 * Brings back what the draft was, as a new change: what stood there becomes a version, too.
 * @throws Problem `draft-changed`, `draft-frozen`, `wrong-state`, `not-found`, `not-signed-in`
 */
export async function restoreDraft(deps: Deps, by: Organizer, over: number, number: number): Promise<number> {
	return deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'draft');
		const kept = await findDraftVersion(trx, by.letter, number);
		if (!kept) throw new Problem('not-found');
		return put(deps, trx, by, { draft: kept.draft, over, apart: true, unfreeze: false });
	});
}

/** `draft` as it is stored; `over` the version that it replaces; `apart` as in `Written`. */
interface Change {
	draft: string;
	over: number;
	apart: boolean;
	unfreeze: boolean;
}

async function put(deps: Deps, trx: Transaction, by: Organizer, change: Change): Promise<number> {
	const { draft, over, apart, unfreeze } = change;
	const letter = await lockLetter(trx, by.letter);
	requireState(letter, 'draft');
	// A large draft may take minutes to come in, and its organizer may have been left out meanwhile.
	if (!(await listOrganizers(trx, letter.id)).some(({ id }) => id === by.id)) throw new Problem('not-signed-in');
	const version = over + 1;
	if (letter.draftVersion === version && letter.draft === draft) return version;
	if (letter.draftVersion !== over) {
		throw draftChanged(letter);
	}
	// Of a draft every charter is a frozen one.
	if (!unfreeze && (await listCharters(trx, letter.id)).length > 0) throw new Problem('draft-frozen');
	await saveDraft(trx, letter.id, draft, version);
	if (letter.draft !== draft)
		await keepVersion(trx, letter.id, { organizer: by.id, draft, now: deps.clock.now(), apart });
	await endFreeze(deps, trx, letter.id);
	return version;
}
