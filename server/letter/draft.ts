import * as v from 'valibot';
import { type Draft, draftShape } from '../../shared/api/desk.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../platform/errors.ts';
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

export interface VersionedDraft {
	version: number;
	draft: Draft;
}

/** Somebody else was quicker: `present` is what they made of it. */
export class DraftChanged extends Problem {
	readonly present: VersionedDraft;

	constructor(present: VersionedDraft) {
		super('draft-changed');
		this.present = present;
	}
}

/**
 * Saves over exactly the version that the organizer had before their eyes, and ends a freeze. The same again, after an
 * answer that did not arrive, is answered alike.
 * @throws DraftChanged, Problem `wrong-state`
 */
export async function changeDraft(deps: Deps, letterId: string, change: VersionedDraft): Promise<number> {
	const draft = JSON.stringify(change.draft);
	return deps.db.transaction().execute(async (trx) => {
		const letter = await lockLetter(trx, letterId);
		requireState(letter, 'draft');
		const version = change.version + 1;
		if (letter.draftVersion === version && letter.draft === draft) return version;
		if (letter.draftVersion !== change.version) {
			throw new DraftChanged({ version: letter.draftVersion, draft: readDraft(letter) });
		}
		await saveDraft(trx, letterId, draft, version);
		await endFreeze(deps, trx, letterId);
		return version;
	});
}
