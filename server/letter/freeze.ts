/** Freezing a draft: its charter is built, its keys are made, and all organizers can compare and approve it. */
import {
	type Charter,
	checkCharter,
	fingerprint,
	readCharter,
	textHash,
	writeCharter,
	writeTextDocument,
} from '../../shared/charter.ts';
import { Fault } from '../../shared/fault.ts';
import { createKeys, type GroupPublicKeys, hostKey } from '../credential/keyring.ts';
import type { Deps } from '../deps.ts';
import { listOrganizers, type Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { keysFit } from './charter-keys.ts';
import { insertCharter, listCharters, removeUnapproved } from './charter-store.ts';
import { type CompleteDraft, checkDraft } from './check-draft.ts';
import { DraftChanged, readDraft } from './draft.ts';
import { getLetter, type LetterRow, lockLetter } from './letter-store.ts';
import { requireState } from './transitions.ts';

/**
 * Frozen already, and unchanged since, it answers the same fingerprint.
 * @returns the fingerprint of the charter, b64u
 * @throws Problem `invalid-input` naming a field of the draft, `wrong-state`, `charter-changed`; DraftChanged
 */
export async function freeze(deps: Deps, by: Organizer, version: number): Promise<string> {
	const letter = await getLetter(deps.db, by.letter);
	requireVersion(letter, version);
	const frozen = (await listCharters(deps.db, letter.id)).find((row) => !row.standing);
	if (frozen && (await keysFit(deps, readCharter(frozen.charter)))) return frozen.fingerprint;

	const organizers = await listOrganizers(deps.db, letter.id);
	const complete = checkDraft(readDraft(letter), organizers.length, deps.clock.now());
	// Seconds of work on other threads: done before the letter is locked.
	const keys = await createKeys(
		deps,
		letter.id,
		complete.groups.map(({ id }) => id),
	);
	const charter = await buildCharter(deps, letter.id, { complete, organizers, keys });
	const textDocument = writeTextDocument(complete.text);
	const print = await fingerprint(charter.document);

	return deps.db.transaction().execute(async (trx) => {
		requireVersion(await lockLetter(trx, letter.id), version);
		const now = await listOrganizers(trx, letter.id);
		const same = now.length === organizers.length && now.every((one, i) => one.key === organizers[i]?.key);
		// Keys that another freeze made meanwhile are that one's; keys that are ours end a charter with others.
		if (!same || !(await keysFit(deps, charter.value))) throw new Problem('charter-changed');
		await removeUnapproved(trx, letter.id);
		await insertCharter(trx, letter.id, { number: 1, fingerprint: print, charter: charter.document, textDocument });
		return print;
	});
}

function requireVersion(letter: LetterRow, version: number): void {
	requireState(letter, 'draft');
	if (letter.draftVersion !== version) {
		throw new DraftChanged({ version: letter.draftVersion, draft: readDraft(letter) });
	}
}

interface Parts {
	complete: CompleteDraft;
	organizers: Organizer[];
	keys: GroupPublicKeys[];
}

async function buildCharter(deps: Deps, letter: string, { complete, organizers, keys }: Parts) {
	const groups = complete.groups.map((group) => {
		const made = keys.find(({ id }) => id === group.id);
		if (!made) throw new Error('the keyring made no key for a group');
		return { ...group, issuer: made.issuer, attester: made.attester };
	});
	const value: Charter = {
		version: 1,
		letter,
		previous: null,
		text: await textHash(writeTextDocument(complete.text)),
		groups,
		...complete.terms,
		organizers: organizers.map(({ id, name, key, sealing }) => ({ id, name, key, sealing })),
		origin: deps.config.origin,
		host: (await hostKey(deps)).jwk,
	};
	try {
		checkCharter(value);
		return { value, document: writeCharter(value) };
	} catch (fault) {
		if (fault instanceof Fault) throw new Problem('invalid-input', { field: fault.place, detail: fault.message });
		throw fault;
	}
}
